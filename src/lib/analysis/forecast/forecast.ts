/** The forecast of a series: what is known is scheduled, and only what is left of the history is guessed from. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { scheduleOf, type EventFault, type KnownEvent, type Schedule } from '../known-events/event.ts';
import { periodsAhead } from '../series/periods-ahead.ts';
import type { Series } from '../series/series.ts';
import { componentsOf, type Components } from './components.ts';
import { forecastHistory, type HistoryForecast, type HistoryOptions } from './history-forecast.ts';
import { LEVELS } from './intervals.ts';

export interface ForecastOptions extends Omit<HistoryOptions, 'season'> {
  readonly calendar: FiscalCalendar;
  /** What is scheduled, over the history and the periods ahead: see `knownEvents`. */
  readonly known?: readonly KnownEvent[];
}

/** Figures are minor units of `currency`, not rounded. */
export interface Forecast extends Omit<HistoryForecast, 'method'> {
  readonly currency: string;
  /** The periods forecast, the next one first. */
  readonly periods: readonly Period[];
  readonly method: HistoryForecast['method'] | 'known-events';
  /** What the mean is made of. */
  readonly components: Components;
  /** The events that were taken as known. */
  readonly known: readonly KnownEvent[];
}

export type ForecastFault = EventFault | { readonly kind: 'not-a-horizon'; readonly horizon: number };

const LONGEST = 600;

export function forecast(series: Series, options: ForecastOptions): Result<Forecast, ForecastFault> {
  const { horizon, calendar, known = [] } = options;
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > LONGEST) return err({ kind: 'not-a-horizon', horizon });
  const periods = periodsAhead(series, calendar, horizon);
  const scheduled = scheduleOf(known, [...series.periods, ...periods], calendar, series.currency);
  if (!scheduled.ok) return scheduled;
  const { behind, ahead } = splitAt(series.values.length, scheduled.value);
  const residual = residualOf(series.values, behind);
  const guessed = forecastHistory(residual, { ...options, season: series.season });
  const isAllKnown = known.length > 0 && residual.every((value) => value === 0);
  const made = isAllKnown ? withoutDoubt(guessed, options) : guessed;
  return ok({
    ...withSchedule(made, ahead, series),
    currency: series.currency,
    periods,
    method: isAllKnown ? 'known-events' : made.method,
    components: componentsOf(made, residual.length, ahead),
    known,
  });
}

/** The history without amounts, in prices before any factor. What a line that has ended left is nothing. (KE5) */
function residualOf(values: Float64Array, { amounts, factors }: Schedule): Float64Array {
  return values.map((value, at) => (factors[at] === 0 ? 0 : (value - amounts[at]!) / factors[at]!));
}

/** (KE6) */
function withoutDoubt(made: HistoryForecast, { horizon, levels = LEVELS }: ForecastOptions): HistoryForecast {
  const zeros = new Array<number>(horizon).fill(0);
  return {
    ...made,
    spread: zeros,
    intervals: levels.map((level) => ({ level, lower: zeros, upper: zeros })),
    warnings: [],
  };
}

/** Puts on a forecast of the residual what is scheduled. A credit that is known may go below zero. (KE5, FC9) */
function withSchedule(made: HistoryForecast, { amounts, factors }: Schedule, { values }: Series): HistoryForecast {
  const floor = values.every((value) => value >= 0) ? Array.from(amounts, (amount) => Math.min(0, amount)) : null;
  const added = (figures: readonly number[]): number[] =>
    figures.map((figure, at) => Math.max(amounts[at]! + factors[at]! * figure, floor?.[at] ?? -Infinity));
  return {
    ...made,
    mean: added(made.mean),
    spread: made.spread?.map((each, at) => each * factors[at]!) ?? null,
    floor,
    intervals: made.intervals.map(({ level, lower, upper }) => ({ level, lower: added(lower), upper: added(upper) })),
    candidates: made.candidates.map((candidate) => ({ ...candidate, mean: added(candidate.mean) })),
  };
}

function splitAt(length: number, { amounts, factors }: Schedule): { behind: Schedule; ahead: Schedule } {
  return {
    behind: { amounts: amounts.subarray(0, length), factors: factors.subarray(0, length) },
    ahead: { amounts: amounts.subarray(length), factors: factors.subarray(length) },
  };
}
