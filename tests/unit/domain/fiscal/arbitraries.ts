/** Random dates and fiscal calendars for the fiscal tests. */
import fc from 'fast-check';
import type { FiscalCalendar, MonthCalendar, WeekCalendar } from '#lib/domain/fiscal/calendar.ts';

const namedBy = fc.constantFrom<MonthCalendar['namedBy']>('start', 'end');
const months = fc.integer({ min: 1, max: 12 });

export const weekCalendars: fc.Arbitrary<WeekCalendar> = fc.record({
  pattern: fc.constantFrom<WeekCalendar['pattern']>('4-4-5', '4-5-4', '5-4-4', '13x4'),
  endMonth: months,
  endWeekday: fc.integer({ min: 0, max: 6 }),
  endRule: fc.constantFrom<WeekCalendar['endRule']>('last', 'nearest'),
  namedBy,
});

export const calendars: fc.Arbitrary<FiscalCalendar> = fc.oneof(
  fc.record({ pattern: fc.constant('months' as const), startMonth: months, namedBy }),
  weekCalendars,
);

/** Days since 1970-01-01 of all dates that exist here: 1900-01-01 to 2999-12-31. */
export const days = fc.integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2999, 11, 31) / 86_400_000 });

/** The platform's own calendar, to check ours against. */
export const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

export const dates = days.map(isoOf);
