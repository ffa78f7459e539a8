/** What a reader of a forecast has to know before trusting it, with what each warning rests on. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { nextPeriod, periodOf, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Schedule } from '../known-events/event.ts';
import { isDecided, type AdjustedHistory } from '../series/adjustments.ts';
import { levelShiftIn, outliersIn } from '../series/disturbances.ts';
import type { Series } from '../series/series.ts';
import type { HistoryWarning } from './history-warnings.ts';

export type Warning =
  | HistoryWarning
  /** A year or more without anything lies before `period`: what is older is left out. */
  | { readonly kind: 'begun-after-gap'; readonly period: PeriodKey }
  /** The level changed by `by` minor units with `period`, and nobody has said whether it stays. */
  | { readonly kind: 'shifted'; readonly period: PeriodKey; readonly by: number }
  /** Figures far from what their neighbours and their season say, which nobody has decided on. */
  | { readonly kind: 'outliers'; readonly figures: readonly OddFigure[] }
  /** Since `last`, the last period with a figure, `periods` have gone by; up to `usual` would be no surprise. */
  | { readonly kind: 'stale'; readonly last: PeriodKey; readonly periods: number; readonly usual: number };

interface OddFigure {
  readonly period: PeriodKey;
  readonly booked: number;
  readonly expected: number;
}

/** Warnings on what is left of a series once known amounts are taken out and adjustments are made. */
export function disturbanceWarnings(
  series: Series,
  { residual, adjustments }: AdjustedHistory,
  { amounts, factors }: Schedule,
): Warning[] {
  const warnings: Warning[] = [];
  const shift = levelShiftIn(residual, series.season);
  const shifted = shift === null ? undefined : series.periods[shift.at];
  if (shift !== null && shifted !== undefined && !isDecided(adjustments, shifted.key)) {
    warnings.push({ kind: 'shifted', period: shifted.key, by: Math.round(shift.by * factors[shift.at]!) });
  }
  const figures = outliersIn(residual, series.season).flatMap(({ at, expected }): OddFigure[] => {
    const period = series.periods[at]!.key;
    if (isDecided(adjustments, period)) return [];
    return [{ period, booked: series.values[at]!, expected: Math.round(amounts[at]! + factors[at]! * expected) }];
  });
  return figures.length === 0 ? warnings : [...warnings, { kind: 'outliers', figures }];
}

/** (SE4) */
export function gapWarnings({ begunAfterGap }: Series): Warning[] {
  return begunAfterGap === null ? [] : [{ kind: 'begun-after-gap', period: begunAfterGap }];
}

/** Warns where more whole periods have gone by without a figure than `patience`, and than ever between two figures. */
export function staleWarnings(series: Series, calendar: FiscalCalendar, today: string, patience: number): Warning[] {
  const gaps = new Set(series.gaps);
  let last = 0;
  let longest = 0;
  series.periods.forEach(({ key }, at) => {
    if (gaps.has(key)) return;
    longest = Math.max(longest, at - last - 1);
    last = at;
  });
  const period = series.periods[last];
  if (period === undefined) return [];
  const length = series.season === 4 ? 3 : 1;
  const periods = Math.floor(wholePeriodsSince(calendar, period.end, today) / length);
  const usual = Math.max(patience, longest);
  return periods > usual ? [{ kind: 'stale', last: period.key, periods, usual }] : [];
}

function wholePeriodsSince(calendar: FiscalCalendar, end: string, today: string): number {
  let count = 0;
  for (let next = nextPeriod(calendar, periodOf(calendar, end)); next.end < today; count += 1) {
    next = nextPeriod(calendar, next);
  }
  return count;
}
