import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betaByScore, betaProbability, betaQuantile } from '#lib/analysis/simulation/beta.ts';
import { byScore, faultOf, type Distribution } from '#lib/analysis/simulation/distributions.ts';
import { explainDistribution } from '#lib/analysis/simulation/explain.ts';
import { normalProbability, normalQuantile } from '#lib/analysis/simulation/normal.ts';

test('MC7: Wichura prints these percentage points', () => {
  expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.0902323061678136, 14);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 14);
});

test.each([
  [1e-300, -37.0470962993612],
  [1e-9, -5.9978070150076865],
  [0.02425, -1.972961051311885],
  [0.075, -1.4395314709384563],
  [0.425, -0.18911842627279252],
  [0.5, 0],
  [0.6, 0.2533471031357997],
  [0.975, 1.959963984540054],
  [0.999, 3.090232306167813],
])('MC7: the score of %f is %f, as SciPy has it', (probability, score) => {
  expect(Math.abs(normalQuantile(probability) - score)).toBeLessThan(2e-15 * Math.max(1, Math.abs(score)));
});

test.each([
  [-30, 4.906713927148e-198],
  [-10, 7.61985302416047e-24],
  [-7.5, 3.1908916729109e-14],
  [-5, 2.866515718791933e-7],
  [-3, 0.0013498980316300933],
  [-1, 0.15865525393145707],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [2, 0.9772498680518208],
  [8, 0.9999999999999993],
])('MC7: at most %f has probability %f, as SciPy has it', (score, probability) => {
  expect(Math.abs(normalProbability(score) - probability)).toBeLessThan(1e-15);
  expect(Math.abs(normalProbability(score) / probability - 1)).toBeLessThan(1e-7);
});

test('MC7: scores and probabilities undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: -7, max: 5, noNaN: true }), (score) => {
      expect(normalQuantile(normalProbability(score))).toBeCloseTo(score, 9);
    }),
  );
  expect([normalProbability(40), normalProbability(-40)]).toEqual([1, 0]);
});

test.each([
  [2, 5, 0.1, 0.09259525891312873],
  [5, 1, 0.5, 0.8705505632961241],
  [1, 5, 0.9, 0.36904265551980675],
  [3, 3, 0.01, 0.10563984355077434],
  [4.2, 1.8, 0.25, 0.5857733730455361],
  [1.5, 4.5, 0.001, 0.002560295666917047],
  [2.333, 3.667, 0.999, 0.9075488055129515],
  [50, 30, 0.3, 0.5973255324993778],
  [1, 1, 0.37, 0.37],
])('MC8: a beta of %f and %f has the quantile SciPy gives for %f', (alpha, beta, probability, value) => {
  expect(Math.abs(betaQuantile({ alpha, beta }, probability) / value - 1)).toBeLessThan(1e-13);
});

test.each([
  [2, 5, 0.5798250000000003],
  [5, 1, 0.00243],
  [4.2, 1.8, 0.020160312706540066],
  [50, 30, 1.0115127138601095e-9],
])('MC8: a beta of %f and %f is below 0.3 with the probability SciPy gives', (alpha, beta, probability) => {
  expect(Math.abs(betaProbability({ alpha, beta }, 0.3) / probability - 1)).toBeLessThan(1e-12);
});

test('MC8: the quick beta is the exact one to 7 digits', () => {
  const shapes = fc.record({
    alpha: fc.double({ min: 1, max: 60, noNaN: true }),
    beta: fc.double({ min: 1, max: 60, noNaN: true }),
  });
  fc.assert(
    fc.property(shapes, fc.double({ min: -6, max: 6, noNaN: true }), (shape, score) => {
      const exact = betaQuantile(shape, normalProbability(score));
      expect(Math.abs(betaByScore(shape)(score) - exact)).toBeLessThan(1e-7);
    }),
    { numRuns: 40 },
  );
});

const at = (distribution: Distribution, probability: number): number =>
  byScore(distribution)(normalQuantile(probability));

