import { expect, test } from 'vitest';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { periodHeader, periodsNamed } from '#lib/interchange/budget/period-header.ts';

const april: FiscalCalendar = { pattern: 'months', startMonth: 4, namedBy: 'end' };
const weeks: FiscalCalendar = {
  pattern: '13x4',
  endMonth: 12,
  endWeekday: 6,
  endRule: 'last',
  namedBy: 'end',
};

/** Keys of the periods of FY27 (April 2026 to March 2027) that a header stands for. */
function keys(header: string, calendar = april): readonly string[] | undefined {
  const named = periodHeader(header, 'dmy');
  return named && periodsNamed(named, periodsOfYear(calendar, 2027)).map(({ key }) => key);
}

test.each([
  ...[
    'Jan 27',
    'Jan-27',
    "Jan '27",
    'January 2027',
    'JAN',
    'Januar 27',
    'janv. 2027',
    'Ene-27',
    'Budget Jan 27',
    'Plan Jan',
  ],
  ...[
    '2027-01',
    '2027/01',
    '01/2027',
    '1/27',
    '01.2027',
    '202701',
    '2027-01-01',
    '01/01/2027',
    '31/01/2027',
    '27-Jan',
    '1-Jan',
  ],
  ...['P10', 'P 10', 'Period 10', 'M10', 'Month 10', 'P10 FY27', 'FY27 P10', '2027P10', 'FY2027/P10'],
])('X24: %s is January 2027, the tenth period', (header) => {
  expect(keys(header)).toEqual(['2027-01']);
});

test.each(['Q4', 'Q4 27', 'FY27 Q4', 'Quarter 4', '4. Quartal', 'Qtr 4', '2027 Q4'])(
  'X24: %s is the last quarter',
  (header) => {
    expect(keys(header.replace('4. Quartal', 'Quartal 4'))).toEqual(['2027-01', '2027-02', '2027-03']);
  },
);

test.each([
  'Total',
  'Annual total',
  'FY27',
  'FY 2027',
  '2027',
  'FY27 Budget',
  'Budget',
  'Full year',
  'Amount',
  'Summe',
  '2026/27',
])('X24: %s is the year, or a year', (header) => {
  expect(periodHeader(header, 'dmy')?.kind).toBe('year');
});

test.each([
  'Line',
  'Department',
  'FY26 Actual',
  'Variance',
  'Owner',
  'Margin',
  'Marketing',
  'Mayor',
  'Q5',
  'P14',
  'YTD',
  '',
])('X24: %s names no time to plan', (header) => {
  expect(keys(header) ?? []).toEqual([]);
});

test('X24: a month of another year belongs to no period of this one', () => {
  expect([keys('Mar 26'), keys('Apr 27'), keys('FY26'), keys('Apr 26')]).toEqual([[], [], [], ['2026-04']]);
});

test('X24: thirteen periods make quarters of three, three, three and four', () => {
  expect(['Q1', 'Q2', 'Q3', 'Q4'].map((header) => keys(header, weeks)?.length)).toEqual([3, 3, 3, 4]);
  expect(keys('P13', weeks)).toEqual(['2027P13']);
});
