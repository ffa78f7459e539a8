/** How a stretch of days falls on periods: the weights to share a yearly or prepaid amount by. (F11) */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { daysBetween } from '#lib/domain/fiscal/iso-date.ts';
import { nextPeriod, periodOf, type Period } from '#lib/domain/fiscal/period.ts';
import { assert } from '#lib/domain/result.ts';

export interface PeriodShare {
  readonly period: Period;
  /** Integer weight for `allocate`; only its proportion to the others means anything. */
  readonly weight: number;
}

/**
 * The periods from `start` to `end` (both days included) with their weights.
 * `day`: every day weighs the same. `month`: every whole period weighs the same, a cut one by its share of days.
 */
export function sharesBetween(
  calendar: FiscalCalendar,
  start: string,
  end: string,
  by: 'day' | 'month',
): readonly PeriodShare[] {
  assert(start <= end, `a stretch from ${start} to ${end}`);
  const covered: { period: Period; days: number; length: number }[] = [];
  for (let period = periodOf(calendar, start); period.start <= end; period = nextPeriod(calendar, period)) {
    const from = start > period.start ? start : period.start;
    const to = end < period.end ? end : period.end;
    covered.push({ period, days: daysBetween(from, to) + 1, length: daysBetween(period.start, period.end) + 1 });
  }
  if (by === 'day') return covered.map(({ period, days }) => ({ period, weight: days }));
  const whole = covered.reduce((multiple, { length }) => leastCommonMultiple(multiple, length), 1);
  return covered.map(({ period, days, length }) => ({ period, weight: (whole / length) * days }));
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
