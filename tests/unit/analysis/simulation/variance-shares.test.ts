import { expect, test } from 'vitest';
import type { SimulationOptions } from '#lib/analysis/simulation/plan.ts';
import type { Batch } from '#lib/analysis/simulation/draws.ts';
import type { SimulationModel } from '#lib/analysis/simulation/simulate.ts';
import { varianceShares } from '#lib/analysis/simulation/variance-shares.ts';

const uniform = { kind: 'uniform', low: -Math.PI, high: Math.PI } as const;

test('MC21: the function of Ishigami has the shares that are known of it', () => {
  const ishigami = perPath(([x, y, z]) => Math.sin(x!) + 7 * Math.sin(y!) ** 2 + 0.1 * z! ** 4 * Math.sin(x!));
  const shares = sharesBy(ishigami, {
    drivers: ['x', 'y', 'z'].map((key) => ({ key, distribution: uniform })),
    paths: 16_384,
    seed: 1,
  });
  expect(shares.x!.first).toBeCloseTo(0.3139, 2);
  expect(shares.y!.first).toBeCloseTo(0.4424, 2);
  expect(shares.z!.first).toBeCloseTo(0, 2);
  expect(shares.x!.total).toBeCloseTo(0.5576, 2);
  expect(shares.y!.total).toBeCloseTo(0.4424, 2);
  expect(shares.z!.total).toBeCloseTo(0.2437, 2);
});

const normal = (key: string, persistence?: number) => ({
  key,
  distribution: { kind: 'normal', mean: 10, sd: 1 } as const,
  ...(persistence === undefined ? {} : { persistence }),
});

test('MC21: parts of a sum share its variance by their squares, and correlated ones together', () => {
  const sum = perPath(([a, b, c]) => 3 * a! + 2 * b! + c!);
  const apart = sharesBy(sum, { drivers: [normal('a'), normal('b'), normal('c')], seed: 2 });
  expect(apart.a!.first).toBeCloseTo(9 / 14, 2);
  expect(apart.b!.first).toBeCloseTo(4 / 14, 2);
  expect(apart.c!.first).toBeCloseTo(1 / 14, 2);
  expect(apart.a!.total).toBeCloseTo(9 / 14, 2);
  const correlations = [{ between: ['a', 'c'], value: 0.5 }] as const;
  const joined = sharesBy(sum, { drivers: [normal('a'), normal('b'), normal('c')], correlations, seed: 2 });
  expect(Object.keys(joined)).toEqual(['a and c', 'b']);
  expect(joined['a and c']!.first).toBeCloseTo(13 / 17, 2);
  expect(joined.b!.total).toBeCloseTo(4 / 17, 2);
});

test('MC21: a driver over twelve months is one driver, and residuals have a share of their own', () => {
  const year: SimulationModel = {
    outputs: ['unused', 'total'],
    evaluate: ({ count, periods, drivers, residuals }: Batch, [, total]) => {
      for (let at = 0; at < count * periods; at += 1) {
        total![Math.floor(at / periods)]! += drivers[0]![at]! + drivers[1]![at]! / 12 + residuals[0]![at]!;
      }
    },
  };
  const residuals = [Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 1 : -1))];
  const shares = sharesBy(
    year,
    { drivers: [normal('monthly', 0), normal('once')], residuals, block: 1, periods: 12, seed: 3 },
    'total',
  );
  expect(shares.monthly!.first).toBeCloseTo(12 / 25, 1);
  expect(shares.once!.first).toBeCloseTo(1 / 25, 1);
  expect(shares['']!.total).toBeCloseTo(12 / 25, 1);
});

test('MC21: a model that never varies has shares of zero; one without an answer is named', () => {
  const how: SimulationOptions = { drivers: [normal('a')], seed: 1 };
  expect(
    sharesBy(
      perPath(() => 7),
      how,
    ).a,
  ).toEqual({ first: 0, total: 0 });
  const broken = varianceShares(
    perPath(() => Number.NaN),
    'y',
    how,
  );
  expect(broken).toEqual({ ok: false, faults: [{ kind: 'no-number', output: 'y', path: 0 }] });
});

test('MC5, MC21: shares take twice the numbers of a path, and say what was drawn plainly', () => {
  const result = varianceShares(
    perPath(() => 7),
    'y',
    { drivers: [normal('a', 0)], periods: 130, paths: 64, seed: 1 },
  );
  expect(result.ok && result.notes).toEqual([{ kind: 'drawn-plainly', dimensions: 4 }]);
});

function perPath(of: (drivers: readonly number[]) => number): SimulationModel {
  return {
    outputs: ['y'],
    evaluate: ({ count, drivers }, [y]) => {
      for (let path = 0; path < count; path += 1) y![path] = of(drivers.map((cells) => cells[path]!));
    },
  };
}

function sharesBy(
  model: SimulationModel,
  options: SimulationOptions,
  output = 'y',
): Readonly<Record<string, { first: number; total: number }>> {
  const result = varianceShares(model, output, options);
  if (!result.ok) throw new Error('no shares');
  return Object.fromEntries(
    result.shares.map(({ drivers, first, total }) => [
      drivers.join(' and '),
      { first: first.value, total: total.value },
    ]),
  );
}
