/** The forecast of a series: what is known is scheduled, and only what is left of the history is guessed from. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { workingDays } from '#lib/domain/fiscal/working-days.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { scheduleOf, type EventFault, type KnownEvent, type Schedule } from '../known-events/event.ts';
import { adjustedHistory, type Adjustment } from '../series/adjustments.ts';
import type { Judged, JudgementFault } from '../series/judgement.ts';
import { periodsAhead } from '../series/periods-ahead.ts';
import type { Series } from '../series/series.ts';
import { heldBack } from './backtest.ts';
import { componentsOf, type Components } from './components.ts';
import { forecastHistory, type HistoryForecast, type HistoryOptions } from './history-forecast.ts';
import { LEVELS } from './intervals.ts';
import { overridden, rangesAround, type Override } from './overrides.ts';
import { disturbanceWarnings, gapWarnings, staleWarnings, type Warning } from './warnings.ts';
import { workingDayEffect, type WorkingDayEffect } from './working-days.ts';

export interface ForecastOptions extends Omit<HistoryOptions, 'season'> {
  readonly calendar: FiscalCalendar;
  /** ISO date: what has expired and how old the last figure is, is judged by it. */
  readonly today: string;
  /** What is scheduled, over the history and the periods ahead: see `knownEvents`. */
  readonly known?: readonly KnownEvent[];
  readonly adjustments?: readonly Adjustment[];
  readonly overrides?: readonly Override[];
  /** Whole periods that may go by without a figure before the series counts as stale. */
  readonly patience?: number;
  /** Looks for an effect of the number of working days, Monday to Friday less these ISO dates; not looked for unless given. */
  readonly workingDays?: { readonly holidays: readonly string[] };
}

/** Figures are minor units of `currency`, not rounded. */
export interface Forecast extends Omit<HistoryForecast, 'method' | 'warnings'> {
  readonly currency: string;
  /** The periods forecast, the next one first. */
  readonly periods: readonly Period[];
  readonly method: HistoryForecast['method'] | 'known-events';
  /** The mean as it was calculated, before any override. */
  readonly calculated: readonly number[];
  /** What the mean is made of. */
  readonly components: Components;
  /** The events that were taken as known. */
  readonly known: readonly KnownEvent[];
  /** Every adjustment and override that was handed in, with what became of it. */
  readonly adjustments: readonly Judged<Adjustment>[];
  /** The effect of working days that was found and taken into account; null for none. */
  readonly workingDays: WorkingDayEffect | null;
  readonly overrides: readonly Judged<Override>[];
  readonly warnings: readonly Warning[];
}

export type ForecastFault = EventFault | JudgementFault | { readonly kind: 'not-a-horizon'; readonly horizon: number };

const LONGEST = 600;
const PATIENCE = 2;

export function forecast(series: Series, options: ForecastOptions): Result<Forecast, ForecastFault> {
  const { horizon, calendar, today, known = [], adjustments = [], overrides = [], patience = PATIENCE } = options;
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > LONGEST) return err({ kind: 'not-a-horizon', horizon });
  const periods = periodsAhead(series, calendar, horizon);
  const scheduled = scheduleOf(known, [...series.periods, ...periods], calendar, series.currency);
  if (!scheduled.ok) return scheduled;
  const { behind, ahead } = splitAt(series.values.length, scheduled.value);
  const history = adjustedHistory(series, behind, adjustments, today);
  if (!history.ok) return history;
  const { residual } = history.value;
  const effect = effectOfDays(residual, [...series.periods, ...periods], series.season, options);
  const even = effect === null ? residual : residual.map((value, at) => value / effect.factors[at]!);
  const guessed = forecastHistory(even, { ...options, season: series.season });
  const isAllKnown = known.length > 0 && residual.every((value) => value === 0);
  const made = isAllKnown ? withoutDoubt(guessed, options) : guessed;
  const dayFactors = ahead.factors.map((_, step) => effect?.factors[residual.length + step] ?? 1);
  const factors = ahead.factors.map((factor, step) => factor * dayFactors[step]!);
  const calculated = withSchedule(made, { amounts: ahead.amounts, factors }, series);
  const decided = overridden(calculated.mean, periods, overrides, today);
  if (!decided.ok) return decided;
  return ok({
    ...calculated,
    currency: series.currency,
    periods,
    method: isAllKnown ? 'known-events' : made.method,
    mean: decided.value.mean,
    calculated: calculated.mean,
    intervals: rangesAround(calculated.intervals, decided.value.mean),
    components: componentsOf(made, residual.length, { ...ahead, dayFactors }, calculated.mean, decided.value.mean),
    known,
    adjustments: history.value.adjustments,
    workingDays: effect,
    overrides: decided.value.overrides,
    warnings: isAllKnown
      ? []
      : [
          ...made.warnings,
          ...gapWarnings(series),
          ...disturbanceWarnings(series, history.value, behind),
          ...staleWarnings(series, calendar, today, patience),
        ],
  });
}

/** (FC19) */
function effectOfDays(
  residual: Float64Array,
  periods: readonly Period[],
  season: number,
  { workingDays: asked, horizon }: ForecastOptions,
): WorkingDayEffect | null {
  if (asked === undefined) return null;
  const holidays = new Set(asked.holidays);
  const days = periods.map((period) => workingDays(period, holidays));
  return workingDayEffect(residual, days, season, residual.length - heldBack(residual.length, season, horizon));
}

/** (KE6) */
function withoutDoubt(made: HistoryForecast, { horizon, levels = LEVELS }: ForecastOptions): HistoryForecast {
  const zeros = new Array<number>(horizon).fill(0);
  return {
    ...made,
    spread: zeros,
    intervals: levels.map((level) => ({ level, lower: zeros, upper: zeros })),
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
