import { expect, test } from 'vitest';
import { cutsOfYear, gathered, lastWhole, nextCut } from '#lib/app/forecasting/grain.ts';
import { historyEnd } from '#lib/app/forecasting/line-history.ts';
import { plannedBy } from '#lib/app/forecasting/planned-amounts.ts';
import { historyOf } from '#lib/app/forecasting/subjects.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodByKey, periodsOfYear, type Period } from '#lib/domain/fiscal/period.ts';
import { makeLine } from '#tests/support/make-line.ts';

const months: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
const fromApril: FiscalCalendar = { pattern: 'months', startMonth: 4, namedBy: 'end' };
const weeks: FiscalCalendar = { pattern: '4-4-5', endMonth: 12, endWeekday: 0, endRule: 'last', namedBy: 'end' };
const periodOf = (key: string, calendar = months): Period => {
  const period = periodByKey(calendar, key);
  if (period === undefined) throw new Error(key);
  return period;
};

test('history ends with the latest closed period, and says when nothing is closed yet', () => {
  const end = historyEnd({ calendar: months, closed: ['2026-08', '2026-09', '2025-12'] }, '2026-11-23');
  expect([end.period.key, end.isClosed]).toEqual(['2026-09', true]);
  const open = historyEnd({ calendar: months, closed: [] }, '2026-11-23');
  expect([open.period.key, open.isClosed]).toEqual(['2026-10', false]);
});

test('quarters follow the fiscal year, months or weeks alike', () => {
  const starts = (calendar: FiscalCalendar): string[] => cutsOfYear(calendar, 2027, 'quarter').map(({ key }) => key);
  expect(starts(months)).toEqual(['2027-01', '2027-04', '2027-07', '2027-10']);
  expect(starts(fromApril)).toEqual(['2026-04', '2026-07', '2026-10', '2027-01']);
  expect(starts(weeks)).toEqual(['2027P01', '2027P04', '2027P07', '2027P10']);
  const last = cutsOfYear(months, 2026, 'quarter').at(-1);
  expect(nextCut(months, last as Period, 'quarter')).toMatchObject({ key: '2027-01', number: 1, end: '2027-03-31' });
  expect(nextCut(months, periodOf('2026-12'), 'period').key).toBe('2027-01');
});

test('a quarter counts once all of its periods do', () => {
  expect(lastWhole(months, periodOf('2026-10'), 'quarter').key).toBe('2026-07');
  expect(lastWhole(months, periodOf('2026-12'), 'quarter')).toMatchObject({ key: '2026-10', end: '2026-12-31' });
  expect(lastWhole(months, periodOf('2027-02'), 'quarter').key).toBe('2026-10');
  expect(lastWhole(months, periodOf('2026-10'), 'period').key).toBe('2026-10');
});

test('amounts of periods add up to those of their quarters', () => {
  const amounts = new Map([
    ['2026-11', 5],
    ['2026-12', 7],
    ['2027-01', 11],
  ]);
  expect([...gathered(amounts, months, 'quarter')]).toEqual([
    ['2026-10', 12],
    ['2027-01', 11],
  ]);
  expect(gathered(amounts, months, 'period')).toBe(amounts);
});

test('the plan is read in the base currency at the rate of each period’s first day', () => {
  const rates = [
    { from: 'USD', to: 'EUR', rate: '0.9', date: '2026-01-01', source: 'test' },
    { from: 'USD', to: 'EUR', rate: '0.8', date: '2026-02-01', source: 'test' },
  ];
  const lines = [
    {
      ...makeLine({ id: 'a', categoryId: 'host', currency: 'USD' }),
      formula: null,
      phases: { '2026-01': 1000, '2026-02': 1000 },
    },
    { ...makeLine({ id: 'b', categoryId: 'host' }), formula: null, phases: { '2026-02': 50 } },
    { ...makeLine({ id: 'c', nature: 'revenue' as const }), formula: null, phases: { '2026-01': 9 } },
    { ...makeLine({ id: 'd', currency: 'CHF' }), formula: null, phases: { '2026-01': 9 } },
  ];
  const reference = { calendar: months, baseCurrency: 'EUR', rates };
  const byCategory = plannedBy([{ fiscalYear: 2026, lines }], 'category', 'cost', reference).get('host');
  expect([byCategory?.get('2026-01'), byCategory?.get('2026-02')]).toEqual([900, 850]);
  const byLine = plannedBy([{ fiscalYear: 2026, lines }], 'line', 'cost', reference);
  expect([...byLine.keys()]).toEqual(['a', 'b', 'd']);
  // Nothing is made of a figure without a rate.
  expect(byLine.get('d')?.has('2026-01')).toBe(false);
  expect(byLine.get('d')?.get('2026-02')).toBe(0);
});

test('what is booked after the end of history is not learnt from; a line that stopped has zeros to the end', () => {
  const until = periodOf('2026-06');
  const reference = { calendar: months, baseCurrency: 'EUR' };
  const actual = new Map(
    periodsOfYear(months, 2026).flatMap(({ key }, at) => (at === 3 ? [] : [[key, at + 1] as const])),
  );
  const series = historyOf(actual, reference, { until, grain: 'period', isScheduled: false });
  expect(series.ok && [[...series.value.values], series.value.gaps]).toEqual([[1, 2, 3, 0, 5, 6], ['2026-04']]);
  const quarters = historyOf(actual, reference, { until, grain: 'quarter', isScheduled: false });
  expect(quarters.ok && [...quarters.value.values]).toEqual([6, 11]);
  const late = new Map([['2026-07', 1]]);
  expect(historyOf(late, reference, { until, grain: 'period', isScheduled: false })).toEqual({
    ok: false,
    error: { kind: 'no-points' },
  });
  const scheduled = historyOf(late, reference, { until, grain: 'period', isScheduled: true });
  expect(scheduled.ok && [...scheduled.value.values]).toEqual([0]);
});
