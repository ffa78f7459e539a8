import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawerOf } from '#lib/analysis/simulation/draws.ts';
import { explainNote, explainSimulation } from '#lib/analysis/simulation/explain.ts';
import { chunksOf, planOf, type Plan, type SimulationOptions } from '#lib/analysis/simulation/plan.ts';
import { chunkSize, pointsOf, type Sampling } from '#lib/analysis/simulation/points.ts';
import {
  chunkRunner,
  gather,
  pairedDifference,
  simulate,
  type Simulation,
  type SimulationModel,
} from '#lib/analysis/simulation/simulate.ts';
import { convergence, exceedance, summarise } from '#lib/analysis/simulation/summary.ts';

/** 20 people at a rate that may rise, and licences in dollars; the year in thousands. */
const model: SimulationModel = {
  outputs: ['staff', 'total'],
  evaluate: ({ count, periods, drivers: [rate, dollar] }, [staff, total]) => {
    for (let path = 0; path < count; path += 1) {
      for (let at = path * periods; at < (path + 1) * periods; at += 1) {
        staff![path]! += 20 * rate![at]!;
        total![path]! += 20 * rate![at]! + 50 * dollar![at]!;
      }
    }
  },
};
const options: SimulationOptions = {
  drivers: [
    { key: 'rate', distribution: { kind: 'normal', mean: 8, sd: 0.5 } },
    { key: 'dollar', distribution: { kind: 'triangular', low: 0.8, mode: 0.9, high: 1.1 }, persistence: 0.7 },
  ],
  correlations: [{ between: ['rate', 'dollar'], value: 0.4 }],
  periods: 12,
  seed: 42,
};

test('MC14: a linear model has the mean and spread that can be worked out by hand', () => {
  const { staff, total } = samplesOf(simulated(model, options));
  const summary = summarise(staff!, 8);
  expect(summary.mean.value).toBeCloseTo(12 * 20 * 8, 1);
  expect(summary.spread).toBeCloseTo(12 * 20 * 0.5, 0);
  expect(summary.percentiles.get(90)!.value).toBeCloseTo(1920 + 120 * 1.2815515655, 0);
  // The dearest twentieth of a normal distribution is 2.0627 spreads above its mean.
  expect(Math.abs(summary.shortfall.value - (1920 + 120 * 2.0627))).toBeLessThan(2);
  expect(exceedance(staff!, 8, 2040).value).toBeCloseTo(0.15865525, 2);
  expect(summarise(total!, 8).mean.value).toBeCloseTo(1920 + 600 * (2.8 / 3), 0);
});

test('MC14: each period has the distribution, the correlations and the persistence that were stated', () => {
  const plan = planned({
    ...options,
    drivers: [
      { key: 'level', distribution: { kind: 'normal', mean: 5, sd: 2 } },
      { key: 'slow', distribution: { kind: 'normal', mean: 0, sd: 1 }, persistence: 0.8 },
      { key: 'quick', distribution: { kind: 'lognormal', meanLog: 0, sdLog: 0.3 }, persistence: 0 },
    ],
    correlations: [
      { between: ['level', 'quick'], value: 0.5 },
      { between: ['slow', 'quick'], value: -0.3 },
      { between: ['level', 'slow'], value: 0.2 },
    ],
    periods: 6,
    paths: 8192,
    replicates: 1,
  });
  const [level, slow, quick] = drawnPaths(plan);
  const column = (cells: readonly number[], t: number): number[] => cells.filter((_, at) => at % 6 === t);
  for (const t of [0, 1, 5]) {
    expect(summarise(Float64Array.from(column(slow!, t)), 1).spread).toBeCloseTo(1, 2);
    const logs = column(quick!, t).map(Math.log);
    expect(summarise(Float64Array.from(logs), 1).spread).toBeCloseTo(0.3, 2);
    expect(correlation(column(level!, t), logs)).toBeCloseTo(0.5, 1);
    expect(correlation(column(slow!, t), logs)).toBeCloseTo(-0.3, 1);
    expect(correlation(column(level!, t), column(slow!, t))).toBeCloseTo(0.2, 1);
  }
  // 4 % of what moves slow is the level, which stays.
  expect(correlation(column(slow!, 0), column(slow!, 1))).toBeCloseTo(0.04 + 0.96 * 0.8, 1);
  expect(correlation(column(slow!, 2), column(slow!, 5))).toBeCloseTo(0.04 + 0.96 * 0.512, 1);
  expect(column(level!, 5)).toEqual(column(level!, 0));
});

