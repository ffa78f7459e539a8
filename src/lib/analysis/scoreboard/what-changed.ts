/** Why a forecast is not what was published: the difference taken apart so that the parts add up to it. (SB6) */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';

/** Of one period, in whole minor units. */
interface Figures {
  /** With overrides. */
  readonly mean: number;
  /** Without them. */
  readonly calculated: number;
  /** What of it is scheduled. */
  readonly known: number;
}

export interface PeriodCompared {
  readonly period: PeriodKey;
  readonly published: Figures;
  /** What came, or null while the period lies ahead. */
  readonly came: number | null;
  /** The forecast as it is now, and what today's method makes of the history as it was when that was published. */
  readonly now: Figures;
  readonly again: Omit<Figures, 'mean'>;
}

export interface ForecastChange {
  readonly before: number;
  readonly after: number;
  readonly actuals: number;
  readonly known: number;
  readonly model: number;
  readonly overrides: number;
}

/** The change of several periods together. */
export function whatChanged(periods: readonly PeriodCompared[]): ForecastChange {
  return periods.map(changeOf).reduce(addChanges, NO_CHANGE);
}

export function addChanges(a: ForecastChange, b: ForecastChange): ForecastChange {
  return {
    before: a.before + b.before,
    after: a.after + b.after,
    actuals: a.actuals + b.actuals,
    known: a.known + b.known,
    model: a.model + b.model,
    overrides: a.overrides + b.overrides,
  };
}

export const NO_CHANGE: ForecastChange = { before: 0, after: 0, actuals: 0, known: 0, model: 0, overrides: 0 };

function changeOf({ published, came, now, again }: PeriodCompared): ForecastChange {
  const before = published.mean;
  if (came !== null) return { ...NO_CHANGE, before, after: came, actuals: came - before };
  return {
    before,
    after: now.mean,
    actuals: now.calculated - again.calculated,
    known: again.known - published.known,
    model: again.calculated - again.known - (published.calculated - published.known),
    overrides: now.mean - now.calculated - (published.mean - published.calculated),
  };
}
