import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { meanAbsoluteError, seasonalDifference } from '#lib/analysis/forecast/accuracy.ts';
import { forecastHistory } from '#lib/analysis/forecast/history-forecast.ts';
import { METHODS } from '#lib/analysis/forecast/methods.ts';
import { fitSmoothing } from '#lib/analysis/forecast/smoothing.ts';
import { theta } from '#lib/analysis/forecast/theta.ts';
import { classicalIndices, naive2, scoreOf } from '../../../../bench/support/m4-score.ts';
import { realData } from '#tests/support/real-data.ts';

const folder = realData('forecast');
interface Series {
  readonly m: number;
  readonly h: number;
  readonly x: readonly number[];
  readonly xx: readonly number[];
}

describe.skipIf(folder === undefined)('series that others forecast too', () => {
  const text = (name: string): string => readFileSync(path.join(folder ?? '', name), 'utf8');
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const monthly = (): Series[] => JSON.parse(text('m3_monthly.json')) as Series[];
  const smape = (forecasts: (series: Series) => number[]): number =>
    mean(monthly().map((each) => scoreOf(forecasts(each), each.xx, each.x, each.m).smape));

  test('FC13: Naive2 on M3 monthly comes to the 16.764 that R’s program of the M4 competition gives', () => {
    expect(smape(({ x, m, h }) => naive2(x, m, h))).toBeCloseTo(16.764, 2);
  });

  test('FC2: Theta with the season of the M4 competition comes to 13.89, where R’s two are 13.856 and 13.888', () => {
    const official = smape(({ x, m, h }) => {
      const indices = classicalIndices(x, m);
      const adjusted = Float64Array.from(x, (value, t) => value / indices[t % m]!);
      return theta(adjusted, h).map((value, step) => value * indices[(x.length + step) % m]!);
    });
    expect(official).toBeGreaterThan(13.84);
    expect(official).toBeLessThan(13.91);
  });

  test('FC3: the least squares of a seasonal form are found where the search has more than one valley', () => {
    const { aust_quarterly: visitors } = JSON.parse(text('ets_vectors.json')) as { aust_quarterly: number[] };
    // A straight line with fixed seasons, solved for in one step, leaves 51.892; the search may come that close.
    const fitted = fitSmoothing(Float64Array.from(visitors), { trend: 'additive', season: 4 });
    expect(fitted!.squaredErrors).toBeLessThan(51.91);
  });

  test('FC6: software maintenance of Oxford in 2017 is forecast no worse than by the year before', () => {
    const quarters = text('oxford_software_maintenance_quarterly.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    const history = Float64Array.from(quarters.slice(0, 12));
    const actual = quarters.slice(12);
    const scale = seasonalDifference(history, 4)!;
    const yearBefore = METHODS['seasonal-naive'](history, 4, 4)!.mean;
    expect(meanAbsoluteError(yearBefore, actual) / scale).toBeCloseTo(1.326, 3);
    expect(meanAbsoluteError(yearBefore, actual)).toBeCloseTo(46_028.8975, 4);
    const made = forecastHistory(history, { horizon: 4, season: 4 });
    expect(meanAbsoluteError(made.mean, actual) / scale).toBeLessThan(1.326);
    // The same is found by whoever has all sixteen quarters and looks back a year.
    const tested = forecastHistory(Float64Array.from(quarters), { horizon: 4, season: 4 }).backtest!;
    expect(tested.errors.get('seasonal-naive')! / tested.scale!).toBeCloseTo(1.326, 3);
    expect(tested.combination! / tested.scale!).toBeLessThan(1.326);
  });
});
