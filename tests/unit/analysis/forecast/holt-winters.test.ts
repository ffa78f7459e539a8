import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holtWinters } from '#lib/analysis/forecast/holt-winters.ts';
import { fitSmoothing, meanAhead } from '#lib/analysis/forecast/smoothing.ts';
import { forecastOf, makeSeries, noisyMonths } from '#tests/support/make-series.ts';

// Visitor nights in Australia by quarter (Hyndman and Athanasopoulos, Forecasting: Principles and Practice), as in
// statsmodels' tests of exponential smoothing (tsa/tests/test_holtwinters.py, BSD-3).
const visitors = Float64Array.from([41.727458, 24.04185, 32.328103, 37.328708, 46.213153, 29.346326, 36.48291, 42.977719, 48.901525, 31.180221, 37.717881, 40.420211, 51.206863, 31.887228, 40.978263, 43.772491, 55.558567, 33.850915, 42.076383, 45.642292, 59.76678, 35.191877, 44.319737, 47.913736]); // prettier-ignore

test('FC20: with a multiplicative season the least squares give the published figures', () => {
  const ahead = holtWinters(visitors, 4, 4) ?? [];
  [61.3083, 37.373, 46.9652, 51.5578].forEach((published, step) => expect(ahead[step]).toBeCloseTo(published, 3));
});

test('FC20: with an additive one they give others than the published 60.95, 36.85, 46.16 and 50.13', () => {
  const fitted = fitSmoothing(visitors, { trend: 'additive', season: 4 });
  [58.93, 39.29, 47.35, 51.38].forEach((least, step) => expect(meanAhead(fitted!, 4)[step]).toBeCloseTo(least, 2));
});

test('FC20: a line times a season is continued as that', () => {
  const figure = (t: number): number => (100 + 2 * t) * [1.2, 0.7, 1.05, 1.05][t % 4]!;
  const ahead = holtWinters(
    Float64Array.from({ length: 22 }, (_, t) => figure(t)),
    4,
    6,
  );
  ahead!.forEach((value, step) => expect(value / figure(22 + step)).toBeCloseTo(1, 4));
});

test('FC20: a person may pin it; where it cannot be fitted that is said', () => {
  expect(forecastOf(makeSeries(noisyMonths()), { pinned: 'holt-winters' })).toMatchObject({
    method: 'holt-winters',
    warnings: [],
  });
  const below = forecastOf(makeSeries(noisyMonths().with(4, -1)), { pinned: 'holt-winters' });
  expect(below.method).toBe('combination');
  expect(below.warnings).toContainEqual({ kind: 'cannot-pin', method: 'holt-winters' });
});

test('FC12, FC20: whatever is above zero is forecast by numbers, or not by this', () => {
  const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.constantFrom(1, 4, 12), (some, season) => {
      const ahead = holtWinters(Float64Array.from(some), season, 5);
      if (ahead !== null) expect(ahead.every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
