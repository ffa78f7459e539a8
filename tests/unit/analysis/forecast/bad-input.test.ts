/** Histories that nothing sound can be made of: each has an answer in words, and no figure that is none. */
import { expect, test } from 'vitest';
import { explainForecast, explainForecastFault } from '#lib/analysis/forecast/explain.ts';
import { forecast, type Forecast, type ForecastOptions } from '#lib/analysis/forecast/forecast.ts';
import { METHODS, type MethodName } from '#lib/analysis/forecast/methods.ts';
import { forecastOf, makeSeries, monthsOfYear, noisyMonths } from '#tests/support/make-series.ts';

const repeated = (value: number, count = 36): number[] => new Array<number>(count).fill(value);
const constant = 'Every figure so far is the same, so nothing can be said of how far off the next one may be.';
const short = (periods: string) =>
  `There are ${periods} of history and 4 are needed: the last figure goes on, without a range.`;

const histories: Readonly<Record<string, readonly (number | null)[]>> = {
  'one point': [120_000],
  'two points': [120_000, 130_000],
  constant: repeated(120_000),
  'all zero': repeated(0),
  negative: noisyMonths().map((value) => -value),
  'of both signs': noisyMonths().map((value, at) => (at % 2 === 0 ? value : -value)),
  '10^15': noisyMonths().map((value) => 1e15 + value),
  'one figure of 10^15': [...noisyMonths().slice(0, 30), 1e15, ...noisyMonths().slice(31)],
  'as large as is exact': repeated(Number.MAX_SAFE_INTEGER, 24),
  'a missing half year': noisyMonths().map((value, at) => (at >= 12 && at < 18 ? null : value)),
  'one figure among zeros': [...repeated(0, 20), 5_000, ...repeated(0, 15)],
};

test.each<[string, readonly string[]]>([
  ['one point', [short('1 period')]],
  ['two points', [short('2 periods')]],
  ['constant', [constant]],
  ['all zero', [constant]],
  ['negative', []],
  ['10^15', []],
  [
    'one figure among zeros',
    ['35 of 36 periods are zero: what is forecast is the average of what comes now and then.'],
  ],
])('FC16: a history of %s says what it is worth', (name, sentences) => {
  const made = made12(name, { today: name.endsWith('point') || name.endsWith('points') ? '2023-03-20' : '2026-01-20' });
  expect(wordsOf(made)).toEqual(sentences);
});

test('FC16: one figure of 10^15 is said to be far from what was to be expected', () => {
  expect(wordsOf(made12('one figure of 10^15')).join(' ')).toMatch(
    /^Far from .*2025-07 with 1000000000000000 in place of about \d{6,7}\.$/,
  );
});

test.each(Object.keys(histories))('FC1: whatever is asked of a history of %s, no figure is none', (name) => {
  for (const pinned of [undefined, ...(Object.keys(METHODS) as MethodName[])]) {
    const made = made12(name, pinned === undefined ? {} : { pinned });
    const figures = [
      ...made.mean,
      ...made.calculated,
      ...made.intervals.flatMap(({ lower, upper }) => [...lower, ...upper]),
      ...made.candidates.flatMap(({ mean }) => mean),
    ];
    expect(figures.filter((figure) => !Number.isFinite(figure))).toEqual([]);
    expect(wordsOf(made).join(' ')).not.toMatch(/NaN|Infinity|undefined/);
  }
});

const event = { id: 'e', reason: 'contract', by: 'ana', at: '2026-01-02T00:00:00Z', expires: null, period: '2026-03' };

test.each<[string, Partial<ForecastOptions>, string]>([
  ['no period ahead', { horizon: 0 }, 'A forecast looks 1 to 600 periods ahead.'],
  ['NaN periods ahead', { horizon: NaN }, 'A forecast looks 1 to 600 periods ahead.'],
  [
    'an override of NaN',
    { overrides: [{ ...event, amount: NaN }] },
    'The amount is not a whole number of minor units, or too large to be exact.',
  ],
  [
    'an override without a reason',
    { overrides: [{ ...event, amount: 1, reason: ' ' }] },
    'Write down the reason: a figure is changed only with one.',
  ],
  [
    'a known amount in another currency',
    { known: [{ id: 'k', kind: 'one-off', label: 'x', effect: { kind: 'amounts', currency: 'USD', byPeriod: {} } }] },
    'It is in USD and the line is in EUR. Convert it first: amounts of several currencies are not added up.',
  ],
])('FC15: %s is refused in words', (_, options, sentence) => {
  const made = forecast(makeSeries(noisyMonths()), {
    horizon: 12,
    calendar: monthsOfYear,
    today: '2026-01-20',
    ...options,
  });
  expect(made.ok ? 'no refusal' : explainForecastFault(made.error)).toBe(sentence);
});

function made12(name: string, options: Partial<ForecastOptions> = {}): Forecast {
  return forecastOf(makeSeries(histories[name]!), options);
}

function wordsOf(made: Forecast): string[] {
  return explainForecast(made, { amount: (minor) => String(Math.round(minor)), person: String, period: String });
}
