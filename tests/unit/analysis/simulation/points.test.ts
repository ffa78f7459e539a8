import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chunkSize,
  paddedDimensions,
  pointsOf,
  type PointOptions,
  type Sampling,
} from '#lib/analysis/simulation/points.ts';
import { sfc32, splitmix64, streamOf, toUnit } from '#lib/analysis/simulation/random.ts';
import { fillSobol, scrambled, sobolDimensions, sobolSequence } from '#lib/analysis/simulation/sobol.ts';

test('MC1: sfc32 gives the numbers of PractRand, seeded with zeros and 12 rounds run', () => {
  const random = sfc32(0, 0, 0, 1);
  for (let round = 0; round < 12; round += 1) random();
  expect(Array.from({ length: 16 }, random)).toEqual([
    0x514676c3, 0x08a809df, 0x30349d2b, 0xfb52c520, 0x38802be1, 0x948279e6, 0xec4bf1d9, 0x7cb0a909, 0xfad8b4a8,
    0x3ca4b808, 0x3821b4c5, 0x5e7023ca, 0x50f26bf7, 0xf1e1b0a2, 0x6163032f, 0x3bf3c9a4,
  ]);
});

test('MC1: splitmix64 gives the published numbers of seed 1234567', () => {
  expect(Array.from({ length: 5 }, splitmix64(1234567n))).toEqual([
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ]);
});

test('MC1: streams of two places have nothing in common, and a place is not the sum of its steps', () => {
  const places = [[1], [2], [1, 1], [1, 2], [2, 1], [1, 1, 0]];
  const first = places.map((place) => streamOf(7, ...place)());
  expect(new Set([...first, streamOf(8, 1)()]).size).toBe(places.length + 1);
  const [a, b] = [streamOf(7, 1, 0), streamOf(7, 1, 1)].map((random) =>
    Array.from({ length: 4000 }, () => toUnit(random()) - 0.5),
  );
  const correlation = a!.reduce((sum, each, at) => sum + each * b![at]!, 0) / (4000 / 12);
  expect(Math.abs(correlation)).toBeLessThan(0.06);
});

test('MC2: the first ten points of three dimensions are those Joe and Kuo print', () => {
  const words = new Uint32Array(30);
  fillSobol(sobolSequence(3), 0, 10, words, 3);
  const points = Array.from({ length: 10 }, (_, row) =>
    [...words.subarray(row * 3, row * 3 + 3)].map((word) => word / 2 ** 32),
  );
  expect(points).toEqual([
    [0, 0, 0],
    [0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25],
    [0.25, 0.75, 0.75],
    [0.375, 0.375, 0.625],
    [0.875, 0.875, 0.125],
    [0.625, 0.125, 0.875],
    [0.125, 0.625, 0.375],
    [0.1875, 0.3125, 0.9375],
    [0.6875, 0.8125, 0.4375],
  ]);
});

test('MC2: far points of far dimensions are those SciPy 1.17 gives unscrambled', () => {
  expect(sobolDimensions).toBe(256);
  const sequence = sobolSequence(sobolDimensions);
  const point = new Uint32Array(sobolDimensions);
  for (const [row, column, word] of [
    [1, 255, 2147483648],
    [5, 39, 1610612736],
    [100, 99, 3791650816],
    [777, 199, 616562688],
    [1000, 255, 1069547520],
    [2047, 127, 94371840],
  ] as const) {
    fillSobol(sequence, row, 1, point, sobolDimensions);
    expect(point[column]).toBe(word);
  }
});

test('MC3: scrambling by any seed leaves one point in every part of every dimension', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 }), (seed, run, power) => {
      const [count, dimensions] = [2 ** power, 40];
      const words = new Uint32Array(count * dimensions);
      fillSobol(scrambled(sobolSequence(dimensions), streamOf(seed, 0)), run * count, count, words, dimensions);
      for (let column = 0; column < dimensions; column += 1) {
        const parts = new Set(
          Array.from({ length: count }, (_, row) => words[row * dimensions + column]! >>> (32 - power)),
        );
        if (parts.size !== count) return false;
      }
      return true;
    }),
    { numRuns: 60 },
  );
});

