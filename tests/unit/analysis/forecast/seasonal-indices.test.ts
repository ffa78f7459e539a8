import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrunkSeasonalIndices, withoutSeason, withSeason } from '#lib/analysis/forecast/seasonal-indices.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

const shape = [1.2, 0.9, 0.8, 1.1];

test('FC5: a season without noise is found whole, on a level and on growth', () => {
  const level = Float64Array.from({ length: 10 }, (_, t) => 200 * shape[t % 4]!);
  const growth = Float64Array.from({ length: 12 }, (_, t) => 200 * 1.1 ** t * shape[t % 4]!);
  for (const history of [level, growth]) {
    const found = shrunkSeasonalIndices(history, 4)!;
    expect(found.kind).toBe('multiplicative');
    const middle = Math.exp(shape.reduce((sum, each) => sum + Math.log(each), 0) / 4);
    found.indices.forEach((index, at) => expect(index).toBeCloseTo(shape[at]! / middle, 6));
  }
});

test('FC5: with zeros or credits the season is a sum, and adds up to zero', () => {
  const history = Float64Array.from({ length: 16 }, (_, t) => [30, -10, 0, 20][t % 4]! + t);
  const found = shrunkSeasonalIndices(history, 4)!;
  expect(found.kind).toBe('additive');
  expect(found.indices.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 9);
  [20, -20, -10, 10].forEach((effect, at) => expect(found.indices[at]).toBeCloseTo(effect, 6));
});

test('FC5: noise alone is shrunk away almost wholly, and the noisier the more', () => {
  const numbers = numbersFrom(3);
  const noise = Float64Array.from({ length: 120 }, () => 100 + 40 * (numbers() - 0.5));
  const found = shrunkSeasonalIndices(noise, 12);
  const largest = Math.max(0, ...(found?.indices ?? [1]).map((index) => Math.abs(index - 1)));
  expect(largest).toBeLessThan(0.04);
});

test('FC5: fewer than two seasons have no indices', () => {
  expect(
    shrunkSeasonalIndices(
      Float64Array.from({ length: 23 }, (_, t) => t + 1),
      12,
    ),
  ).toBeNull();
  expect(shrunkSeasonalIndices(Float64Array.from([1, 2, 3, 4]), 1)).toBeNull();
});

test('FC5: what is taken out is put back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 24, maxLength: 60 }), (values) => {
      const history = Float64Array.from(values);
      const indices = shrunkSeasonalIndices(history, 12);
      if (indices === null) return;
      withSeason([...withoutSeason(history, indices)], indices, 0).forEach((value, t) =>
        expect(value).toBeCloseTo(values[t]!, 3),
      );
    }),
  );
});
