/**
 * How far off a forecast was. Sources: R. J. Hyndman and A. B. Koehler, "Another look at measures of forecast accuracy",
 * International Journal of Forecasting 22 (2006); T. Gneiting and A. E. Raftery, Journal of the American Statistical
 * Association 102 (2007) for the interval score; S. Makridakis, E. Spiliotis, V. Assimakopoulos, International Journal
 * of Forecasting 36 (2020) for sMAPE, MASE and MSIS as the M4 competition has them.
 */

export interface Interval {
  /** What share of actual values is claimed to fall inside, in percent: 80. */
  readonly level: number;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export function meanAbsoluteError(forecast: readonly number[], actual: readonly number[]): number {
  return actual.reduce((sum, value, at) => sum + Math.abs(value - forecast[at]!), 0) / actual.length;
}

export function rootMeanSquaredError(forecast: readonly number[], actual: readonly number[]): number {
  return Math.sqrt(actual.reduce((sum, value, at) => sum + (value - forecast[at]!) ** 2, 0) / actual.length);
}

/** Above zero: too much was forecast. */
export function bias(forecast: readonly number[], actual: readonly number[]): number {
  return actual.reduce((sum, value, at) => sum + forecast[at]! - value, 0) / actual.length;
}

/** Absolute errors as a share of what was spent; null where nothing was. */
export function weightedAbsolutePercentageError(forecast: readonly number[], actual: readonly number[]): number | null {
  const whole = actual.reduce((sum, value) => sum + Math.abs(value), 0);
  return whole === 0 ? null : (meanAbsoluteError(forecast, actual) * actual.length) / whole;
}

/** In percent; periods in which both are zero count as hit. */
export function symmetricPercentageError(forecast: readonly number[], actual: readonly number[]): number {
  const errors = actual.map((value, at) => {
    const size = Math.abs(value) + Math.abs(forecast[at]!);
    return size === 0 ? 0 : (200 * Math.abs(value - forecast[at]!)) / size;
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

/**
 * The mean absolute difference between a value and the one a season before it: what errors are measured in. Null where
 * the history never changed, or has no two values to compare.
 */
export function seasonalDifference(history: ArrayLike<number>, season: number): number | null {
  const lag = history.length > season ? season : 1;
  let sum = 0;
  for (let t = lag; t < history.length; t += 1) sum += Math.abs(history[t]! - history[t - lag]!);
  return sum === 0 ? null : sum / (history.length - lag);
}

/** The share of actual values inside, in percent. */
export function coverage({ lower, upper }: Interval, actual: readonly number[]): number {
  const inside = actual.filter((value, at) => value >= lower[at]! && value <= upper[at]!).length;
  return (100 * inside) / actual.length;
}

/** Winkler's score: the width of the interval, and what actual values outside it cost. Smaller is better. */
export function intervalScore({ level, lower, upper }: Interval, actual: readonly number[]): number {
  const outside = 1 - level / 100;
  const costs = actual.map((value, at) => {
    const missed = Math.max(lower[at]! - value, 0) + Math.max(value - upper[at]!, 0);
    return upper[at]! - lower[at]! + (2 / outside) * missed;
  });
  return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
}
