import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  correlationFault,
  mixingOf,
  nearestCorrelation,
  type Correlation,
} from '#lib/analysis/simulation/correlation.ts';
import { eigenOf } from '#lib/analysis/simulation/eigenvalues.ts';
import { explainCorrelation } from '#lib/analysis/simulation/explain.ts';

test('MC12: the example of Higham (2002) comes out as he prints it', () => {
  const nearest = nearestCorrelation(Float64Array.from([1, 1, 0, 1, 1, 1, 0, 1, 1]), 3);
  expect([...nearest].map((value) => Number(value.toFixed(4)))).toEqual([
    1, 0.7607, 0.1573, 0.7607, 1, 0.7607, 0.1573, 0.7607, 1,
  ]);
});

test('MC12: and so does his tridiagonal one', () => {
  const nearest = nearestCorrelation(Float64Array.from([2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2]), 4);
  expect([...nearest].slice(0, 8).map((value) => Number(value.toFixed(4)))).toEqual([
    1, -0.8084, 0.1916, 0.1068, -0.8084, 1, -0.6562, 0.1916,
  ]);
});

const names = ['a', 'b', 'c', 'd', 'e'];
const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other] as const));
const stated = fc
  .subarray(pairs)
  .chain((between) =>
    fc.tuple(
      ...between.map((each) => fc.double({ min: -1, max: 1, noNaN: true }).map((value) => ({ between: each, value }))),
    ),
  )
  .map((each): readonly Correlation[] => each);

test('MC11, MC12: what is mixed has the stated correlations, or those it was said they became', () => {
  fc.assert(
    fc.property(stated, (correlations) => {
      const { factors, repaired } = mixingOf(names, correlations);
      const product = correlationOf(factors);
      names.forEach((_, at) => expect(product[at * 5 + at]).toBeCloseTo(1, 12));
      const expected =
        repaired.length > 0 ? repaired.map(({ between, became }) => ({ between, value: became })) : correlations;
      for (const { between, value } of expected) {
        expect(Math.abs(product[names.indexOf(between[0]) * 5 + names.indexOf(between[1])]! - value)).toBeLessThan(
          2e-4,
        );
      }
    }),
  );
});

test('MC12: what drivers can have is not touched, one that follows another altogether included', () => {
  const possible = [
    { between: ['a', 'b'], value: 1 },
    { between: ['a', 'c'], value: 0.5 },
    { between: ['b', 'c'], value: 0.5 },
  ] as const;
  const { factors, repaired } = mixingOf(['a', 'b', 'c'], possible);
  expect(repaired).toEqual([]);
  expect([...factors].map((value) => Number(value.toFixed(9)))).toEqual([1, 0, 0, 1, 0, 0, 0.5, 0, 0.866025404]);
});

test('MC12: three drivers cannot all move against each other', () => {
  const { repaired } = mixingOf(
    ['a', 'b', 'c'],
    [
      { between: ['a', 'b'], value: -0.9 },
      { between: ['b', 'c'], value: -0.9 },
      { between: ['a', 'c'], value: -0.9 },
    ],
  );
  expect(repaired.map(({ became }) => Number(became.toFixed(6)))).toEqual([-0.5, -0.5, -0.5]);
});

test('MC12: nothing that can be is nearer than what was found', () => {
  const cells = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  const part = fc.integer({ min: -9, max: 9 });
  const row = fc.tuple(part, part, part).filter((parts) => parts.some((each) => each !== 0));
  const rows = fc.tuple(row, row, row);
  fc.assert(
    fc.property(cells, rows, ([x, y, z], vectors) => {
      const matrix = Float64Array.from([1, x!, y!, x!, 1, z!, y!, z!, 1]);
      const nearest = nearestCorrelation(matrix, 3);
      const units = vectors.map((row) => row.map((value) => value / Math.hypot(...row)));
      const another = Float64Array.from(
        units.flatMap((one) => units.map((other) => one.reduce((sum, value, at) => sum + value * other[at]!, 0))),
      );
      expect(Math.min(...eigenOf(nearest, 3).values)).toBeGreaterThan(-1e-6);
      expect(distance(matrix, nearest)).toBeLessThanOrEqual(distance(matrix, another) + 1e-6);
    }),
  );
});

test.each<[Correlation[], string]>([
  [[{ between: ['FX', 'Rate'], value: 1.2 }], '1.2 is not a correlation of FX and Rate: they lie between -1 and 1.'],
  [
    [{ between: ['FX', 'Rate'], value: Number.NaN }],
    'NaN is not a correlation of FX and Rate: they lie between -1 and 1.',
  ],
  [[{ between: ['FX', 'Oil'], value: 0.2 }], 'FX and Oil cannot be correlated: there is no driver Oil.'],
  [[{ between: ['FX', 'FX'], value: 1 }], 'FX is always correlated with itself. Leave that out.'],
  [
    [
      { between: ['FX', 'Rate'], value: 0.2 },
      { between: ['Rate', 'FX'], value: 0.3 },
    ],
    'The correlation of Rate and FX is given twice. Keep one.',
  ],
])('MC13: %j is refused', (correlations, sentence) => {
  expect(explainCorrelation(correlationFault(['FX', 'Rate'], correlations)!, String)).toBe(sentence);
});

function correlationOf(factors: Float64Array): Float64Array {
  return factors.map((_, at) => {
    const [row, column] = [Math.floor(at / 5), at % 5];
    return names.reduce((sum, _name, each) => sum + factors[row * 5 + each]! * factors[column * 5 + each]!, 0);
  });
}

function distance(one: Float64Array, other: Float64Array): number {
  return Math.hypot(...one.map((value, at) => value - other[at]!));
}
