import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { calendars } from '#tests/unit/domain/fiscal/arbitraries.ts';

const retail = { pattern: '4-5-4', endMonth: 1, endWeekday: 6, endRule: 'nearest', namedBy: 'start' };

test('F3: months from any month, or weeks to a weekday at the end of a month', () => {
  expect(isFiscalCalendar({ pattern: 'months', startMonth: 4, namedBy: 'end' })).toBe(true);
  expect(isFiscalCalendar(retail)).toBe(true);
  fc.assert(fc.property(calendars, (calendar) => isFiscalCalendar(calendar)));
});

test.each([
  null,
  'months',
  [],
  {},
  { pattern: 'months', startMonth: 0, namedBy: 'end' },
  { pattern: 'months', startMonth: 13, namedBy: 'end' },
  { pattern: 'months', startMonth: 1.5, namedBy: 'end' },
  { pattern: 'months', startMonth: '4', namedBy: 'end' },
  { pattern: 'months', startMonth: 4, namedBy: 'middle' },
  { pattern: 'months', startMonth: 4 },
  { ...retail, pattern: '5-5-3' },
  { ...retail, pattern: 'toString' },
  { ...retail, endMonth: 0 },
  { ...retail, endWeekday: 7 },
  { ...retail, endRule: 'first' },
])('F3: %j is no calendar', (value) => {
  expect(isFiscalCalendar(value)).toBe(false);
});
