import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanAbsoluteError, seasonalDifference } from '#lib/analysis/forecast/accuracy.ts';
import { backtest } from '#lib/analysis/forecast/backtest.ts';
import { combined, MEMBERS, weightsFrom } from '#lib/analysis/forecast/combination.ts';
import { forecastHistory } from '#lib/analysis/forecast/history-forecast.ts';
import { croston, isIntermittent, teunter } from '#lib/analysis/forecast/intermittent.ts';
import { normalQuantile, reachFrom, withReach } from '#lib/analysis/forecast/intervals.ts';
import { METHODS, type MethodName } from '#lib/analysis/forecast/methods.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

const yearly = { horizon: 12, season: 12 };
const noisy = (length: number, seed = 1): Float64Array => {
  const numbers = numbersFrom(seed);
  return Float64Array.from({ length }, (_, t) => 1000 + 5 * t + 200 * Math.sin((t * Math.PI) / 6) + 80 * numbers());
};
const anyHistory = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 45 }),
  fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 45 }),
  fc.array(fc.constantFrom(0, 0, 0, 0, 250, 1e15), { maxLength: 45 }),
);

test('FC1: the same question has the same answer', () => {
  expect(forecastHistory(noisy(60), yearly)).toEqual(forecastHistory(noisy(60), yearly));
});

test('FC6: weights are one over the errors, equal without them, and add up to one', () => {
  const names: MethodName[] = ['theta', 'ets'];
  const weights = weightsFrom(names, new Map([['theta', 10], ['ets', 30]] as const)); // prettier-ignore
  expect([...weights.values()].map((weight) => weight.toFixed(4))).toEqual(['0.7500', '0.2500']);
  expect([...weightsFrom(names, new Map()).values()]).toEqual([0.5, 0.5]);
  const means = new Map([['theta', { mean: [100, 200] }], ['ets', { mean: [200, 400] }]] as const); // prettier-ignore
  expect(combined(means, weights, 2)).toEqual([125, 250]);
  // A method too short of history takes no part, and the others have its weight.
  expect(combined(new Map([['ets', { mean: [200, 400] }]]), weights, 2)).toEqual([200, 400]);
});

test('FC6: the mean is the weighted mean of the members, and rivals have no weight', () => {
  const { mean, candidates, method } = forecastHistory(noisy(60), yearly);
  expect(method).toBe('combination');
  const members = candidates.filter(({ weight }) => weight > 0);
  expect(members.map((each) => each.method).sort()).toEqual([...MEMBERS].sort());
  expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  const summed = mean.map((_, step) => members.reduce((sum, each) => sum + each.weight * each.mean[step]!, 0));
  summed.forEach((value, step) => expect(value).toBeCloseTo(mean[step]!, 6));
});

test('FC6: a method that a person pins is the forecast', () => {
  const pinned = forecastHistory(noisy(60), { ...yearly, pinned: 'holt' });
  expect(pinned.method).toBe('holt');
  expect(pinned.mean).toEqual(METHODS.holt(noisy(60), 12, 12)?.mean);
});

test('FC7: what is held back is seen by nothing that is judged on it', () => {
  const names: MethodName[] = [...MEMBERS, 'seasonal-naive'];
  const history = noisy(60);
  const other = history.map((value, t) => (t < 48 ? value : 7 * value));
  const { origin, errors, combination, size, scale } = backtest(names, history, 12, 12)!;
  expect(origin).toBe(48);
  expect(size).toBeCloseTo([...history.subarray(48)].reduce((sum, value) => sum + Math.abs(value), 0) / 12, 6);
  expect(scale).toBe(seasonalDifference(history.subarray(0, 48), 12));
  // A mean of methods is never farther off than the farthest of them.
  expect(combination).toBeLessThanOrEqual(Math.max(...MEMBERS.map((name) => errors.get(name)!)));
  const means = MEMBERS.map((name) => METHODS[name](history.subarray(0, 48), 12, 12)!.mean);
  const ofAll = Array.from({ length: 12 }, (_, at) => means.reduce((sum, mean) => sum + mean[at]!, 0) / means.length);
  expect(combination).toBeCloseTo(meanAbsoluteError(ofAll, [...history.subarray(48)]), 6);
  const moved = backtest(names, other, 12, 12)!;
  for (const name of names) {
    const mean = METHODS[name](history.subarray(0, 48), 12, 12)!.mean;
    const errorOn = (actual: Float64Array): number =>
      mean.reduce((sum, value, at) => sum + Math.abs(actual[48 + at]! - value), 0) / 12;
    expect(errors.get(name)).toBeCloseTo(errorOn(history), 6);
    expect(moved.errors.get(name)).toBeCloseTo(errorOn(other), 6);
  }
});

