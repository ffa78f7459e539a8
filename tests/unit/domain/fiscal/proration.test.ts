import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { addDays, daysBetween } from '#lib/domain/fiscal/iso-date.ts';
import { sharesBetween } from '#lib/domain/fiscal/proration.ts';
import { allocate } from '#lib/domain/money/allocate.ts';
import { calendars, dates } from '#tests/unit/domain/fiscal/arbitraries.ts';

const calendarYear: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'end' };

const shared = (total: number, start: string, end: string, by: 'day' | 'month'): [string, number][] => {
  const shares = sharesBetween(calendarYear, start, end, by);
  const parts = allocate(
    total,
    shares.map(({ weight }) => weight),
  );
  return shares.map(({ period }, i) => [period.key, parts[i] ?? 0]);
};

test('F11: 590.00 from 15 January to 14 March falls on 59 days, or on a bit less than two months', () => {
  // 17 days of January, 28 of February, 14 of March.
  expect(shared(59_000, '2027-01-15', '2027-03-14', 'day')).toEqual([
    ['2027-01', 17_000],
    ['2027-02', 28_000],
    ['2027-03', 14_000],
  ]);
  // 17/31 + 1 + 14/31 = 2 months.
  expect(shared(62_000, '2027-01-15', '2027-03-14', 'month')).toEqual([
    ['2027-01', 17_000],
    ['2027-02', 31_000],
    ['2027-03', 14_000],
  ]);
});

test('F11: a year by months is twelve even parts, by days it is not', () => {
  expect(shared(1200, '2027-01-01', '2027-12-31', 'month').map(([, part]) => part)).toEqual(Array(12).fill(100));
  expect(shared(36_500, '2027-01-01', '2027-12-31', 'day').map(([, part]) => part)).toEqual(
    [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days) => days * 100),
  );
});

test('F11: a stretch within one period, or of one day, is that period’s', () => {
  expect(shared(500, '2027-02-03', '2027-02-20', 'month')).toEqual([['2027-02', 500]]);
  expect(shared(500, '2027-02-28', '2027-02-28', 'day')).toEqual([['2027-02', 500]]);
  expect(() => sharesBetween(calendarYear, '2027-02-02', '2027-02-01', 'day')).toThrow('a stretch from');
});

test('F11: weights are the days, or for whole periods all the same', () => {
  fc.assert(
    fc.property(calendars, dates, fc.nat({ max: 1500 }), (calendar, start, length) => {
      const end = addDays(start, length);
      fc.pre(end < '2999');
      const byDay = sharesBetween(calendar, start, end, 'day');
      expect(byDay.reduce((days, { weight }) => days + weight, 0)).toBe(length + 1);

      const byMonth = sharesBetween(calendar, start, end, 'month');
      expect(byMonth.map(({ period }) => period)).toEqual(byDay.map(({ period }) => period));
      const whole = byMonth.filter(({ period }) => start <= period.start && period.end <= end);
      expect(new Set(whole.map(({ weight }) => weight)).size).toBeLessThanOrEqual(1);
      byMonth.forEach(({ period, weight }, i) => {
        expect(Number.isSafeInteger(weight) && weight > 0).toBe(true);
        const size = daysBetween(period.start, period.end) + 1;
        const one = (byMonth[0]?.weight ?? 0) / ((byDay[0]?.weight ?? 1) / sizeOf(byDay[0]?.period));
        expect(weight).toBeCloseTo((one * (byDay[i]?.weight ?? 0)) / size);
      });
    }),
  );
});

const sizeOf = (period?: { start: string; end: string }): number =>
  period === undefined ? 1 : daysBetween(period.start, period.end) + 1;
