/** What each method would have said some periods ago, against what came: it saw nothing of what it is tested on. */
import { meanAbsoluteError, seasonalDifference } from './accuracy.ts';
import { combined, forecastsOf, MEMBERS, weightsFrom } from './combination.ts';
import { spreadAhead } from './intervals.ts';
import type { MethodName } from './methods.ts';

export interface Backtest {
  /** How many periods the history had when the forecast was made. */
  readonly origin: number;
  /** The mean absolute error of each method, over at most a year of periods. */
  readonly errors: ReadonlyMap<MethodName, number>;
  /** The same of the equally weighted combination; null where none of its methods can be fitted. */
  readonly combination: number | null;
  /** What these errors are shares of: the mean size of what came, for WAPE; 0 where nothing did. */
  readonly size: number;
  /** What they are measured in for MASE: the seasonal difference of what was seen; null where it never changed. */
  readonly scale: number | null;
  /** The errors of the equally weighted combination, period by period, in spreads. */
  readonly errorsInSpreads: readonly number[];
}

/** Errors further ahead than this do not count for the weights: few budgets look further, and they are few. */
const LONGEST_JUDGED = 12;
/** What a method must have seen before it is judged. */
const LEAST_SEEN = 10;

/** Holds the last `horizon` periods back, or as many as leave two seasons to learn from; null where too few are left. */
export function backtest(
  names: readonly MethodName[],
  history: Float64Array,
  season: number,
  horizon: number,
): Backtest | null {
  const held = heldBack(history.length, season, horizon);
  if (held === 0) return null;
  const origin = history.length - held;
  const seen = history.subarray(0, origin);
  const forecasts = forecastsOf(names, seen, season, held);
  const actual = [...history.subarray(origin)];
  const judged = actual.slice(0, LONGEST_JUDGED);
  const errors = new Map([...forecasts].map(([name, { mean }]) => [name, meanAbsoluteError([...mean], judged)]));
  const members = MEMBERS.filter((name) => forecasts.has(name));
  const spread = spreadAhead(forecasts, held, origin);
  const none = new Array<number>(judged.length).fill(0);
  const measured = { origin, errors, size: meanAbsoluteError(none, judged), scale: seasonalDifference(seen, season) };
  if (members.length === 0) return { ...measured, combination: null, errorsInSpreads: [] };
  const mean = combined(forecasts, weightsFrom(members, new Map()), held);
  const combination = meanAbsoluteError(mean, judged);
  if (spread === null) return { ...measured, combination, errorsInSpreads: [] };
  const errorsInSpreads = actual.flatMap((value, at) => (spread[at]! > 0 ? [(value - mean[at]!) / spread[at]!] : []));
  return { ...measured, combination, errorsInSpreads };
}

/** How many of the last periods a history of `length` is tested on. */
export function heldBack(length: number, season: number, horizon: number): number {
  return Math.max(0, Math.min(horizon, length - Math.max(2 * season, LEAST_SEEN)));
}
