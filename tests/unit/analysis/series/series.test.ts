import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainSeries } from '#lib/analysis/series/explain.ts';
import { quartersOf, seriesOf, type Point, type Series } from '#lib/analysis/series/series.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';

const calendar: FiscalCalendar = { pattern: 'months', startMonth: 4, namedBy: 'start' };
const point = (period: string, amount: number, currency = 'EUR'): Point => ({ period, amount, currency });
const made = (points: readonly Point[], until: string | null = null): Series => {
  const series = seriesOf(points, calendar, until);
  if (!series.ok) throw new Error(explainSeries(series.error));
  return series.value;
};

test('SE1, SE3: points in any order become one figure for each month, and a month without one is a zero that is named', () => {
  const series = made([point('2026-03', 300), point('2025-12', 100), point('2026-02', -50)]);
  expect(series.periods.map(({ key }) => key)).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
  expect([...series.values]).toEqual([100, 0, -50, 300]);
  expect(series).toMatchObject({ currency: 'EUR', season: 12, gaps: ['2026-01'], begunAfterGap: null });
});

test.each([
  [[], 'no-points', 'nothing to forecast from'],
  [[point('2026-01', 1), point('2026-02', 1, 'USD')], 'mixed-currencies', 'EUR, USD'],
  [[point('2026-13', 1)], 'unknown-period', '2026-13'],
  [[point('2026-01', 1), point('2026-01', 2)], 'duplicate-period', 'two figures for 2026-01'],
  [[point('2026-01', NaN)], 'not-an-amount', '2026-01'],
  [[point('2026-01', Infinity)], 'not-an-amount', '2026-01'],
  [[point('2026-01', 1e17)], 'not-an-amount', '2026-01'],
  [[point('2026-01', 0.5)], 'not-an-amount', '2026-01'],
] as const)('SE2: %j is refused as %s', (points, kind, words) => {
  const series = seriesOf(points, calendar);
  expect(series).toMatchObject({ ok: false, error: { kind } });
  if (!series.ok) expect(explainSeries(series.error)).toContain(words);
});

test('SE4: a year without a point is not a year of zeros, and a line that stopped keeps its history', () => {
  const series = made([point('2023-01', 100), point('2024-02', 200), point('2024-03', 300)], '2024-05');
  expect([...series.values]).toEqual([200, 300, 0, 0]);
  expect(series.begunAfterGap).toBe('2024-02');
  // Eleven months are a gap, not a missing year.
  expect(made([point('2023-01', 100), point('2024-01', 200)]).values).toHaveLength(13);
  const stopped = made([point('2023-01', 100), point('2023-02', 100)], '2025-02');
  expect(stopped.values).toHaveLength(26);
  expect(stopped.begunAfterGap).toBeNull();
});

test('SE5: points behind the last closed period are not history', () => {
  expect([...made([point('2026-01', 1), point('2026-02', 2)], '2026-01').values]).toEqual([1]);
  expect(seriesOf([point('2026-02', 2)], calendar, '2026-01')).toMatchObject({
    ok: false,
    error: { kind: 'no-points' },
  });
});

test('SE6: quarters are whole and add up to their months', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 6, maxLength: 40 }), (amounts) => {
      const key = (at: number): string =>
        `${String(2020 + Math.floor((at + 1) / 12))}-${String(((at + 1) % 12) + 1).padStart(2, '0')}`;
      const series = made(amounts.map((amount, at) => point(key(at), amount)));
      const quarters = quartersOf(series)!;
      // From February 2020: the first quarter of a year from April begins two months later.
      expect(quarters.periods[0]).toMatchObject({ key: '2020-04', number: 1, end: '2020-06-30' });
      const months = amounts.slice(2, 2 + 3 * quarters.values.length);
      const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
      expect(sum(quarters.values)).toBe(sum(months));
      expect(quarters.season).toBe(4);
    }),
    { numRuns: 40 },
  );
});

test('SE6: thirteen periods have no quarters', () => {
  const weeks: FiscalCalendar = { pattern: '13x4', endMonth: 12, endWeekday: 6, endRule: 'last', namedBy: 'end' };
  const series = seriesOf([point('2026P01', 5), point('2026P13', 7)], weeks);
  expect(series).toMatchObject({ ok: true, value: { season: 13 } });
  if (series.ok) expect(quartersOf(series.value)).toBeNull();
});
