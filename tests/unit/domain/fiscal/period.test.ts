import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FiscalCalendar, WeekCalendar } from '#lib/domain/fiscal/calendar.ts';
import { addDays, dayNumber, daysBetween, weekdayOfDay } from '#lib/domain/fiscal/iso-date.ts';
import {
  fiscalYearOf,
  nextPeriod,
  periodByKey,
  periodLabel,
  periodOf,
  periodsOfYear,
  previousPeriod,
  yearLabel,
  type Period,
} from '#lib/domain/fiscal/period.ts';
import { calendars, dates, weekCalendars } from '#tests/unit/domain/fiscal/arbitraries.ts';

const calendarYear: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'end' };
const britain: FiscalCalendar = { pattern: 'months', startMonth: 4, namedBy: 'end' };
const retail: WeekCalendar = { pattern: '4-5-4', endMonth: 1, endWeekday: 6, endRule: 'nearest', namedBy: 'start' };

/** Dates with a fiscal year before and after theirs. */
const inner = dates.filter((date) => date > '1902' && date < '2998');

const yearSpan = (calendar: FiscalCalendar, fiscalYear: number): [string, string] => {
  const periods = periodsOfYear(calendar, fiscalYear);
  return [periods[0]?.start ?? '', periods.at(-1)?.end ?? ''];
};
const weeksOf = ({ start, end }: Period): number => (daysBetween(start, end) + 1) / 7;
const yearWeeks = (calendar: FiscalCalendar, fiscalYear: number): number =>
  periodsOfYear(calendar, fiscalYear).reduce((weeks, period) => weeks + weeksOf(period), 0);

test('F5: the UK government year from April to March is named by its end', () => {
  expect(yearSpan(britain, 2027)).toEqual(['2026-04-01', '2027-03-31']);
  expect(periodOf(britain, '2027-03-31')).toEqual({
    key: '2027-03',
    fiscalYear: 2027,
    number: 12,
    start: '2027-03-01',
    end: '2027-03-31',
  });
  expect(periodOf(britain, '2027-04-01')).toMatchObject({ key: '2027-04', fiscalYear: 2028, number: 1 });
  expect(fiscalYearOf({ ...britain, namedBy: 'start' }, '2027-03-31')).toBe(2026);
});

test('F5: a year from January is the calendar year, however it is named', () => {
  for (const namedBy of ['start', 'end'] as const) {
    expect(yearSpan({ ...calendarYear, namedBy }, 2028)).toEqual(['2028-01-01', '2028-12-31']);
    expect(fiscalYearOf({ ...calendarYear, namedBy }, '2028-02-29')).toBe(2028);
  }
});

test('F6, F7: the retail years 2000, 2006, 2012, 2017 and 2023 have 53 weeks (NRF)', () => {
  const years = Array.from({ length: 27 }, (_, i) => 1999 + i);
  expect(years.filter((year) => yearWeeks(retail, year) === 53)).toEqual([2000, 2006, 2012, 2017, 2023]);
  expect(years.filter((year) => yearWeeks(retail, year) === 52)).toHaveLength(22);
});

test('F7: the 53rd week of retail 2012 is 27 January to 2 February 2013, in its last period (NRF)', () => {
  expect(yearSpan(retail, 2012)).toEqual(['2012-01-29', '2013-02-02']);
  const last = periodOf(retail, '2013-01-27');
  expect(last).toEqual({ key: '2012P12', fiscalYear: 2012, number: 12, start: '2012-12-30', end: '2013-02-02' });
  expect(periodOf(retail, '2013-02-03')).toMatchObject({ key: '2013P01', end: '2013-03-02' });
  expect(periodsOfYear(retail, 2012).map(weeksOf)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]);
  expect(periodsOfYear(retail, 2013).map(weeksOf)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4]);
});

test('F6: the 53rd week comes when four or more days of January remain (NRF)', () => {
  for (let year = 1990; year < 2090; year += 1) {
    const after52Weeks = addDays(periodsOfYear(retail, year)[0]?.start ?? '', 52 * 7 - 1);
    const remaining = daysBetween(after52Weeks, `${year + 1}-01-31`);
    expect([year, yearWeeks(retail, year)]).toEqual([year, remaining >= 4 ? 53 : 52]);
  }
});

test('F6: a year to the last Saturday of September, as Apple has it', () => {
  const apple: WeekCalendar = { pattern: '5-4-4', endMonth: 9, endWeekday: 6, endRule: 'last', namedBy: 'end' };
  expect(yearSpan(apple, 2022)).toEqual(['2021-09-26', '2022-09-24']);
  expect(yearSpan(apple, 2023)).toEqual(['2022-09-25', '2023-09-30']);
  expect([2017, 2022, 2023, 2024].map((year) => yearWeeks(apple, year))).toEqual([53, 52, 53, 52]);
});

test('F7: thirteen periods of four weeks, the last of five in a long year', () => {
  const thirteen: WeekCalendar = { ...retail, pattern: '13x4' };
  expect(periodsOfYear(thirteen, 2012).map(weeksOf)).toEqual([...Array<number>(12).fill(4), 5]);
  expect(periodsOfYear(thirteen, 2013).map(weeksOf)).toEqual(Array<number>(13).fill(4));
  expect(periodByKey(thirteen, '2012P13')?.end).toBe('2013-02-02');
  expect(periodByKey(retail, '2012P13')).toBeUndefined();
});

