import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  dateOfDay,
  dayNumber,
  daysBetween,
  daysInMonth,
  isIsoDate,
  weekdayOfDay,
} from '#lib/domain/fiscal/iso-date.ts';
import { dates, days, isoOf } from '#tests/unit/domain/fiscal/arbitraries.ts';

test('F1: a date is a day that exists, written yyyy-mm-dd', () => {
  for (const date of ['1900-01-01', '2026-11-23', '2028-02-29', '2000-02-29', '2999-12-31'])
    expect(isIsoDate(date)).toBe(true);
  for (const other of [
    ...['2027-02-29', '1900-02-29', '2027-04-31', '2027-00-10', '2027-13-01', '2027-01-00', '2027-01-32'],
    ...[
      '1899-12-31',
      '3000-01-01',
      '0027-03-01',
      '20270301',
      '2027-3-1',
      '2027/03/01',
      '01-03-2027',
      '2027-03-01T00:00Z',
    ],
    ...['', ' 2027-03-01', '2027-03-0x', '２０２７-03-01', null, undefined, 20270301, new Date(0)],
  ]) {
    expect([other, isIsoDate(other)]).toEqual([other, false]);
  }
});

test('F2: a leap day lies between the last of February and the first of March', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysBetween('2027-01-01', '2028-01-01')).toBe(365);
  expect(daysBetween('2028-01-01', '2027-01-01')).toBe(-365);
  expect([2027, 2028, 1900, 2000].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
  expect(dayNumber('1970-01-01')).toBe(0);
  expect(() => addDays('2027-02-30', 1)).toThrow('2027-02-30 is not a date');
});

test('F2: days are counted as every other calendar counts them', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(dateOfDay(day)).toBe(isoOf(day));
      expect(dayNumber(isoOf(day))).toBe(day);
      expect(weekdayOfDay(day)).toBe(new Date(day * 86_400_000).getUTCDay());
    }),
    { numRuns: 2000 },
  );
});

test('F2: adding days turns back, and later dates are later text', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -30_000, max: 30_000 }), (date, count) => {
      const other = addDays(date, count);
      expect(daysBetween(date, other)).toBe(count);
      expect(addDays(other, -count)).toBe(date);
      expect(other > date).toBe(count > 0);
    }),
  );
});

test('F1: no text makes it throw or pass without being a day', () => {
  const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/));
  fc.assert(
    fc.property(texts, (text) => {
      const instant = Date.parse(`${text}T00:00:00Z`);
      const isDay = !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === text;
      expect(isIsoDate(text)).toBe(isDay && text >= '1900' && text < '3000');
    }),
    { numRuns: 1000 },
  );
});
