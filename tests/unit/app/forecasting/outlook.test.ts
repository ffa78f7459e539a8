import { expect, test } from 'vitest';
import type { Forecasted } from '#lib/app/forecasting/ask-forecasts.ts';
import { NO_JUDGEMENTS } from '#lib/app/forecasting/judgements.ts';
import { fanOf, isWorseThanNaive, outlookOf, standingsOf, wapeOf } from '#lib/app/forecasting/outlook.ts';
import { changeText, cutLabel, judgementText, recurringText, warningsOf, whyNone } from '#lib/app/forecasting/words.ts';
import { periodByKey, periodsOfYear, type Period } from '#lib/domain/fiscal/period.ts';
import { forecastOf, makeSeries, monthsOfYear, noisyMonths } from '#tests/support/make-series.ts';

const calendar = monthsOfYear;
const asked = { fiscalYear: 2026, by: 'line', grain: 'period' } as const;
const until = periodByKey(calendar, '2026-03') as Period;
const year = periodsOfYear(calendar, 2026);
const planned = new Map(year.map(({ key }) => [key, 100]));
const made = forecastOf(makeSeries(noisyMonths()));

function row(fields: Partial<Forecasted>): Forecasted {
  return {
    id: 'a',
    name: 'Hosting',
    nature: 'cost',
    line: null,
    actual: new Map([
      ['2026-01', 90],
      ['2026-02', 110],
      ['2026-03', 130],
      ['2026-04', 7],
    ]),
    planned,
    series: null,
    made,
    judged: NO_JUDGEMENTS,
    fault: null,
    expected: new Map(year.slice(3).map(({ key }) => [key, 120])),
    ...fields,
  };
}

test('at completion a year comes to its actual figures and what is expected of the rest', () => {
  expect(outlookOf(row({}), { asked, until }, calendar)).toEqual({
    planned: 1200,
    actual: 330,
    atCompletion: 330 + 9 * 120,
    rest: 'forecast',
  });
  // Without a forecast the plan stands in, and says so.
  expect(outlookOf(row({ made: null, expected: new Map() }), { asked, until }, calendar)).toMatchObject({
    atCompletion: 330 + 9 * 100,
    rest: 'plan',
  });
});

test('the method in use stands among its rivals, the one that erred least first', () => {
  const standings = standingsOf(made);
  expect(standings.filter(({ isChosen }) => isChosen).map(({ method }) => method)).toEqual(['combination']);
  const errors = standings.map(({ error }) => error ?? Infinity);
  expect(errors).toEqual(errors.toSorted((a, b) => a - b));
  const [best] = standings;
  expect(best?.wape).toBeCloseTo((best?.error ?? NaN) / (made.backtest?.size ?? NaN), 12);
  expect(best?.mase).toBeCloseTo((best?.error ?? NaN) / (made.backtest?.scale ?? NaN), 12);
  expect(wapeOf(made)).toBe(standings.find(({ isChosen }) => isChosen)?.wape);
  expect(wapeOf(null)).toBeNull();
});

test('a method that erred more than the year before is called so', () => {
  const standings = standingsOf(made);
  const naive = standings.find(({ method }) => method === 'seasonal-naive')?.error ?? NaN;
  const used = standings.find(({ isChosen }) => isChosen)?.error ?? NaN;
  expect(isWorseThanNaive(standings)).toBe(used > naive);
  const turned = standings.map((each) => (each.isChosen ? { ...each, error: naive + 1 } : each));
  expect(isWorseThanNaive(turned)).toBe(true);
  // What could not be tested is called neither.
  expect(isWorseThanNaive(standings.map((each) => ({ ...each, error: null })))).toBe(false);
});