test('MC15: residuals come in whole blocks, together, centred and as often as each other', () => {
  const first = Array.from({ length: 24 }, (_, at) => at);
  const plan = planned({
    drivers: [],
    residuals: [first, first.map((value) => 3 * value)],
    periods: 16,
    paths: 2400,
    replicates: 1,
    seed: 3,
  });
  expect(plan.block).toBe(8);
  const [one, three] = drawnPaths(plan);
  const times = new Map<number, number>();
  one!.forEach((value, at) => {
    expect(three![at]).toBeCloseTo(3 * value, 9);
    times.set(value, (times.get(value) ?? 0) + 1);
    if (at % 8 > 0) expect((value - one![at - 1]! + 24) % 24).toBeCloseTo(1, 9);
  });
  expect([...times.keys()].reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
  for (const count of times.values()) expect(Math.abs(count - 1600)).toBeLessThan(40);
  expect(planned({ drivers: [], residuals: [first.concat(first)], seed: 1 }).block).toBe(12);
  expect(planned({ drivers: [], residuals: [first.slice(0, 12)], seed: 1 }).block).toBe(6);
});

test('MC16: any number of workers, in any order, gather the same result to the last bit', () => {
  const sizes = fc.record({
    seed: fc.nat(),
    sampling: fc.constantFrom<Sampling>('sobol', 'latin-hypercube', 'plain'),
    paths: fc.integer({ min: 1, max: 3000 }),
    replicates: fc.integer({ min: 1, max: 4 }),
  });
  const dealing = fc.infiniteStream(fc.nat({ max: 6 }));
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 7 }), dealing, (size, workers, deal) => {
      const plan = planned({ ...options, ...size });
      const hands = Array.from({ length: workers }, () => ({
        run: chunkRunner(plan, model),
        places: [] as ReturnType<typeof chunksOf>[number][],
      }));
      for (const place of chunksOf(plan)) hands[deal.next().value % workers]!.places.unshift(place);
      const results = hands.flatMap(({ run, places }) => places.map(run));
      expect(gather(plan, model.outputs, results)).toEqual(simulate(model, { ...options, ...size }));
    }),
    { numRuns: 25 },
  );
});

test('MC16: another seed is other luck', () => {
  const [one, other] = [42, 43].map((seed) => samplesOf(simulated(model, { ...options, seed })).total!);
  expect(one!.every((value, path) => value !== other![path])).toBe(true);
});

test('MC17: a scenario of one person more costs the rate of that person on every path', () => {
  const more: SimulationModel = {
    outputs: ['total'],
    evaluate: (batch, [total]) => {
      const both = [new Float64Array(batch.count), new Float64Array(batch.count)];
      model.evaluate(batch, both);
      both[1]!.forEach((value, path) => (total![path] = value + 12 * batch.drivers[0]![path * 12]!));
    },
  };
  const [base, scenario] = [simulated(model, options), simulated(more, options)];
  const difference = pairedDifference(scenario, base, 'total')!;
  const rate = samplesOf(base).staff!.map((staff) => staff / 20);
  difference.forEach((value, path) => expect(value).toBeCloseTo(rate[path]!, 8));
  const apart = simulated(more, { ...options, seed: 7 });
  expect(pairedDifference(apart, base, 'total')).toBeNull();
  expect(pairedDifference(scenario, base, 'staff')).toBeNull();
});

test('MC17: a driver that another scenario spreads wider has the same luck', () => {
  const wide = {
    ...options,
    drivers: [
      { ...options.drivers[0]!, distribution: { kind: 'normal', mean: 8, sd: 1 } as const },
      options.drivers[1]!,
    ],
  };
  const difference = pairedDifference(simulated(model, wide), simulated(model, options), 'staff')!;
  const staff = samplesOf(simulated(model, options)).staff!;
  difference.forEach((value, path) => expect(value).toBeCloseTo(staff[path]! - 1920, 6));
});

test('MC19: the errors told are those that other seeds show', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) =>
    summarise(samplesOf(simulated(model, { ...options, paths: 1024, seed })).total!, 8),
  );
  const p90 = Float64Array.from(seeds, ({ percentiles }) => percentiles.get(90)!.value);
  const told = Math.sqrt(seeds.reduce((sum, { percentiles }) => sum + percentiles.get(90)!.error! ** 2 / 40, 0));
  expect(summarise(p90, 1).spread / told).toBeGreaterThan(0.65);
  expect(summarise(p90, 1).spread / told).toBeLessThan(1.35);
  expect(summarise(p90, 1).mean.error).toBeNull();
});

test('MC20: convergence doubles the paths, ends at all of them, and its errors shrink', () => {
  const samples = samplesOf(simulated(model, options)).total!;
  const steps = convergence(samples, 8);
  expect(steps.map(({ paths }) => paths)).toEqual([128, 256, 512, 1024, 2048, 4096, 8192]);
  expect(steps.at(-1)!.mean).toEqual(summarise(samples, 8).mean);
  expect(steps.at(-1)!.mean.error!).toBeLessThan(steps[0]!.mean.error! / 3);
});

