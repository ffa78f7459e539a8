import { expect, test } from 'vitest';
import { histogram, percentiles } from '#lib/analysis/simulation/summary.ts';
import type { Risk, SimulationQuestion } from '#lib/workers/simulation-messages.ts';
import { prepare } from '#lib/workers/simulation.ts';
import { makeRiskQuestion } from '#tests/support/make-risk-question.ts';

function riskOf(question: SimulationQuestion): Risk {
  const prepared = prepare(question);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  const { pieces, run, finish } = prepared.value;
  const answer = finish(Array.from({ length: pieces }, (_, piece) => run(piece)));
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

test('MC19 to MC21: what may come of the usual plan, told in figures that fit each other', () => {
  const risk = riskOf(makeRiskQuestion());
  // Twelve and two thirds people at 5,000 a month with some 3.5 % inflation, cloud of 1.2 million, licences at 0.9.
  expect(risk.total.mean.value / 100).toBeCloseTo(((38 / 3) * 60_000 * 1.035 + 1_200_000 + 216_000 * Math.exp(0.005)), -4); // prettier-ignore
  expect(risk.total.mean.error).toBeLessThan(200_000);
  expect(risk.exceedance?.value).toBeCloseTo(risk.samples.filter((total) => total > 220_000_000).length / 4096, 9);
  expect(risk.histogram.reduce((sum, { paths }) => sum + paths, 0)).toBe(4096);
  const periods = risk.periods.reduce((sum, { mean }) => sum + mean, 0);
  expect(periods).toBeCloseTo(risk.total.mean.value, 0);
  expect(risk.shares.map(({ drivers }) => drivers)).toEqual([['headcount'], ['salary', 'inflation'], ['dollar']]);
  expect(risk.shares.reduce((sum, { first }) => sum + first.value, 0)).toBeCloseTo(1, 1);
  expect(risk.convergence.map(({ paths }) => paths)).toEqual([128, 256, 512, 1024, 2048, 4096]);
});

test('MC17: two scenarios of one seed differ by what they change and by nothing else', () => {
  const base = riskOf(makeRiskQuestion());
  const definitions = makeRiskQuestion().definitions.map((definition) =>
    definition.id === 'cloud' && definition.kind === 'line'
      ? { ...definition, content: { formula: '90000 EUR' } }
      : definition,
  );
  const scenario = riskOf(makeRiskQuestion({ definitions }));
  expect(scenario.layout).toBe(base.layout);
  const saved = scenario.samples.map((total, path) => (base.samples[path] ?? NaN) - total);
  expect(new Set(saved)).toEqual(new Set([12_000_000]));
});

test('MC18: what cannot be run is refused before any path is', () => {
  const errors = (fields: Partial<SimulationQuestion>) => {
    const prepared = prepare(makeRiskQuestion(fields));
    return prepared.ok ? [] : prepared.error;
  };
  expect(errors({ paths: 0 })).toMatchObject([{ kind: 'simulation', fault: { kind: 'not-a-count', of: 'paths' } }]);
  expect(errors({ measure: { currency: 'EUR', rates: new Map(), lines: null } })).toEqual([
    { kind: 'measure', fault: { kind: 'no-rate', currency: 'USD', wanted: 'EUR' } },
  ]);
  const circle = [{ kind: 'driver', id: 'a', name: 'a', unit: '', content: { formula: 'a' } } as const];
  expect(errors({ definitions: circle })).toMatchObject([{ kind: 'model', fault: { kind: 'cycle' } }]);
});

test('MC27: a message that is no question is refused with the part that cannot be read', () => {
  const at = (message: unknown) => {
    const prepared = prepare(message);
    return prepared.ok ? null : prepared.error;
  };
  expect(at(null)).toEqual([{ kind: 'unreadable', at: '' }]);
  expect(
    at({ ...makeRiskQuestion(), varied: [{ driverId: 'a', drawn: 'figure', distribution: { kind: 'cauchy' } }] }),
  ).toEqual([{ kind: 'unreadable', at: 'varied.0.distribution.kind' }]);
  expect(at({ ...makeRiskQuestion(), budget: Number.NaN })).toEqual([{ kind: 'unreadable', at: 'budget' }]);
});

test('MC25: every path is in one bin, and equal ones share the only one', () => {
  const samples = Float64Array.from({ length: 1000 }, (_, at) => (at * at) % 997);
  const bins = histogram(samples, 10);
  expect(bins).toHaveLength(10);
  expect(bins.reduce((sum, { paths }) => sum + paths, 0)).toBe(1000);
  for (const { from, to, paths } of bins.slice(0, -1))
    expect(samples.filter((value) => value >= from && value < to)).toHaveLength(paths);
  expect(histogram(new Float64Array(5).fill(7))).toEqual([{ from: 7, to: 7, paths: 5 }]);
  expect(histogram(new Float64Array(0))).toEqual([]);
  expect(percentiles(Float64Array.of(1, 3, 2), [0, 50, 75]).get(75)).toBe(2.5);
});
