import { expect, test } from 'vitest';
import { meanAbsoluteError } from '#lib/analysis/forecast/accuracy.ts';
import { workingDayEffect } from '#lib/analysis/forecast/working-days.ts';
import { calendarPeriods } from '#lib/analysis/known-events/event.ts';
import { workingDays } from '#lib/domain/fiscal/working-days.ts';
import { forecastOf, makeSeries, monthsOfYear } from '#tests/support/make-series.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

const months = calendarPeriods(monthsOfYear, '2023-01-01', '2027-12-31');
const holidays = ['2024-05-01', '2025-05-01', '2026-05-01'];
const days = months.map((period) => workingDays(period, new Set(holidays)));
const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

/** Five years around 10,000.00 with a season, growth and `noise`, times the working days where `byDays`. */
function line(seed: number, { byDays, noise }: { byDays: boolean; noise: number }): number[] {
  const numbers = numbersFrom(seed);
  return days.map((count, t) => {
    const even = 1_000_000 * (1 + 0.1 * Math.sin((t * Math.PI) / 6) + 0.004 * t + noise * (numbers() - 0.5));
    return Math.round(byDays ? (even * count) / 21 : even);
  });
}

/** Mean absolute error of a year's forecast made from four years, with working days looked at and without. */
function errors(values: readonly number[]): { looked: number; plain: number; found: boolean } {
  const series = makeSeries(values.slice(0, 48));
  const options = { today: '2027-01-15' };
  const actual = values.slice(48);
  const looked = forecastOf(series, { ...options, workingDays: { holidays } });
  return {
    looked: meanAbsoluteError(looked.mean, actual),
    plain: meanAbsoluteError(forecastOf(series, options).mean, actual),
    found: looked.workingDays !== null,
  };
}

test('FC19: twenty-one days cost a million, twenty-two a twenty-first more', () => {
  const even = Float64Array.from(days, (count) => (1_000_000 * count) / 21);
  const effect = workingDayEffect(even, days, 12, 60);
  expect(effect?.elasticity).toBeCloseTo(1, 9);
  // January 2024 has 23 working days, February 2024 21.
  expect(effect!.factors[12]! / effect!.factors[13]!).toBeCloseTo(23 / 21, 9);
});

test('FC19: a line made of working days is forecast better with them', () => {
  const judged = seeds.map((seed) => errors(line(seed, { byDays: true, noise: 0.06 })));
  const total = (of: 'looked' | 'plain'): number => judged.reduce((sum, each) => sum + each[of], 0);
  expect(judged.filter(({ found }) => found).length).toBeGreaterThan(35);
  expect(total('looked') / total('plain')).toBeLessThan(0.75);
});

test('FC19: any other line is not forecast worse for having been looked at', () => {
  const judged = seeds.map((seed) => errors(line(seed, { byDays: false, noise: 0.2 })));
  const total = (of: 'looked' | 'plain'): number => judged.reduce((sum, each) => sum + each[of], 0);
  expect(judged.filter(({ found }) => found).length).toBeLessThan(3);
  expect(total('looked') / total('plain')).toBeLessThan(1.01);
});

test('FC19: it is looked for only when asked, where figures are above zero and there is enough to see it', () => {
  const values = line(1, { byDays: true, noise: 0.02 });
  expect(forecastOf(makeSeries(values.slice(0, 48)), { today: '2027-01-15' }).workingDays).toBeNull();
  const asked = { today: '2027-01-15', workingDays: { holidays } };
  expect(forecastOf(makeSeries(values.slice(0, 48)), asked).workingDays?.elasticity).toBeGreaterThan(0.8);
  expect(forecastOf(makeSeries(values.slice(0, 20)), asked).workingDays).toBeNull();
  expect(forecastOf(makeSeries(values.slice(0, 48).with(7, -5)), asked).workingDays).toBeNull();
});

test('FC7: what is held back for the test is not seen by the estimate either', () => {
  const values = line(2, { byDays: true, noise: 0.02 }).slice(0, 48);
  const other = values.map((value, t) => (t < 36 ? value : value * (t % 2 === 0 ? 3 : 1)));
  const asked = { today: '2027-01-15', workingDays: { holidays } };
  const elasticity = (of: readonly number[]): number | undefined =>
    forecastOf(makeSeries(of), asked).workingDays?.elasticity;
  expect(elasticity(other)).toBe(elasticity(values));
});

test('FC14: base, season, working days and overrides add up to the mean', () => {
  const series = makeSeries(line(3, { byDays: true, noise: 0.04 }).slice(0, 48));
  const { components, mean } = forecastOf(series, { today: '2027-01-15', workingDays: { holidays } });
  expect(Math.max(...components.workingDays.map(Math.abs))).toBeGreaterThan(20_000);
  mean.forEach((value, step) => {
    const { base, season, workingDays: byDays, known } = components;
    expect(base[step]! + season[step]! + byDays[step]! + known[step]!).toBeCloseTo(value, 4);
  });
  // Level and trend alone run smoothly.
  const steps = components.base.slice(1).map((value, step) => Math.abs(value / components.base[step]! - 1));
  expect(Math.max(...steps)).toBeLessThan(0.02);
});
