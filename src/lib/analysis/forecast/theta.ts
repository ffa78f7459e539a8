/**
 * The Theta method: the mean of a straight line and of simple exponential smoothing.
 *
 * Source: V. Assimakopoulos and K. Nikolopoulos, International Journal of Forecasting 16 (2000), in the form of
 * R. J. Hyndman and B. Billah, "Unmasking the Theta method", International Journal of Forecasting 19 (2003): simple
 * smoothing with a drift of half the slope of the line.
 */
import { fitSmoothing } from './smoothing.ts';

/** The mean of the next `horizon` periods of a history without season. */
export function theta(history: Float64Array, horizon: number): number[] {
  const smoothing = fitSmoothing(history, { trend: 'none', season: 1 });
  if (smoothing === null) return new Array<number>(horizon).fill(history.at(-1) ?? 0);
  const n = history.length;
  const { alpha } = smoothing.parameters;
  const drift = slopeOf(history) / 2;
  const settled = (1 - (1 - alpha) ** n) / alpha;
  return Array.from({ length: horizon }, (_, step) => smoothing.level + drift * (step + settled));
}

/** The least-squares slope per period. */
function slopeOf(values: Float64Array): number {
  const n = values.length;
  const middle = (n - 1) / 2;
  let sum = 0;
  let squares = 0;
  values.forEach((value, t) => {
    sum += (t - middle) * value;
    squares += (t - middle) ** 2;
  });
  return squares === 0 ? 0 : sum / squares;
}
