import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodTotals, type Measure } from '#lib/analysis/scenario/measure.ts';
import type { Distribution } from '#lib/analysis/simulation/distributions.ts';
import { explainSimulation } from '#lib/analysis/simulation/explain.ts';
import { planCosts, TOTAL, type VariedDriver } from '#lib/analysis/simulation/plan-costs.ts';
import { simulate, type Simulated } from '#lib/analysis/simulation/simulate.ts';
import { summarise } from '#lib/analysis/simulation/summary.ts';
import type { Definition, Table } from '#lib/domain/expression/definition.ts';
import { changed, type Model } from '#lib/domain/expression/model.ts';
import { definitionsOf } from '#lib/domain/scenario/plan.ts';
import { makeDriver, makeModel, makeModelLine } from '#tests/support/make-model.ts';
import { makePlan } from '#tests/support/make-plan.ts';

const inEuros: Measure = { currency: 'EUR', rates: new Map([['USD', 'dollar']]), lines: null };

interface Drawn extends VariedDriver {
  readonly distribution: Distribution;
}

function simulated(model: Model, drawn: readonly Drawn[], paths = 256): Simulated {
  const costs = planCosts(model, drawn, inEuros);
  if (!costs.ok) throw new Error(costs.error.kind);
  const drivers = drawn.map(({ driverId, distribution }) => ({ key: driverId, distribution }));
  return simulate(costs.value, { drivers, periods: model.timeline.length, paths, replicates: 1, seed: 7 });
}

function samplesOf(result: Simulated): ReadonlyMap<string, Float64Array> {
  if (!result.ok) throw new Error(result.faults.map((fault) => explainSimulation(fault, String)).join(' '));
  return result.simulation.samples;
}

const exactly = (value: number): Distribution => ({ kind: 'uniform', low: value, high: value });

test('MC22: headcount of 10 or 14 costs what the plan says of either', () => {
  const model = makeModel(definitionsOf(makePlan()));
  const coin: Distribution = { kind: 'discrete', values: [10, 14], probabilities: [0.5, 0.5] };
  const total = samplesOf(simulated(model, [{ driverId: 'headcount', drawn: 'figure', distribution: coin }])).get(
    TOTAL,
  )!;
  // Cloud 1.2 million and licences at 0.90 are 1,416,000 a year; one person with 3 % is 61,800.
  expect([...new Set(total)].sort()).toEqual([203_400_000, 228_120_000]);
  expect(summarise(total, 1).mean.value).toBeCloseTo(215_760_000, -5);
});

test('MC23: a factor multiplies what is planned in every period, and ends what the formula did', () => {
  const grown = makeDriver('price', 'EUR/head', 'prev(price * 1.1; 100)');
  const heads = makeDriver('heads', 'head', { value: '3' });
  const model = makeModel([grown, heads, makeModelLine('seats', 'heads * price')]);
  const samples = samplesOf(simulated(model, [{ driverId: 'price', drawn: 'factor', distribution: exactly(2) }], 4));
  expect(samples.get('2027-01')![0]).toBe(60_000);
  expect(samples.get('2027-03')![0]).toBe(72_600);
  const flat = samplesOf(simulated(model, [{ driverId: 'price', drawn: 'figure', distribution: exactly(50) }], 4));
  expect(flat.get('2027-03')![3]).toBe(15_000);
});

test('MC23: the rate of a currency may vary, and a driver that the plan does not have changes nothing', () => {
  const model = makeModel(definitionsOf(makePlan()));
  const samples = samplesOf(
    simulated(model, [
      { driverId: 'nobody', drawn: 'factor', distribution: { kind: 'normal', mean: 1, sd: 1 } },
      { driverId: 'dollar', drawn: 'figure', distribution: exactly(1.1) },
    ]),
  );
  expect(new Set(samples.get('2027-01'))).toEqual(new Set([6_180_000 + 10_000_000 + 2_200_000]));
});

const bands: Table = {
  kind: 'table',
  id: 'steps',
  name: 'steps',
  unit: 'EUR',
  content: { keyUnit: 'head', bands: [{ from: '0', value: '100' }, { from: '5', value: '250' }] }, // prettier-ignore
};
const rows: Table = { kind: 'table', id: 'towns', name: 'towns', unit: 'EUR', content: { rows: { Porto: '70', Oslo: '9' } } }; // prettier-ignore

