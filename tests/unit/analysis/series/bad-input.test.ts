/** What a person reads where figures make no series, or one that has to be read with care. */
import { expect, test } from 'vitest';
import { explainForecast } from '#lib/analysis/forecast/explain.ts';
import { explainSeries } from '#lib/analysis/series/explain.ts';
import { seriesOf, type Point } from '#lib/analysis/series/series.ts';
import { forecastOf, monthAt, monthsOfYear } from '#tests/support/make-series.ts';

const point = (period: string, amount: number, currency = 'EUR'): Point => ({ period, amount, currency });
const notAnAmount = 'The figure for 2026-01 is not an amount in whole minor units. Check where it comes from.';

test.each<[string, readonly Point[], string]>([
  ['no figure', [], 'Nothing has been booked here yet, so there is nothing to forecast from.'],
  ['NaN', [point('2026-01', NaN)], notAnAmount],
  ['plus infinity', [point('2026-01', Infinity)], notAnAmount],
  ['minus infinity', [point('2026-01', -Infinity)], notAnAmount],
  ['half a cent', [point('2026-01', 0.5)], notAnAmount],
  ['more than is exact', [point('2026-01', 2 ** 53)], notAnAmount],
  [
    'two figures for one period',
    [point('2026-01', 1), point('2026-02', 1), point('2026-01', 2)],
    'There are two figures for 2026-01. Add them up first: which one counts cannot be guessed.',
  ],
  [
    'mixed currencies',
    [point('2026-01', 1, 'USD'), point('2026-02', 1), point('2026-03', 1, 'CHF')],
    'The amounts are in CHF, EUR, USD. Amounts of several currencies are not added up: forecast in the base currency, or one currency at a time.',
  ],
  [
    'a month that is none',
    [point('2026-13', 1)],
    '“2026-13” is not a period of this calendar. Check where the figures come from.',
  ],
])('SE2: %s is refused in words', (_, points, sentence) => {
  const series = seriesOf(points, monthsOfYear);
  expect(series.ok ? 'no refusal' : explainSeries(series.error)).toBe(sentence);
});

test('SE4: after a missing year a forecast rests on what came since, and says so', () => {
  const months = Array.from({ length: 36 }, (_, at) => at).filter((at) => at < 6 || at >= 19);
  const series = seriesOf(months.map((at) => point(monthAt(at), 100_000 + 700 * (at % 5))), monthsOfYear); // prettier-ignore
  if (!series.ok) throw new Error(series.error.kind);
  const words = explainForecast(forecastOf(series.value), { amount: String, person: String, period: String });
  expect(words[0]).toMatch(/^There are 17 periods of history: it takes 24/);
  expect(words[1]).toBe('Nothing was booked for a year or more before 2024-08: what is older is not looked at.');
});
