/** Days on which people work. (B4) */
import { addDays, dayNumber, weekdayOfDay } from '#lib/domain/fiscal/iso-date.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';

/** Monday to Friday, less the holidays (ISO dates). */
export function workingDays({ start, end }: Period, holidays: ReadonlySet<string>): number {
  let days = 0;
  for (let date = start; date <= end; date = addDays(date, 1)) {
    const weekday = weekdayOfDay(dayNumber(date));
    if (weekday !== 0 && weekday !== 6 && !holidays.has(date)) days += 1;
  }
  return days;
}