test.each<[Partial<SimulationOptions>, readonly string[]]>([
  [
    { drivers: [], correlations: [] },
    ['Nothing may vary here, so there is nothing to simulate. Give a driver a distribution.'],
  ],
  [{ drivers: [options.drivers[0]!, options.drivers[1]!, options.drivers[0]!] }, ['rate is given twice. Keep one.']],
  [
    {
      drivers: [
        { key: 'rate', distribution: { kind: 'normal', mean: 1, sd: -1 } },
        { ...options.drivers[1]!, persistence: 1.5 },
      ],
    },
    [
      'The sd of rate is below zero. A spread is zero or more.',
      '1.5 is not a persistence of dollar: they lie between 0, drawn anew every period, and 1, drawn once.',
    ],
  ],
  [
    { correlations: [{ between: ['rate', 'dollar'], value: 1.2 }] },
    ['1.2 is not a correlation of rate and dollar: they lie between -1 and 1.'],
  ],
  [{ paths: 0 }, ['0 is no number of paths. Give a whole number from 1 to 4194304.']],
  [{ periods: Number.NaN }, ['NaN is no number of periods. Give a whole number from 1 to 1200.']],
  [{ replicates: 2.5 }, ['2.5 is no number of replicates. Give a whole number from 1 to 64.']],
  [
    { residuals: [Array<number>(20).fill(1)], block: 30 },
    ['30 is no number of periods in a block. Give a whole number from 1 to 20.'],
  ],
  [{ seed: -1 }, ['-1 is not a seed. Give a whole number from 0.']],
  [
    { residuals: [[1, 2, 3]] },
    ["Paths take their shape from at least 12 periods of a forecast's misses; there are 3."],
  ],
  [
    { residuals: [Array<number>(12).fill(1), Array<number>(13).fill(1)] },
    ['The misses of some lines cover other periods than those of others. Take the periods that all have.'],
  ],
  [
    { residuals: [Array<number>(12).fill(Number.NaN)] },
    ['One of the misses of the forecast is not a number. Check where it comes from.'],
  ],
])('MC18: %j is refused', (change, sentences) => {
  const result = simulate(model, { ...options, ...change });
  expect(result.ok ? [] : result.faults.map((fault) => explainSimulation(fault, String))).toEqual(sentences);
});

test('MC18: a model without an answer is named with its path', () => {
  const broken: SimulationModel = { outputs: ['ratio'], evaluate: (_, [ratio]) => ratio!.fill(0).fill(1 / 0, 2, 3) };
  const result = simulate(broken, options);
  expect(result.ok ? [] : result.faults.map((fault) => explainSimulation(fault, String))).toEqual([
    'The model has no answer for ratio on path 3. Check what it divides by, and how large its drivers may become.',
  ]);
});

test('MC5, MC12: what was drawn otherwise than asked is told', () => {
  const driver = (key: string) => ({ ...options.drivers[1]!, key });
  const { notes } = simulated(
    { outputs: ['none'], evaluate: () => undefined },
    {
      drivers: ['a', 'b', 'c'].map(driver),
      correlations: [
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ].map(([one, other]) => ({ between: [one!, other!], value: -0.9 })),
      periods: 100,
      paths: 800,
      seed: 1,
    },
  );
  expect(notes.map((note) => explainNote(note, String))).toEqual([
    'The correlations contradict each other, so the nearest that can be were drawn: a and b -0.50 in place of -0.9, b and c -0.50 in place of -0.9, a and c -0.50 in place of -0.9.',
    '44 of the numbers a path takes were drawn plainly: evenly spread points have 256 at most.',
    '100 paths in each repetition are not a power of two, so they are spread a little less evenly than they could be.',
  ]);
  expect(simulated(model, options).notes).toEqual([]);
});

function simulated(of: SimulationModel, how: SimulationOptions): Simulation {
  const result = simulate(of, how);
  if (!result.ok) throw new Error(result.faults.map((fault) => explainSimulation(fault, String)).join(' '));
  return result.simulation;
}

function samplesOf({ samples }: Simulation): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(samples);
}

function planned(how: SimulationOptions): Plan {
  const result = planOf(how);
  if (!result.ok) throw new Error(result.faults.map((fault) => explainSimulation(fault, String)).join(' '));
  return result.plan;
}

/** Drivers, then residuals, of the first replicate. */
function drawnPaths(plan: Plan): readonly (readonly number[])[] {
  const [fill, draw] = [pointsOf({ ...plan, replicate: 0 }), drawerOf(plan, chunkSize)];
  const points = new Float64Array(chunkSize * plan.dimensions);
  const paths: number[][] = [...plan.drivers, ...plan.residuals].map(() => []);
  for (const { chunk } of chunksOf(plan)) {
    const { drivers, residuals } = draw(points, fill(chunk, points));
    [...drivers, ...residuals].forEach((cells, at) => paths[at]!.push(...cells));
  }
  return paths;
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const about = (values: readonly number[]): number[] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [x, y] = [about(one), about(other)];
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}