test('a fan has the history, the periods ahead, and ranges that hold what is expected', () => {
  const series = makeSeries(noisyMonths());
  const actual = new Map([
    ...series.periods.map(({ key }, at) => [key, series.values[at] ?? 0] as const),
    ['2026-01', 5],
  ]);
  const expected = new Map(made.periods.map(({ key }, at) => [key, Math.round(made.mean[at] ?? 0) + 1] as const));
  const fan = fanOf(row({ series, actual, expected }), { ahead: made.periods });
  expect(fan.length).toBe(48);
  expect(fan.slice(0, 36).every(({ expected: none, ranges }) => none === null && ranges.length === 0)).toBe(true);
  expect(fan[36]).toMatchObject({ actual: 5, isOpen: true, planned: 100 });
  for (const { expected: value, ranges } of fan.slice(36)) {
    expect(ranges.map(({ level }) => level)).toEqual([50, 80, 95]);
    for (const { lower, upper } of ranges) {
      expect(Number.isInteger(lower) && Number.isInteger(upper)).toBe(true);
      expect(lower).toBeLessThanOrEqual(value ?? NaN);
      expect(upper).toBeGreaterThanOrEqual(value ?? NaN);
    }
  }
});

test('what cannot be forecast says why, and quarters have names of their own', () => {
  expect(whyNone({ fault: null })).toBeNull();
  expect(whyNone({ fault: { kind: 'no-points' } })).toContain('Nothing has been booked');
  expect(whyNone({ fault: { kind: 'not-an-amount', period: '2026-01' } })).toContain('2026-01');
  expect(whyNone({ fault: { kind: 'reason-missing', id: 'o' } })).toContain('reason');
  const quarter = { ...(year[3] as Period), number: 2 };
  expect(cutLabel(quarter, { calendar, locale: 'en' }, 'quarter')).toBe('Q2 FY26');
  expect(cutLabel(year[3] as Period, { calendar, locale: 'en' }, 'period')).toBe('Apr 26');
});

const words = {
  amount: (minor: number) => `EUR ${(minor / 100).toFixed(2)}`,
  person: (id: string) => id,
  period: (key: string) => key,
};

test('what is known is said in a sentence', () => {
  const entry = { id: 'r', lineId: 'a', label: 'Support', amount: 120_000, currency: 'EUR', first: '2026-01-15' };
  const every = { count: 3, unit: 'month' } as const;
  expect(recurringText({ ...entry, every, last: null }, words)).toBe(
    'Support: EUR 1200.00 every 3 months from 2026-01-15.',
  );
  expect(recurringText({ ...entry, every: { count: 1, unit: 'week' }, last: '2026-06-30' }, words)).toBe(
    'Support: EUR 1200.00 every week from 2026-01-15 until 2026-06-30.',
  );
  const change = {
    id: 'c',
    lineId: 'a',
    label: 'Renewal',
    on: '2026-07-01',
    amount: null,
    factor: null,
    currency: null,
  };
  expect(changeText({ ...change, kind: 'price-step', factor: 1.04 }, words)).toBe(
    'Renewal: everything costs 4 % more from 2026-07-01 on.',
  );
  expect(changeText({ ...change, kind: 'price-step', factor: 0.975 }, words)).toContain('2.5 % less');
  expect(changeText({ ...change, kind: 'end' }, words)).toBe('Renewal: the line ends with 2026-07-01.');
  expect(changeText({ ...change, kind: 'one-off', amount: 500 }, words)).toBe('Renewal: EUR 5.00 once, on 2026-07-01.');
});

test('decisions are said apart from warnings, each with who and why', () => {
  const decided = { id: 'o', by: 'ann', at: '2026-01-20T09:00:00.000Z', reason: 'quote in hand', expires: null };
  const judged = forecastOf(makeSeries(noisyMonths()), {
    overrides: [{ ...decided, period: '2026-02', amount: 500 }],
    adjustments: [{ ...decided, id: 'x', period: '2025-12', kind: 'exclude' }],
  });
  expect(judgementText(judged, 'o', words)).toMatch(
    /^For 2026-02, EUR 5\.00 is expected in place of .* \(ann, .*quote in hand/,
  );
  expect(judgementText(judged, 'x', words)).toMatch(/^The figure of 2025-12.*is left out/);
  expect(judgementText(judged, 'nobody', words)).toBe('');
  expect(warningsOf(judged, words).join(' ')).not.toContain('quote in hand');
});
