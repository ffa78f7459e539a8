import { expect, test } from 'vitest';
import { dropJudgement, judge, pinMethod } from '#lib/app/forecasting/judgement-acts.ts';
import { judgedOptions, NO_JUDGEMENTS, readJudgements, type LineJudgements } from '#lib/app/forecasting/judgements.ts';
import { forecast } from '#lib/analysis/forecast/forecast.ts';
import { calendarPeriods } from '#lib/analysis/known-events/event.ts';
import { seriesOf } from '#lib/analysis/series/series.ts';
import { explainForecastFault } from '#lib/analysis/forecast/explain.ts';
import { openAnalysis } from '#lib/documents/documents.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { makeDepartment } from '#tests/support/make-department.ts';
import { WritingForTest } from './writing-for-test.ts';

const calendar: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'end' };
const reference = { calendar, departments: [makeDepartment('root'), makeDepartment('ops', { area: true })] };
const line = { id: 'cloud', departmentId: 'ops' };
const DOCUMENT = 'analysis/2027/ops';

async function judgementsOf(writing: WritingForTest): Promise<LineJudgements> {
  return (await readJudgements(writing.reader)).get('cloud') ?? NO_JUDGEMENTS;
}

const rent = {
  label: 'Rent',
  amount: 250_000,
  currency: 'EUR',
  first: '2027-01-31',
  every: { count: 3, unit: 'month' },
  last: null,
} as const;
const because = { reason: 'agreed with Dell', expires: null };

test('what is said of a line stands in its area’s document of the year, with who and when, and its undo takes it back', async () => {
  const writing = new WritingForTest();
  const acts = [
    await judge(writing, reference, line, { collection: 'recurring', said: rent }),
    await judge(writing, reference, line, {
      collection: 'lineChanges',
      said: { label: 'Index', on: '2027-06-01', kind: 'price-step', amount: null, factor: 1.04, currency: null },
    }),
    await judge(writing, reference, line, {
      collection: 'adjustments',
      said: { ...because, period: '2027-01', kind: 'exclude', amount: null },
    }),
    await judge(writing, reference, line, {
      collection: 'overrides',
      said: { ...because, period: '2027-05', amount: 9 },
    }),
  ];
  expect([...writing.docs.keys()]).toEqual([DOCUMENT]);
  const made = await judgementsOf(writing);
  expect(made).toMatchObject({
    recurring: [{ ...rent, lineId: 'cloud', document: DOCUMENT }],
    lineChanges: [{ factor: 1.04 }],
    adjustments: [{ by: 'ann', at: '2027-04-03T09:00:00.000Z', kind: 'exclude' }],
    overrides: [{ by: 'ann', period: '2027-05', amount: 9 }],
    method: null,
  });
  for (const act of acts) expect(act.kind === 'done' && (await act.undo?.())?.kind).toBe('done');
  expect(await judgementsOf(writing)).toEqual(NO_JUDGEMENTS);
});

test('what is taken away can be brought back', async () => {
  const writing = new WritingForTest();
  await judge(writing, reference, line, { collection: 'recurring', said: rent });
  const [entry] = (await judgementsOf(writing)).recurring;
  const dropped = await dropJudgement(writing, 'recurring', entry ?? { id: '', document: '' });
  expect((await judgementsOf(writing)).recurring).toEqual([]);
  if (dropped.kind === 'done') await dropped.undo?.();
  expect((await judgementsOf(writing)).recurring).toEqual([entry]);
});

test('a method is pinned, unpinned and put back; what was written in the latest year holds', async () => {
  const writing = new WritingForTest();
  await writing.edit('analysis/2026/ops', (doc) => openAnalysis(doc).methods.insert({ id: 'cloud', method: 'theta' }));
  expect((await judgementsOf(writing)).method).toBe('theta');
  const unpinned = await pinMethod(writing, reference, line, { method: null, before: 'theta' });
  expect((await judgementsOf(writing)).method).toBeNull();
  if (unpinned.kind === 'done') await unpinned.undo?.();
  expect((await judgementsOf(writing)).method).toBe('theta');
  await pinMethod(writing, reference, line, { method: 'ets', before: 'theta' });
  expect((await judgementsOf(writing)).method).toBe('ets');
});

test('a method that only a newer app knows is none', async () => {
  const writing = new WritingForTest();
  await writing.edit(DOCUMENT, (doc) => openAnalysis(doc).methods.insert({ id: 'cloud', method: 'crystal-ball' }));
  expect((await judgementsOf(writing)).method).toBeNull();
});

test('who may not write the area’s document is told so, and nothing is written', async () => {
  const writing = new WritingForTest();
  writing.readOnly.add(DOCUMENT);
  const told = await judge(writing, reference, line, { collection: 'recurring', said: rent });
  expect(told).toEqual({ kind: 'not-done', text: 'Not yours to change.' });
  expect(writing.docs.size).toBe(0);
});

function forecastWith(judgements: LineJudgements) {
  const points = ['2027-01', '2027-02', '2027-03'].map((period) => ({ period, amount: 1000, currency: 'EUR' }));
  const series = seriesOf(points, calendar, '2027-03');
  if (!series.ok) throw new Error('points make a series');
  const options = judgedOptions(judgements, calendarPeriods(calendar, '2027-01-01', '2027-06-30'));
  if (!options.ok) return options;
  return forecast(series.value, { calendar, today: '2027-04-03', horizon: 3, ...options.value });
}

test('the engine schedules what is known and puts overrides in place of what it calculated', async () => {
  const writing = new WritingForTest();
  await judge(writing, reference, line, {
    collection: 'lineChanges',
    said: { label: 'Audit', on: '2027-05-10', kind: 'one-off', amount: 700, factor: null, currency: 'EUR' },
  });
  await judge(writing, reference, line, {
    collection: 'overrides',
    said: { ...because, period: '2027-06', amount: 50 },
  });
  await judge(writing, reference, line, {
    collection: 'lineChanges',
    said: { label: 'More', on: '2027-04-01', kind: 'price-step', amount: null, factor: 1.1, currency: null },
  });
  const made = forecastWith(await judgementsOf(writing));
  expect(made.ok && made.value.mean.map(Math.round)).toEqual([1100, 1800, 50]);
});

test.each([
  [
    'a one-off without an amount',
    { kind: 'one-off', amount: null, factor: null, currency: 'EUR' },
    'not a whole number',
  ],
  [
    'a price step without any figure',
    { kind: 'price-step', amount: null, factor: null, currency: null },
    'factor above',
  ],
  ['another currency', { kind: 'start', amount: 5, factor: null, currency: 'USD' }, 'It is in USD'],
] as const)('%s is refused in words', (_, change, words) => {
  const record = { ...change, id: 'c', lineId: 'cloud', label: '', on: '2027-05-01', document: DOCUMENT };
  const made = forecastWith({ ...NO_JUDGEMENTS, lineChanges: [record] });
  expect(made.ok ? '' : explainForecastFault(made.error)).toContain(words);
});

test('a replacement without a figure is refused in words', () => {
  const judged = { ...because, id: 'a', lineId: 'cloud', period: '2027-01', by: 'ann', at: '', document: DOCUMENT };
  const made = forecastWith({ ...NO_JUDGEMENTS, adjustments: [{ ...judged, kind: 'replace', amount: null }] });
  expect(made.ok ? '' : explainForecastFault(made.error)).toContain('not a whole number');
});
