/**
 * Holt and Winters' smoothing with a multiplicative season, its parameters and first states those with the least squared
 * errors. It takes no part in the combination, where logarithms do the same; a person may pin it.
 *
 *   ŷ[t] = (l + b) s[t - m]     l' = α y / s[t - m] + (1 - α)(l + b)     b' = β (l' - l) + (1 - β) b
 *   s'[t] = γ y / (l + b) + (1 - γ) s[t - m]
 *
 * Source: P. R. Winters, Management Science 6 (1960); R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and
 * Practice, chapter 8.3.
 */
import { solvePositive } from './linear-system.ts';
import { minimise } from './nelder-mead.ts';

interface Smoothing {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
}

/** Level, slope, and the seasonal factors of the first periods but the last, which makes them average one. */
type First = Float64Array;

/** Steps of Gauss and Newton towards the best first states; each nearly squares the distance. */
const STEPS = 3;
const SEARCH = { step: 0.15, tolerance: 1e-8, maxEvaluations: 120 };
const STARTS: readonly (readonly [number, number, number])[] = [
  [0.05, 0.05, 0.05],
  [0.3, 0.1, 0.1],
  [0.8, 0.05, 0.05],
  [0.1, 0.5, 0.5],
];

/** The next `horizon` periods; null where values are not all positive or there are fewer than two seasons and two more. */
export function holtWinters(history: Float64Array, season: number, horizon: number): number[] | null {
  if (season < 2 || history.length < 2 * season + 2 || !history.every((value) => value > 0)) return null;
  const begun = firstGuess(history, season);
  const errorsAt = (at: ArrayLike<number>): number => fitted(history, season, smoothingAt(at), begun).squaredErrors;
  const start = STARTS.reduce((least, each) => (errorsAt(each) < errorsAt(least) ? each : least));
  const best = minimise(errorsAt, start, SEARCH);
  if (!Number.isFinite(best.value)) return null;
  const smoothing = smoothingAt(best.at);
  const { level, slope, seasonal } = follow(
    history,
    season,
    smoothing,
    fitted(history, season, smoothing, begun).first,
  );
  return Array.from(
    { length: horizon },
    (_, step) => (level + (step + 1) * slope) * seasonal[(history.length + step) % season]!,
  );
}

/**
 * Beyond 0 and 1 the nearest of them counts: the best parameters often lie on an edge. The third is the share of the
 * season in what the level leaves, γ = (1 - α) times it: beyond that a season would learn what the level has learnt.
 */
function smoothingAt(at: ArrayLike<number>): Smoothing {
  const [alpha = 0, beta = 0, share = 0] = Array.from(at, (value) => Math.min(1, Math.max(0, value)));
  return { alpha, beta, gamma: (1 - alpha) * share };
}

/** Averages of the first two seasons. */
function firstGuess(history: Float64Array, season: number): First {
  const mean = (from: number): number =>
    history.subarray(from, from + season).reduce((sum, value) => sum + value, 0) / season;
  const slope = (mean(season) - mean(0)) / season;
  const level = mean(0) - (slope * (season + 1)) / 2;
  const ratios = Array.from({ length: season }, (_, t) => history[t]! / (level + slope * (t + 1)));
  const whole = ratios.reduce((sum, ratio) => sum + ratio, 0) / season;
  return Float64Array.from([level * whole, slope * whole, ...ratios.slice(0, -1).map((ratio) => ratio / whole)]);
}

/** The first states with the least squared errors for given smoothing, by Gauss and Newton; steps that miss are halved. */
function fitted(
  history: Float64Array,
  season: number,
  smoothing: Smoothing,
  begun: First,
): { first: First; squaredErrors: number } {
  let first = begun;
  let now = follow(history, season, smoothing, first);
  for (let turn = 0; turn < STEPS && Number.isFinite(now.squaredErrors); turn += 1) {
    const step = newtonStep(history, season, smoothing, first, now.errors);
    if (step === null) break;
    let share = 1;
    let next = follow(history, season, smoothing, moved(first, step, share));
    while (!(next.squaredErrors <= now.squaredErrors) && share > 1e-3) {
      share /= 2;
      next = follow(history, season, smoothing, moved(first, step, share));
    }
    if (!(next.squaredErrors <= now.squaredErrors)) break;
    const gained = now.squaredErrors - next.squaredErrors;
    first = moved(first, step, share);
    now = next;
    if (gained <= 1e-10 * now.squaredErrors) break;
  }
  return { first, squaredErrors: now.squaredErrors };
}

function moved(first: First, step: Float64Array, share: number): First {
  return first.map((value, at) => value + share * step[at]!);
}

/** Solves for the change of the first states that would end all errors, were these linear in them. */
function newtonStep(
  history: Float64Array,
  season: number,
  smoothing: Smoothing,
  first: First,
  errors: Float64Array,
): Float64Array | null {
  const size = first.length;
  const slopes = Array.from(first, (value, at) => {
    const reach = 1e-6 * Math.max(Math.abs(value), 1e-3 * Math.abs(first[0]!), 1e-9);
    const beside = follow(history, season, smoothing, first.with(at, value + reach)).errors;
    return beside.map((error, t) => (errors[t]! - error) / reach);
  });
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, t) => sum + value * b[t]!, 0);
  const matrix = Float64Array.from({ length: size * size }, (_, at) =>
    dot(slopes[Math.floor(at / size)]!, slopes[at % size]!),
  );
  const step = Float64Array.from(slopes, (column) => dot(column, errors));
  return solvePositive(matrix, step, size) ? step : null;
}

interface Followed {
  readonly level: number;
  readonly slope: number;
  /** By position in the season of the first period. */
  readonly seasonal: Float64Array;
  readonly errors: Float64Array;
  /** Infinite where level or season would not stay above zero. */
  readonly squaredErrors: number;
}

function follow(history: Float64Array, season: number, { alpha, beta, gamma }: Smoothing, first: First): Followed {
  let [level, slope] = [first[0]!, first[1]!];
  const seasonal = new Float64Array(season);
  seasonal.set(first.subarray(2));
  seasonal[season - 1] = season - first.subarray(2).reduce((sum, value) => sum + value, 0);
  const errors = new Float64Array(history.length);
  let squaredErrors = 0;
  let stands = true;
  for (const [t, value] of history.entries()) {
    const at = t % season;
    const base = level + slope;
    const index = seasonal[at]!;
    stands &&= base > 0 && index > 0;
    errors[t] = value - base * index;
    squaredErrors += errors[t] ** 2;
    level = (alpha * value) / index + (1 - alpha) * base;
    seasonal[at] = (gamma * value) / base + (1 - gamma) * index;
    slope = beta * (level - (base - slope)) + (1 - beta) * slope;
  }
  return { level, slope, seasonal, errors, squaredErrors: stands ? squaredErrors : Infinity };
}
