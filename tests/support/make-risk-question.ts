import { definitionsOf } from '#lib/domain/scenario/plan.ts';
import type { SimulationQuestion } from '#lib/workers/simulation-messages.ts';
import { monthsOf } from './make-model.ts';
import { makePlan } from './make-plan.ts';

/** Headcount, salary, inflation and the dollar of the usual plan may vary; salary and inflation go together. */
export function makeRiskQuestion(fields: Partial<SimulationQuestion> = {}): SimulationQuestion {
  return {
    definitions: definitionsOf(makePlan()) as SimulationQuestion['definitions'],
    timeline: [...monthsOf(1)],
    measure: { currency: 'EUR', rates: new Map([['USD', 'dollar']]), lines: null },
    varied: [
      { driverId: 'headcount', drawn: 'figure', distribution: { kind: 'triangular', low: 10, mode: 12, high: 16 } },
      { driverId: 'salary', drawn: 'factor', distribution: { kind: 'normal', mean: 1, sd: 0.05 } },
      { driverId: 'inflation', drawn: 'figure', distribution: { kind: 'pert', low: 0.01, mode: 0.03, high: 0.08 } },
      {
        driverId: 'dollar',
        drawn: 'factor',
        distribution: { kind: 'lognormal', meanLog: 0, sdLog: 0.1 },
        persistence: 0.9,
      },
    ],
    correlations: [{ between: ['salary', 'inflation'], value: 0.6 }],
    paths: 4096,
    replicates: 8,
    seed: 42,
    budget: 220_000_000,
    ...fields,
  };
}
