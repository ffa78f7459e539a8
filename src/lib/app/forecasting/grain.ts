/** Figures by the calendar's periods or by its quarters. A quarter has the key of its first period. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { nextPeriod, periodByKey, periodsOfYear, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { assert } from '#lib/domain/result.ts';
import type { ByPeriod } from './line-history.ts';

export type Grain = 'period' | 'quarter';

/** Whether the years of a calendar have quarters: those of 13 periods do not. */
export function hasQuarters(calendar: FiscalCalendar): boolean {
  return calendar.pattern !== '13x4';
}

/** The periods of a year, or its quarters. */
export function cutsOfYear(calendar: FiscalCalendar, fiscalYear: number, grain: Grain): readonly Period[] {
  const periods = periodsOfYear(calendar, fiscalYear);
  if (grain === 'period') return periods;
  return periods.flatMap((first) => {
    if (first.number % 3 !== 1) return [];
    const last = periods[first.number + 1];
    assert(last !== undefined, `a year of ${periods.length} periods has no quarters`);
    return [{ ...first, number: (first.number + 2) / 3, end: last.end }];
  });
}

/** The period or quarter after one. */
export function nextCut(calendar: FiscalCalendar, { key, end }: Period, grain: Grain): Period {
  let last = periodByKey(calendar, key);
  assert(last !== undefined, `no period ${key}`);
  while (last.end < end) last = nextPeriod(calendar, last);
  const next = nextPeriod(calendar, last);
  return cutsOfYear(calendar, next.fiscalYear, grain).find(({ start }) => start === next.start) ?? next;
}

/** The quarter or period that is whole with `until`, or the last one that was. */
export function lastWhole(calendar: FiscalCalendar, until: Period, grain: Grain): Period {
  const isWhole = ({ end }: Period): boolean => end <= until.end;
  const cuts = [until.fiscalYear - 1, until.fiscalYear].flatMap((year) => cutsOfYear(calendar, year, grain));
  return cuts.findLast(isWhole) ?? until;
}

/** Amounts of periods as amounts of what they lie in. */
export function gathered(amounts: ByPeriod, calendar: FiscalCalendar, grain: Grain): ByPeriod {
  if (grain === 'period') return amounts;
  const quarters = new Map<PeriodKey, number>();
  for (const [key, amount] of amounts) {
    const period = periodByKey(calendar, key);
    if (period === undefined) continue;
    const first = periodsOfYear(calendar, period.fiscalYear)[period.number - 1 - ((period.number - 1) % 3)];
    if (first !== undefined) quarters.set(first.key, (quarters.get(first.key) ?? 0) + amount);
  }
  return quarters;
}