test('FC8: ranges are nested around the mean', () => {
  fc.assert(
    fc.property(anyHistory, (values) => {
      const { mean, intervals } = forecastHistory(Float64Array.from(values), { horizon: 6, season: 12 });
      intervals.forEach(({ lower, upper }, at) => {
        const inner = intervals[at - 1];
        mean.forEach((value, step) => {
          expect(lower[step]).toBeLessThanOrEqual(inner?.lower[step] ?? value);
          expect(upper[step]).toBeGreaterThanOrEqual(inner?.upper[step] ?? value);
        });
      });
    }),
    { numRuns: 60 },
  );
});

test('FC8: reach is learnt from a panel of a hundred errors, and is the normal distribution’s, widened, before that', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
  expect(normalQuantile(0.9)).toBeCloseTo(1.281552, 6);
  expect(reachFrom([])(80)).toBeCloseTo(1.1 * 1.281552, 5);
  const errors = Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? 1 : -1) * (at + 1));
  expect(reachFrom(errors)(80)).toBe(81);
  expect(reachFrom(errors)(95)).toBe(96);
  const made = forecastHistory(noisy(60), yearly);
  const wide = withReach(made, () => 10);
  expect(wide.intervals[0]?.upper[0]).toBeCloseTo(made.mean[0]! + 10 * made.spread![0]!, 6);
});

test('FC9: a line that never was below zero is not forecast there', () => {
  const falling = Float64Array.from({ length: 30 }, (_, t) => Math.max(0, 300 - 10 * t));
  const { mean, intervals } = forecastHistory(falling, { horizon: 12, season: 1 });
  for (const value of [...mean, ...intervals.flatMap(({ lower }) => lower)]) expect(value).toBeGreaterThanOrEqual(0);
});

test('FC10: mostly zeros are intermittent; the chance fades when a line stops', () => {
  const busy = Float64Array.from([0, 0, 6, 0, 0, 6, 0, 0, 6, 0, 0, 6]);
  expect(isIntermittent(busy)).toBe(true);
  expect(isIntermittent(Float64Array.from([0, 0, 0]))).toBe(false);
  expect(isIntermittent(Float64Array.from([0, 0, 0, -5]))).toBe(false);
  // Six every third period: Croston says 2, less the bias of Syntetos and Boylan at smoothing 0.1.
  expect(croston(busy)).toBeCloseTo(2 * 0.95, 9);
  expect(teunter(busy)).toBeGreaterThan(1.5);
  const stopped = Float64Array.from([...busy, ...new Array<number>(24).fill(0)]);
  expect(teunter(stopped)).toBeLessThan(0.2);
  const made = forecastHistory(busy, { horizon: 3, season: 12 });
  expect(made.method).toBe('intermittent');
  expect(made.warnings).toContainEqual({ kind: 'intermittent', zeros: 8, periods: 12 });
});

test('FC11: scaling a history scales its forecast', () => {
  const history = noisy(48, 7);
  const once = forecastHistory(history, yearly).mean;
  const scaled = forecastHistory(history.map((value) => value * 100), yearly).mean; // prettier-ignore
  scaled.forEach((value, step) => expect(value / once[step]! / 100).toBeCloseTo(1, 3));
});

test('FC12: too short, or all alike, goes on as the last one, without a range', () => {
  const options = { horizon: 2, season: 12 };
  expect(forecastHistory(Float64Array.from([]), options)).toMatchObject({
    mean: [0, 0],
    warnings: [{ kind: 'too-short', periods: 0, needed: 4 }],
  });
  expect(forecastHistory(Float64Array.from([5]), options)).toMatchObject({ mean: [5, 5], intervals: [] });
  expect(forecastHistory(Float64Array.from([5, 6]), options)).toMatchObject({ mean: [6, 6], intervals: [] });
  const constant = forecastHistory(new Float64Array(30).fill(7), options);
  expect(constant).toMatchObject({ mean: [7, 7], intervals: [], warnings: [{ kind: 'constant', periods: 30 }] });
});

test('FC12: no history leads to NaN or an infinity', () => {
  fc.assert(
    fc.property(anyHistory, fc.constantFrom(1, 4, 12, 13), (values, season) => {
      const made = forecastHistory(Float64Array.from(values), { horizon: 5, season });
      const shown = [made.mean, ...made.intervals.flatMap(({ lower, upper }) => [lower, upper])].flat();
      expect(shown.every(Number.isFinite)).toBe(true);
      expect(made.mean).toHaveLength(5);
    }),
    { numRuns: 150 },
  );
});
