import { expect, test } from 'vitest';
import { ENGINE } from '#lib/analysis/forecast/engine.ts';
import { panelOf } from '#lib/analysis/forecast/panel.ts';
import { forecastOf, makeSeries, noisyMonths } from '#tests/support/make-series.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

test('FC8: the coverage of a panel is measured on series that the reach was not learnt from', () => {
  // Series at even positions are off by 1 to 100 spreads, those at odd ones by twice as much.
  const once = Array.from({ length: 100 }, (_, at) => at + 1);
  const { errors, coverage, reach } = panelOf([once, once.map((error) => -2 * error)], [80]);
  expect(errors).toBe(200);
  // Learnt from the odd: 162, which holds all the even. Learnt from the even: 81, which holds 40 of the odd.
  expect(coverage).toEqual([{ level: 80, measured: 70 }]);
  expect(reach(80)).toBe(122);
});

test('FC8: of many series with errors alike, ranges hold what they claim', () => {
  const numbers = numbersFrom(3);
  const normal = (): number => Array.from({ length: 12 }, numbers).reduce((sum, each) => sum + each, -6);
  const panel = panelOf(Array.from({ length: 200 }, () => Array.from({ length: 12 }, () => 1.7 * normal())));
  for (const { level, measured } of panel.coverage) expect(Math.abs(measured! - level)).toBeLessThan(2.5);
  expect(panelOf([]).coverage).toEqual([50, 80, 95].map((level) => ({ level, measured: null })));
});

test('FC18: another answer to the same question has another number of the engine', () => {
  const { mean, intervals } = forecastOf(makeSeries(noisyMonths()), { horizon: 3 });
  const answer = [...mean, ...intervals.flatMap(({ lower, upper }) => [...lower, ...upper])].map((value) =>
    value.toPrecision(6),
  );
  // When this fails because the engine has become another, raise ENGINE and write down the new answer.
  expect([ENGINE, answer.join(' ')]).toMatchInlineSnapshot(`
    [
      2,
      "999333 1.04406e+6 1.07645e+6 981431 1.02559e+6 1.05749e+6 1.01723e+6 1.06253e+6 1.09540e+6 965319 1.00897e+6 1.04043e+6 1.03335e+6 1.07915e+6 1.11246e+6 947313 990394 1.02137e+6 1.05135e+6 1.09773e+6 1.13152e+6",
    ]
  `);
});
