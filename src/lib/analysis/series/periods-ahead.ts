/** The periods after a series, as long as its own: months, quarters, periods of weeks. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { nextPeriod, periodOf, type Period } from '#lib/domain/fiscal/period.ts';
import { assert } from '#lib/domain/result.ts';
import type { Series } from './series.ts';

export function periodsAhead({ periods, season }: Series, calendar: FiscalCalendar, horizon: number): Period[] {
  const last = periods.at(-1);
  assert(last !== undefined, 'a series without a period');
  const ahead: Period[] = [];
  let end = periodOf(calendar, last.end);
  for (let step = 0; step < horizon; step += 1) {
    const first = nextPeriod(calendar, end);
    end = first;
    if (season !== 4) ahead.push(first);
    else {
      for (let further = 0; further < 2; further += 1) end = nextPeriod(calendar, end);
      ahead.push({ ...first, number: end.number / 3, end: end.end });
    }
  }
  return ahead;
}
