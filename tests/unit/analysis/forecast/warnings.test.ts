import { expect, test } from 'vitest';
import { explainForecast } from '#lib/analysis/forecast/explain.ts';
import type { Warning } from '#lib/analysis/forecast/warnings.ts';
import { quartersOf } from '#lib/analysis/series/series.ts';
import { forecastOf, makeSeries, monthAt, noisyMonths } from '#tests/support/make-series.ts';

const warned = (
  values: readonly (number | null)[],
  options: Parameters<typeof forecastOf>[1] = {},
): readonly Warning[] => forecastOf(makeSeries(values), options).warnings;

test('FC16: a history with nothing odd about it has no warning', () => {
  expect(warned(noisyMonths())).toEqual([]);
});

test('FC16: fewer than two seasons are said, with how many periods there are', () => {
  expect(warned(noisyMonths().slice(0, 23), { today: '2024-12-10' })).toContainEqual({
    kind: 'few-seasons',
    periods: 23,
    season: 12,
  });
  expect(warned(noisyMonths().slice(0, 24), { today: '2025-01-10' })).toEqual([]);
  expect(warned([5, 6], { today: '2023-03-10' })).toEqual([{ kind: 'too-short', periods: 2, needed: 4 }]);
});

test('FC16: a level that changed is said with its month and by how much', () => {
  const shifted = noisyMonths().map((value, t) => (t >= 24 ? value + 900_000 : value));
  const warning = warned(shifted).find(({ kind }) => kind === 'shifted');
  if (warning?.kind !== 'shifted') throw new Error('no warning');
  expect(warning.period).toBe(monthAt(24));
  expect(warning.by).toBeGreaterThan(500_000);
  expect(warning.by).toBeLessThan(1_200_000);
});

test('FC16: a figure far off is said, until somebody has decided on it', () => {
  const values = noisyMonths().map((value, t) => (t === 20 ? value + 3_000_000 : value));
  const said = { id: 'a', by: 'anna', at: '2026-01-10', reason: 'Right as it is', expires: null, period: monthAt(20) };
  const outliers = warned(values).find(({ kind }) => kind === 'outliers');
  if (outliers?.kind !== 'outliers') throw new Error('no warning');
  expect(outliers.figures).toHaveLength(1);
  expect(outliers.figures[0]).toMatchObject({ period: monthAt(20), booked: values[20] });
  expect(Math.abs(outliers.figures[0]!.expected - noisyMonths()[20]!)).toBeLessThan(150_000);
  const kept = warned(values, { adjustments: [{ ...said, kind: 'replace', amount: values[20]! }] });
  expect(kept.filter(({ kind }) => kind === 'outliers')).toEqual([]);
});

test('FC16: a series is stale when more whole periods have gone by than ever between two of its figures', () => {
  const until = noisyMonths();
  expect(warned(until, { today: '2026-03-31' })).toEqual([]);
  expect(warned(until, { today: '2026-04-01' })).toEqual([{ kind: 'stale', last: '2025-12', periods: 3, usual: 2 }]);
  expect(warned(until, { today: '2026-04-01', patience: 3 })).toEqual([]);
  // Zeros to the last closed month are no figures.
  const stopped = [...noisyMonths().slice(0, 30), null, null, null, null, null, null];
  expect(warned(stopped)).toContainEqual({ kind: 'stale', last: monthAt(29), periods: 6, usual: 2 });
  // Once a quarter: two months without a figure are usual, eleven are not.
  const quarterly = Array.from({ length: 36 }, (_, t) => (t % 6 === 5 ? 600_000 + 1000 * t : null));
  expect(warned(quarterly, { today: '2026-06-30' }).map(({ kind }) => kind)).not.toContain('stale');
  expect(warned(quarterly, { today: '2026-07-01' })).toContainEqual({
    kind: 'stale',
    last: '2025-12',
    periods: 6,
    usual: 5,
  });
  const quarters = quartersOf(makeSeries(noisyMonths()))!;
  expect(forecastOf(quarters, { today: '2026-09-30' }).warnings).toEqual([]);
  expect(forecastOf(quarters, { today: '2026-10-01' }).warnings).toEqual([
    { kind: 'stale', last: '2025-10', periods: 3, usual: 2 },
  ]);
});

test('FC16: a pinned method that cannot be fitted is said to be so', () => {
  expect(warned([1, 2, 4, 3], { pinned: 'ets', today: '2023-05-10' })).toContainEqual({
    kind: 'cannot-pin',
    method: 'ets',
  });
  expect(warned(noisyMonths(), { pinned: 'holt' })).toEqual([]);
});

test('FC16: every warning is a sentence with the figures it rests on', () => {
  const words = { amount: (minor: number) => `${minor}`, person: (id: string) => id, period: (key: string) => key };
  const sentences = (values: readonly (number | null)[], today: string): string =>
    explainForecast(forecastOf(makeSeries(values), { today }), words).join(' ');
  expect(sentences([5, 6], '2023-03-10')).toBe(
    'There are 2 periods of history and 4 are needed: the last figure goes on, without a range.',
  );
  const zeros = sentences([0, 0, 7, 0, 0, 8, 0, 0, 9], '2023-10-02');
  expect(zeros).toContain('9 periods of history: it takes 24, two full years');
  expect(zeros).toContain('6 of 9 periods are zero');
  expect(sentences(noisyMonths(), '2026-04-01')).toContain(
    'The last figure is that of 2025-12: 3 periods have gone by',
  );
});