test('MC8: quantiles of each kind by hand, by SciPy and by R', () => {
  expect(at({ kind: 'normal', mean: 100, sd: 15 }, 0.975)).toBeCloseTo(100 + 15 * 1.959963984540054, 10);
  const lognormal = { kind: 'lognormal', meanLog: 3, sdLog: 0.25 } as const;
  expect(at(lognormal, 0.05)).toBeCloseTo(13.313606977634336, 10);
  expect(at(lognormal, 0.5)).toBeCloseTo(20.085536923187668, 10);
  expect(at({ kind: 'uniform', low: 10, high: 30 }, 0.25)).toBeCloseTo(15, 12);
  const triangular = { kind: 'triangular', low: 100, mode: 200, high: 500 } as const;
  expect(at(triangular, 0.05)).toBeCloseTo(144.72135954999578, 9);
  expect(at(triangular, 0.5)).toBeCloseTo(255.0510257216822, 9);
  expect(at(triangular, 0.95)).toBeCloseTo(422.5403330758516, 9);
  // Shapes 2 and 4 for 100, 200, 500: the classic mean (100 + 4 x 200 + 500) / 6.
  const pert = { kind: 'pert', low: 100, mode: 200, high: 500 } as const;
  expect(at(pert, 0.3)).toBeCloseTo(100 + 400 * betaQuantile({ alpha: 2, beta: 4 }, 0.3), 5);
  const draw = byScore(pert);
  const slices = Array.from({ length: 20_000 }, (_, slice) => draw(normalQuantile((slice + 0.5) / 20_000)));
  expect(slices.reduce((sum, value) => sum + value, 0) / 20_000).toBeCloseTo(1400 / 6, 2);
  const discrete = { kind: 'discrete', values: [30, 10, 20], probabilities: [0.2, 0.5, 0.3] } as const;
  expect([0.01, 0.49, 0.51, 0.79, 0.81, 0.99].map((each) => at(discrete, each))).toEqual([10, 10, 20, 20, 30, 30]);
  const seen = { kind: 'empirical', values: [3, 1, 4, 1, 5, 9, 2, 6] } as const;
  expect([0.1, 0.25, 0.5, 0.9].map((each) => Number(at(seen, each).toFixed(9)))).toEqual([1, 1.75, 3.5, 6.9]);
});

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const three = fc.tuple(finite, finite, finite).map((each) => each.sort((a, b) => a - b));
const distributions: fc.Arbitrary<{ distribution: Distribution; low: number; high: number }> = fc.oneof(
  three.map(([low, , high]) => ({ distribution: { kind: 'uniform', low, high } as const, low, high })),
  three.map(([low, mode, high]) => ({ distribution: { kind: 'triangular', low, mode, high } as const, low, high })),
  three.map(([low, mode, high]) => ({ distribution: { kind: 'pert', low, mode, high } as const, low, high })),
  fc.array(finite, { minLength: 1, maxLength: 9 }).map((values) => ({
    distribution: { kind: 'empirical', values } as const,
    low: Math.min(...values),
    high: Math.max(...values),
  })),
  fc.array(finite, { minLength: 1, maxLength: 9 }).map((values) => ({
    distribution: { kind: 'discrete', values, probabilities: values.map(() => 1 / values.length) } as const,
    low: Math.min(...values),
    high: Math.max(...values),
  })),
);

test('MC9: values rise with the score and stay within their bounds', () => {
  fc.assert(
    fc.property(distributions, ({ distribution, low, high }) => {
      expect(faultOf(distribution)).toBeNull();
      const draw = byScore(distribution);
      const slack = (high - low) * 1e-9;
      let last = low - slack;
      for (let score = -9; score <= 9; score += 0.37) {
        const value = draw(score);
        expect(value).toBeGreaterThanOrEqual(last - slack);
        expect(value).toBeLessThanOrEqual(high + slack);
        last = value;
      }
    }),
  );
});

test.each<[Distribution, string]>([
  [{ kind: 'normal', mean: Number.NaN, sd: 1 }, 'Rate has no number for mean. Give one.'],
  [{ kind: 'empirical', values: [1, Infinity] }, 'Rate has no number for values. Give one.'],
  [{ kind: 'normal', mean: 1, sd: -1 }, 'The sd of Rate is below zero. A spread is zero or more.'],
  [{ kind: 'lognormal', meanLog: 0, sdLog: -0.1 }, 'The sdLog of Rate is below zero. A spread is zero or more.'],
  [{ kind: 'uniform', low: 2, high: 1 }, 'The low, high of Rate are not in this order. Give the lowest first.'],
  [
    { kind: 'triangular', low: 1, mode: 0, high: 2 },
    'The low, mode, high of Rate are not in this order. Give the lowest first.',
  ],
  [
    { kind: 'pert', low: 1, mode: 3, high: 2 },
    'The low, mode, high of Rate are not in this order. Give the lowest first.',
  ],
  [
    { kind: 'pert', low: 1, mode: 2, high: 3, weight: 0 },
    'The weight of the likeliest value of Rate is not above zero. Usual is 4.',
  ],
  [{ kind: 'empirical', values: [] }, 'There are no values Rate could take. Give at least one.'],
  [{ kind: 'discrete', values: [], probabilities: [] }, 'There are no values Rate could take. Give at least one.'],
  [
    { kind: 'discrete', values: [1, 2], probabilities: [1] },
    'Rate has 2 values and 1 probabilities. Give one for each.',
  ],
  [
    { kind: 'discrete', values: [1, 2], probabilities: [1.5, -0.5] },
    '1.5 is not a probability of Rate: they lie between 0 and 1.',
  ],
  [
    { kind: 'discrete', values: [1, 2], probabilities: [0.5, 0.4] },
    'The probabilities of Rate add up to 0.9, not to 1. Change them until they do.',
  ],
  [
    { kind: 'lognormal', meanLog: 900, sdLog: 1 },
    'Rate could come out larger than can be reckoned with. Make its range or spread smaller.',
  ],
  [
    { kind: 'uniform', low: -1.7e308, high: 1.7e308 },
    'Rate could come out larger than can be reckoned with. Make its range or spread smaller.',
  ],
])('MC10: %j is refused', (distribution, sentence) => {
  expect(explainDistribution('Rate', faultOf(distribution)!)).toBe(sentence);
});

test('MC10: a range of nothing is a constant', () => {
  for (const distribution of [
    { kind: 'normal', mean: 7, sd: 0 },
    { kind: 'uniform', low: 7, high: 7 },
    { kind: 'triangular', low: 7, mode: 7, high: 7 },
    { kind: 'pert', low: 7, mode: 7, high: 7 },
    { kind: 'empirical', values: [7] },
    { kind: 'discrete', values: [7, 8], probabilities: [1, 0] },
  ] as const) {
    expect(faultOf(distribution)).toBeNull();
    expect([-8, -1, 0, 3, 8].map(byScore(distribution))).toEqual([7, 7, 7, 7, 7]);
  }
});
