/** What a bare history leads one to expect, how sure that is, and why. `forecast.ts` adds what is known beside it. */
import type { Interval } from './accuracy.ts';
import { backtest, type Backtest } from './backtest.ts';
import { combined, forecastsOf, MEMBERS, weightsFrom, type Weights } from './combination.ts';
import { historyWarnings, isConstant, LEAST_TO_FIT, type HistoryWarning } from './history-warnings.ts';
import { isIntermittent } from './intermittent.ts';
import { intervalsAround, LEVELS, reachFrom, spreadAhead } from './intervals.ts';
import { METHODS, type Ahead, type MethodName } from './methods.ts';
import { shrunkSeasonalIndices, type SeasonalIndices } from './seasonal-indices.ts';

export interface HistoryOptions {
  /** Periods to look ahead. */
  readonly horizon: number;
  /** Periods in a cycle: 12 months, 4 quarters, 13 periods; 1 for none. */
  readonly season: number;
  /** In percent. */
  readonly levels?: readonly number[];
  /** A method a person has chosen in place of the combination. */
  readonly pinned?: MethodName;
}

interface Candidate {
  readonly method: MethodName;
  readonly mean: readonly number[];
  /** Mean absolute error on periods it had not seen; null where the history is too short to hold any back. */
  readonly error: number | null;
  /** Its share in the combination. */
  readonly weight: number;
}

export interface HistoryForecast {
  readonly method: MethodName | 'combination';
  readonly mean: readonly number[];
  /** The standard deviation of each period; null where a history says nothing of it. */
  readonly spread: readonly number[] | null;
  /** What neither mean nor range goes below; null for a line that has been below zero. */
  readonly floor: readonly number[] | null;
  /** One for each level, nested; none without a spread. */
  readonly intervals: readonly Interval[];
  readonly candidates: readonly Candidate[];
  /** The season as it was taken out, its first index for the first period of the history; null for none. */
  readonly season: SeasonalIndices | null;
  readonly backtest: Backtest | null;
  readonly warnings: readonly HistoryWarning[];
}

const RIVALS: readonly MethodName[] = [...MEMBERS, 'simple-smoothing', 'seasonal-naive'];
/** Below this the errors of a single origin say too little to weigh by. */
const LEAST_TO_WEIGH = 30;

/** Forecasts a history of finite numbers, one for each period, the oldest first. */
export function forecastHistory(history: Float64Array, options: HistoryOptions): HistoryForecast {
  const { season, horizon, pinned } = options;
  if (history.length < LEAST_TO_FIT || isConstant(history)) return carriedOn(history, options);
  const intermittent = isIntermittent(history);
  const extra: MethodName[] = intermittent ? ['intermittent'] : [];
  const names = [...new Set([...RIVALS, ...extra, ...(pinned === undefined ? [] : [pinned])])];
  const forecasts = forecastsOf(names, history, season, horizon);
  const tested = backtest(names, history, season, horizon);
  const method = pinned !== undefined && forecasts.has(pinned) ? pinned : intermittent ? 'intermittent' : 'combination';
  const weights = weightsOf(forecasts, tested, history.length);
  const mean = method === 'combination' ? combined(forecasts, weights, horizon) : forecasts.get(method)!.mean;
  const floor = floorOf(history, horizon);
  const floored = floor === null ? mean : mean.map((value) => Math.max(value, 0));
  const spread = spreadAhead(forecasts, horizon, history.length);
  const around = { levels: options.levels ?? LEVELS, reach: reachFrom([]), floor };
  return {
    method,
    mean: floored,
    spread,
    floor,
    intervals: spread === null ? [] : intervalsAround(floored, spread, around),
    candidates: [...forecasts].map(([name, ahead]) => ({
      method: name,
      mean: ahead.mean,
      error: tested?.errors.get(name) ?? null,
      weight: weights.get(name) ?? 0,
    })),
    season: shrunkSeasonalIndices(history, season),
    backtest: tested,
    warnings: historyWarnings(history, options, { isIntermittent: intermittent, method }),
  };
}

function weightsOf(forecasts: ReadonlyMap<MethodName, Ahead>, tested: Backtest | null, length: number): Weights {
  const members = MEMBERS.filter((name) => forecasts.has(name));
  return weightsFrom(members, tested !== null && length >= LEAST_TO_WEIGH ? tested.errors : new Map());
}

/** One to three periods, or all alike: the last one goes on, and nothing is said of the range. None at all: zero. */
function carriedOn(history: Float64Array, options: HistoryOptions): HistoryForecast {
  const { horizon } = options;
  const method = 'seasonal-naive';
  const ahead = history.length === 0 ? null : METHODS['seasonal-naive'](history, 1, horizon);
  const mean = ahead?.mean ?? new Array<number>(horizon).fill(0);
  return {
    method,
    mean,
    spread: null,
    floor: floorOf(history, horizon),
    intervals: [],
    candidates: ahead === null ? [] : [{ method, mean, error: null, weight: 1 }],
    season: null,
    backtest: null,
    warnings: historyWarnings(history, options, { isIntermittent: false, method }),
  };
}

/** A line that never was below zero does not get there. */
function floorOf(history: Float64Array, horizon: number): readonly number[] | null {
  return history.every((value) => value >= 0) ? new Array<number>(horizon).fill(0) : null;
}
