import { expect, test } from 'vitest';
import { levelShiftIn, outliersIn } from '#lib/analysis/series/disturbances.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

/** Four years of months with a season and noise of about 30 around 1,000. */
function seasonal(seed: number): Float64Array {
  const numbers = numbersFrom(seed);
  const noise = (): number => Array.from({ length: 12 }, numbers).reduce((sum, each) => sum + each, -6);
  return Float64Array.from({ length: 48 }, (_, t) => 1000 + 100 * Math.sin((t * Math.PI) / 6) + 30 * noise());
}
const seeds = Array.from({ length: 60 }, (_, seed) => seed);

test('SE7: a figure far off is marked with what was to be expected, and the history stays as it is', () => {
  for (const seed of seeds) {
    const at = seed % 48;
    const history = seasonal(seed).map((value, t) => (t === at ? value + 400 : value));
    const before = Float64Array.from(history);
    const found = outliersIn(history, 12).find((outlier) => outlier.at === at);
    expect(found).toBeDefined();
    // Nearer to what it was than to what was put in its place.
    expect(Math.abs(found!.expected - (history[at]! - 400))).toBeLessThan(200);
    expect(history).toEqual(before);
  }
});

test('SE7: noise alone has hardly any outliers, and no shift; nor has steady growth', () => {
  const marked = seeds.map((seed) => outliersIn(seasonal(seed), 12).length);
  expect(marked.reduce((sum, count) => sum + count, 0)).toBeLessThan(seeds.length / 4);
  for (const seed of seeds) {
    expect(levelShiftIn(seasonal(seed), 12)).toBeNull();
    expect(levelShiftIn(seasonal(seed).map((value, t) => value + 15 * t), 12)).toBeNull(); // prettier-ignore
  }
});

test('SE7: a level that changed for good is found where it did', () => {
  for (const seed of seeds) {
    const at = 12 + (seed % 24);
    const found = levelShiftIn(seasonal(seed).map((value, t) => (t >= at ? value + 300 : value)), 12); // prettier-ignore
    expect(Math.abs(found!.at - at)).toBeLessThanOrEqual(1);
    expect(found!.by).toBeGreaterThan(200);
    expect(found!.by).toBeLessThan(400);
  }
});

test('SE7: short histories, and those that never vary, have neither', () => {
  for (const history of [[], [5], [1, 900], new Array<number>(40).fill(7), new Array<number>(40).fill(0)]) {
    expect(outliersIn(Float64Array.from(history), 12)).toEqual([]);
    expect(levelShiftIn(Float64Array.from(history), 12)).toBeNull();
  }
});
