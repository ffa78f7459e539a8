import { expect, test } from 'vitest';
import {
  bias,
  coverage,
  intervalScore,
  meanAbsoluteError,
  rootMeanSquaredError,
  seasonalDifference,
  symmetricPercentageError,
  weightedAbsolutePercentageError,
} from '#lib/analysis/forecast/accuracy.ts';

const forecast = [110, 90, 130];
const actual = [100, 100, 120];

test('FC13: errors by hand', () => {
  expect(meanAbsoluteError(forecast, actual)).toBe(10);
  expect(rootMeanSquaredError([3, 4], [0, 0])).toBeCloseTo(Math.sqrt(12.5), 12);
  expect(bias(forecast, actual)).toBeCloseTo(10 / 3, 12);
  expect(weightedAbsolutePercentageError(forecast, actual)).toBeCloseTo(30 / 320, 12);
  expect(weightedAbsolutePercentageError([1], [0])).toBeNull();
  expect(symmetricPercentageError([110, 0], [90, 0])).toBeCloseTo(10, 12);
});

test('FC13: the seasonal difference is the scale of MASE, of the whole year where there is one', () => {
  expect(seasonalDifference([1, 2, 3, 5, 7, 9], 3)).toBe((4 + 5 + 6) / 3);
  expect(seasonalDifference([1, 3], 12)).toBe(2);
  expect(seasonalDifference([4, 4, 4], 1)).toBeNull();
});

test('FC13: coverage counts what lies inside, and the score charges what lies outside by its distance', () => {
  const interval = { level: 80, lower: [0, 0], upper: [10, 10] };
  expect(coverage(interval, [5, 11])).toBe(50);
  // Width 10 each; one too high by 1 costs 2 / 0.2 more.
  expect(intervalScore(interval, [5, 11])).toBeCloseTo(15, 12);
});