test('F8: a year to the Saturday nearest the end of December keeps its name in the days of its neighbours', () => {
  for (const namedBy of ['start', 'end'] as const) {
    const calendar: WeekCalendar = { pattern: '4-4-5', endMonth: 12, endWeekday: 6, endRule: 'nearest', namedBy };
    expect(yearSpan(calendar, 2026)).toEqual(['2026-01-04', '2027-01-02']);
    expect(fiscalYearOf(calendar, '2027-01-02')).toBe(2026);
    expect(fiscalYearOf(calendar, '2026-01-03')).toBe(2025);
  }
});

test('F4: every date lies in exactly one period', () => {
  fc.assert(
    fc.property(calendars, inner, (calendar, date) => {
      const fiscalYear = fiscalYearOf(calendar, date);
      const around = [-1, 0, 1].flatMap((years) => periodsOfYear(calendar, fiscalYear + years));
      const holding = around.filter(({ start, end }) => start <= date && date <= end);
      expect(holding).toEqual([periodOf(calendar, date)]);
    }),
    { numRuns: 500 },
  );
});

test('F4: periods tile their year and years follow each other, without gap or overlap', () => {
  fc.assert(
    fc.property(calendars, fc.integer({ min: 1901, max: 2998 }), (calendar, fiscalYear) => {
      const periods = [...periodsOfYear(calendar, fiscalYear), ...periodsOfYear(calendar, fiscalYear + 1).slice(0, 1)];
      periods.slice(1).forEach((period, i) => {
        expect(period.start).toBe(addDays(periods[i]?.end ?? '', 1));
      });
      for (const period of periods.slice(0, -1)) {
        expect(period.fiscalYear).toBe(fiscalYear);
        expect(periodOf(calendar, period.start)).toBe(period);
        expect(periodOf(calendar, period.end)).toBe(period);
      }
      expect(periods.slice(0, -1).map(({ number }) => number)).toEqual(periods.slice(1).map((_, i) => i + 1));
    }),
    { numRuns: 500 },
  );
});

test('F4: equal calendars have the same periods, and asking again changes nothing', () => {
  fc.assert(
    fc.property(calendars, dates, (calendar, date) => {
      const period = periodOf(calendar, date);
      expect(periodOf({ ...calendar }, date)).toBe(period);
      expect(periodOf(calendar, date)).toBe(period);
    }),
  );
});

test('F6, F7: a week year ends on its weekday near its month’s end and has 52 or 53 whole weeks', () => {
  fc.assert(
    fc.property(weekCalendars, fc.integer({ min: 1901, max: 2998 }), (calendar, fiscalYear) => {
      const [, end] = yearSpan(calendar, fiscalYear);
      expect(weekdayOfDay(dayNumber(end))).toBe(calendar.endWeekday);
      expect([52, 53]).toContain(yearWeeks(calendar, fiscalYear));
      const endYear = fiscalYear + (calendar.namedBy === 'start' && calendar.endMonth < 12 ? 1 : 0);
      const monthEnd = new Date(Date.UTC(endYear, calendar.endMonth, 0)).toISOString().slice(0, 10);
      const past = daysBetween(monthEnd, end);
      const [least, most] = calendar.endRule === 'last' ? [-6, 0] : [-3, 3];
      expect(past >= least && past <= most).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('F9: a key finds its period, and keys sort in time order', () => {
  fc.assert(
    fc.property(calendars, dates, (calendar, date) => {
      const period = periodOf(calendar, date);
      expect(periodByKey(calendar, period.key)).toBe(period);
      const next = nextPeriod(calendar, period);
      expect(next.start).toBe(addDays(period.end, 1));
      expect(next.key > period.key).toBe(true);
      expect(previousPeriod(calendar, next)).toBe(period);
    }),
  );
});

test('F9: a key that the calendar does not have has no period', () => {
  for (const key of [
    '2027P03',
    '2027-13',
    '2027-00',
    '2027-3',
    '1899-12',
    '3000-01',
    '2027-03-01-01',
    '',
    '2027-03-01',
    'toString',
  ]) {
    expect([key, periodByKey(britain, key)]).toEqual([key, undefined]);
  }
  for (const key of ['2027-03', '2027P00', '2027P13', '2027P3', '0027P03', '3001P01', '2027P003']) {
    expect([key, periodByKey(retail, key)]).toEqual([key, undefined]);
  }
});

test('F10: periods and years in the words people use', () => {
  expect(periodLabel(periodOf(britain, '2027-03-05'), 'en-GB')).toBe('Mar 27');
  expect(periodLabel(periodOf(britain, '2027-03-05'), 'de-DE')).toMatch(/^Mär.? 27$/);
  expect(periodLabel(periodOf(retail, '2027-04-05'), 'en-GB')).toBe('P03 FY27');
  expect(yearLabel(britain, 2027)).toBe('FY27');
  expect(yearLabel(britain, 2007)).toBe('FY07');
  expect(yearLabel(britain, 1999)).toBe('FY1999');
});

test('F4: at the edges of the years that exist there are periods too', () => {
  fc.assert(
    fc.property(calendars, (calendar) => {
      for (const date of ['1900-01-01', '2999-12-31']) {
        const period = periodOf(calendar, date);
        expect(period.start <= date && date <= period.end).toBe(true);
        expect(periodLabel(period, 'en-GB')).not.toBe('');
      }
    }),
  );
});

test('F4: what is not a date has no period', () => {
  for (const date of ['', '2027-02-30', '1899-06-15', '3000-01-01']) {
    expect(() => periodOf(britain, date)).toThrow('is not a date');
  }
  expect(() => periodsOfYear(britain, 2027.5)).toThrow('fiscal year');
});
