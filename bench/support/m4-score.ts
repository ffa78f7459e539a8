/**
 * The scores and the base of the M4 competition: S. Makridakis, E. Spiliotis, V. Assimakopoulos, International Journal of
 * Forecasting 36 (2020); checked against the Naive2 of the competition's own program.
 */
import { meanAbsoluteError, seasonalDifference, symmetricPercentageError } from '#lib/analysis/forecast/accuracy.ts';

export interface Score {
  readonly smape: number;
  /** Null where the history never changed: there is no scale. */
  readonly mase: number | null;
}

export function scoreOf(
  mean: readonly number[],
  actual: readonly number[],
  history: readonly number[],
  season: number,
): Score {
  const scale = seasonalDifference(history, season);
  return {
    smape: symmetricPercentageError(mean, actual),
    mase: scale === null ? null : meanAbsoluteError(mean, actual) / scale,
  };
}

/** The last value, with the season put back on it where the history shows one. */
export function naive2(history: readonly number[], season: number, horizon: number): number[] {
  const indices = classicalIndices(history, season);
  const last = history.at(-1)! / indices[(history.length - 1) % season]!;
  return Array.from({ length: horizon }, (_, step) => last * indices[(history.length + step) % season]!);
}

/** Multiplicative indices by ratios to the centred moving average; ones where no season is seen. */
export function classicalIndices(history: readonly number[], season: number): readonly number[] {
  const none = new Array<number>(season).fill(1);
  if (season === 1 || !isSeasonal(history, season)) return none;
  const half = Math.floor(season / 2);
  const edge = season % 2 === 0 ? 0.5 : 1;
  const ratios = none.map((): number[] => []);
  for (let t = half; t < history.length - half; t += 1) {
    let sum = edge * (history[t - half]! + history[t + half]!);
    for (let near = t - half + 1; near < t + half; near += 1) sum += history[near]!;
    ratios[t % season]!.push((history[t]! * season) / sum);
  }
  const means = ratios.map((each) => each.reduce((sum, ratio) => sum + ratio, 0) / each.length);
  const middle = means.reduce((sum, each) => sum + each, 0) / season;
  const indices = means.map((each) => each / middle);
  return indices.every((index) => Number.isFinite(index) && index !== 0) ? indices : none;
}

/** Whether the correlation with the value a season before is beyond chance, at 90 %. */
function isSeasonal(history: readonly number[], season: number): boolean {
  const n = history.length;
  if (n < 3 * season) return false;
  const middle = history.reduce((sum, value) => sum + value, 0) / n;
  const apart = history.map((value) => value - middle);
  const whole = apart.reduce((sum, each) => sum + each * each, 0);
  const correlation = (lag: number): number =>
    apart.reduce((sum, each, t) => (t < lag ? sum : sum + each * apart[t - lag]!), 0) / whole;
  let squares = 0;
  for (let lag = 1; lag < season; lag += 1) squares += correlation(lag) ** 2;
  return Math.abs(correlation(season)) > 1.645 * Math.sqrt((1 + 2 * squares) / n);
}