/** Every kind of term the language has. */
const everything: readonly Definition[] = [
  makeDriver('heads', 'head', { value: '4' }),
  makeDriver('rate', 'EUR/head', 'prev(rate * 1.01; 40)'),
  makeDriver('growth', '%', { value: '0.02' }),
  bands,
  rows,
  makeModelLine('people', 'heads * rate * (1 + growth)'),
  makeModelLine('floor', 'max(people; lookup(steps; heads); 120)'),
  makeModelLine('sites', 'people / 3 + lookup(towns; "Porto")'),
  makeModelLine('bonus', 'if(heads * 1.1 <= 5.39 head; people * 10%; people * 5% - 20)'),
  makeModelLine('memory', 'prev(people; 5) + avg(people over last 3) - min(floor over ytd)'),
  makeModelLine(
    'calendar',
    'sum(people over year) / 100 + at(floor; "2027-03") + dated(heads * 1 EUR / 1 head; "2027-06-01"; 7) + (period + year) * 1 EUR',
  ),
  makeModelLine('dollars', 'people * 1 USD / 1 EUR', { currency: 'USD', nature: 'revenue' }),
  makeDriver('dollar', 'EUR/USD', '0.9 EUR / 1 USD * (1 + growth)'),
];

test('MC22: with any figures of its drivers a path is the plan with these figures', () => {
  const model = makeModel(everything);
  const figures = fc.record({
    heads: fc.constantFrom('0', '4.9', '5', '17'),
    growth: fc.constantFrom('-0.5', '0', '0.0333'),
    rate: fc.constantFrom('12.34567', '40'),
  });
  fc.assert(
    fc.property(figures, (given) => {
      const replaced = Object.entries(given).map(([id, value]) => {
        const before = everything.find((each) => each.id === id)!;
        return { ...before, content: { values: [{ from: null, value }] } } as Definition;
      });
      const after = changed(model, replaced);
      const exact = after.ok ? periodTotals(after.value.model, inEuros) : after;
      if (!exact.ok) throw new Error(JSON.stringify(exact.error));
      const drawn = Object.entries(given).map(([driverId, value]): Drawn => {
        return { driverId, drawn: 'figure', distribution: exactly(Number(value)) };
      });
      const samples = samplesOf(simulated(model, drawn, 3));
      model.timeline.forEach(({ key }, at) => {
        for (const amount of samples.get(key)!) expect(Math.abs(amount - exact.value[at]!)).toBeLessThanOrEqual(1);
      });
    }),
    { numRuns: 24 },
  );
});

test('MC22: a driver drawn as planned gives the plan, whatever else follows from it', () => {
  const model = makeModel(everything);
  const exact = periodTotals(model, inEuros);
  const samples = samplesOf(
    simulated(model, ['heads', 'rate', 'growth'].map((driverId) => ({ driverId, drawn: 'factor', distribution: exactly(1) }))), // prettier-ignore
  );
  expect(exact.ok && [...exact.value]).toEqual(model.timeline.map(({ key }) => samples.get(key)![0]));
});

test('MC24: what has no answer on some path is refused in words, and so is a plan without a total', () => {
  const model = makeModel([
    makeDriver('seats', 'head', { value: '2' }),
    makeModelLine('share', 'min(9 EUR; 1000 EUR * 1 head / seats)'),
  ]);
  const coin: Distribution = { kind: 'discrete', values: [0, 2], probabilities: [0.5, 0.5] };
  const result = simulated(model, [{ driverId: 'seats', drawn: 'figure', distribution: coin }]);
  expect(!result.ok && explainSimulation(result.faults[0]!, String)).toMatch(
    /^The model has no answer for total on path \d+\. Check what it divides by, and how large its drivers may become\.$/,
  );
  const foreign = makeModel([makeModelLine('licences', 100, { currency: 'CHF' })]);
  expect(planCosts(foreign, [], inEuros)).toEqual({
    ok: false,
    error: { kind: 'no-rate', currency: 'CHF', wanted: 'EUR' },
  });
});
