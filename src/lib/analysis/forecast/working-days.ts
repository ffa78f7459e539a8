/**
 * Lines that cost more in periods with more working days: contractors, usage, tickets. How much more is estimated, and
 * believed only where it is beyond chance.
 *
 * The regression is that of trading-day adjustment in the census programs (D. Findley and others, "New capabilities and
 * methods of the X-12-ARIMA seasonal-adjustment program", Journal of Business and Economic Statistics 16 (1998)), with
 * one regressor: the logarithm of the number of days.
 */

export interface WorkingDayEffect {
  /** By how many percent the line changes with one percent more working days: above 0 to 1. */
  readonly elasticity: number;
  /** What each period is multiplied by, against one with the usual number of days. */
  readonly factors: Float64Array;
}

/** What an estimate has to be in its standard errors before it is believed. */
const BEYOND_CHANCE = 3;
/** Differences from which a slope is estimated at all. */
const FEWEST = 12;

/**
 * The effect on a history and the periods after it, of which `days` has the working days; null where there is none to be
 * seen. Only the first `seen` periods are looked at, so that what is held back for a test stays unseen.
 */
export function workingDayEffect(
  history: Float64Array,
  days: readonly number[],
  season: number,
  seen: number,
): WorkingDayEffect | null {
  if (!history.every((value) => value > 0) || days.some((count) => count === 0)) return null;
  const logDays = days.map(Math.log);
  const elasticity = slopeOfDifferences(history.subarray(0, seen).map(Math.log), logDays, season);
  if (elasticity === null) return null;
  const usual = logDays.slice(0, history.length).reduce((sum, each) => sum + each, 0) / history.length;
  return { elasticity, factors: Float64Array.from(logDays, (each) => Math.exp(elasticity * (each - usual))) };
}

/** Least squares of what changed since the year before on what the days changed: neither season nor trend is in it. */
function slopeOfDifferences(values: Float64Array, days: readonly number[], season: number): number | null {
  const count = values.length - season;
  if (count < FEWEST) return null;
  const x = Array.from({ length: count }, (_, t) => days[t + season]! - days[t]!);
  const y = Array.from({ length: count }, (_, t) => values[t + season]! - values[t]!);
  const middle = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / count;
  const [centre, height] = [middle(x), middle(y)];
  const wide = x.reduce((sum, each) => sum + (each - centre) ** 2, 0);
  if (wide === 0) return null;
  const slope = x.reduce((sum, each, t) => sum + (each - centre) * (y[t]! - height), 0) / wide;
  const squares = y.reduce((sum, each, t) => sum + (each - height - slope * (x[t]! - centre)) ** 2, 0);
  const error = Math.sqrt(squares / (count - 2) / wide);
  // What grows faster than its days does not do so because of them.
  return slope > BEYOND_CHANCE * error && slope > 0 ? Math.min(1, slope) : null;
}