test('MC3: the first two scrambled dimensions hold one point in every rectangle of the net', () => {
  const words = new Uint32Array(512);
  fillSobol(scrambled(sobolSequence(2), streamOf(3, 0)), 0, 256, words, 2);
  for (let wide = 0; wide <= 8; wide += 1) {
    const cells = Array.from({ length: 256 }, (_, row) => {
      const across = Math.floor((words[row * 2]! / 2 ** 32) * 2 ** wide);
      return across * 2 ** (8 - wide) + Math.floor((words[row * 2 + 1]! / 2 ** 32) * 2 ** (8 - wide));
    });
    expect(new Set(cells).size).toBe(256);
  }
});

test('MC3: over seeds a point is uniform, and so are its distances to its neighbour', () => {
  const [first, apart] = [new Uint32Array(4), new Uint32Array(4)];
  for (let seed = 0; seed < 2000; seed += 1) {
    const words = new Uint32Array(2 * 6);
    fillSobol(scrambled(sobolSequence(6), streamOf(seed, 0)), 0, 2, words, 6);
    first[words[5]! >>> 30]! += 1;
    apart[(words[5]! ^ words[11]!) >>> 30]! += 1;
  }
  for (const count of first) expect(Math.abs(count - 500)).toBeLessThan(90);
  expect([...apart.subarray(0, 2)]).toEqual([0, 0]);
  for (const count of apart.subarray(2)) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

const options = fc.record({
  sampling: fc.constantFrom<Sampling>('sobol', 'latin-hypercube', 'plain'),
  seed: fc.nat(),
  dimensions: fc.integer({ min: 1, max: 300 }),
  points: fc.integer({ min: 1, max: 3 * chunkSize }),
  replicate: fc.nat({ max: 20 }),
});

test('MC4: a chunk drawn alone is the chunk drawn after others', () => {
  fc.assert(
    fc.property(options, (each) => {
      const chunks = Math.ceil(each.points / chunkSize);
      const together = pointsOf(each);
      const backwards = Array.from({ length: chunks }, (_, at) => chunks - 1 - at).map((chunk) =>
        drawn(together, chunk, each),
      );
      const alone = Array.from({ length: chunks }, (_, at) => chunks - 1 - at).map((chunk) =>
        drawn(pointsOf(each), chunk, each),
      );
      expect(backwards).toEqual(alone);
      const values = alone.flatMap((chunk) => [...chunk]);
      expect(values).toHaveLength(each.points * each.dimensions);
      expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('MC4: replicates are other points', () => {
  for (const sampling of ['sobol', 'latin-hypercube', 'plain'] as const) {
    const base = { sampling, seed: 1, dimensions: 3, points: 8 };
    const [one, other] = [0, 1].map((replicate) => [
      ...drawn(pointsOf({ ...base, replicate }), 0, { ...base, replicate }),
    ]);
    expect(one!.some((value) => other!.includes(value))).toBe(false);
  }
});

test('MC5: the 257th dimension is drawn plainly and counted', () => {
  expect(paddedDimensions({ sampling: 'sobol', dimensions: 256 })).toBe(0);
  expect(paddedDimensions({ sampling: 'sobol', dimensions: 260 })).toBe(4);
  expect(paddedDimensions({ sampling: 'plain', dimensions: 260 })).toBe(0);
  const each: PointOptions = { sampling: 'sobol', seed: 5, dimensions: 257, points: 256, replicate: 0 };
  const points = drawn(pointsOf(each), 0, each);
  const partsOf = (column: number): number =>
    new Set(Array.from({ length: 256 }, (_, row) => Math.floor(points[row * 257 + column]! * 256))).size;
  expect(partsOf(255)).toBe(256);
  expect(partsOf(256)).toBeLessThan(200);
});

test('MC6: a Latin hypercube has a point in every part, of any number of points', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 600 }), (seed, points) => {
      const each: PointOptions = { sampling: 'latin-hypercube', seed, dimensions: 4, points, replicate: 0 };
      const fill = pointsOf(each);
      const values = Array.from({ length: Math.ceil(points / chunkSize) }, (_, chunk) => [
        ...drawn(fill, chunk, each),
      ]).flat();
      for (let column = 0; column < 4; column += 1) {
        const parts = new Set(
          Array.from({ length: points }, (_, row) => Math.floor(values[row * 4 + column]! * points)),
        );
        expect(parts.size).toBe(points);
      }
    }),
    { numRuns: 40 },
  );
});

function drawn(fill: ReturnType<typeof pointsOf>, chunk: number, { dimensions }: PointOptions): Float64Array {
  const into = new Float64Array(chunkSize * dimensions);
  const count = fill(chunk, into);
  return into.slice(0, count * dimensions);
}
