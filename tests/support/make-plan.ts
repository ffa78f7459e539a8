import type { BudgetLine } from '#lib/domain/budget/line.ts';
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import type { Change, Scenario } from '#lib/domain/scenario/scenario.ts';
import { makeLine } from './make-line.ts';
import { makeDriver, monthsOf } from './make-model.ts';

/** A line by its formula, or by minor units in every month of 2027. Its name is its id. */
export function makePlanLine(id: string, content: string | number, fields: Partial<BudgetLine> = {}): PlanLine {
  const isFormula = typeof content === 'string';
  const phases = isFormula ? {} : Object.fromEntries(monthsOf(1).map(({ key }) => [key, content]));
  return { line: makeLine({ id, name: id, ...fields }), phases, formula: isFormula ? content : null };
}

/** Twelve people at 5,000 a month with 3 % inflation, 100,000 of cloud a month, 20,000 of licences in dollars. */
export function makePlan(): Plan {
  return {
    drivers: [
      makeDriver('headcount', 'head', { value: '12' }),
      makeDriver('salary', 'EUR/head', { value: '5000' }),
      makeDriver('inflation', '%', { value: '0.03' }),
      makeDriver('dollar', 'EUR/USD', { value: '0.9' }),
    ],
    tables: [],
    lines: [
      makePlanLine('people', 'headcount * salary * (1 + inflation)'),
      makePlanLine('cloud', 10_000_000),
      makePlanLine('licences', 2_000_000, { currency: 'USD' }),
    ],
  };
}

/** A scenario over the version `budget`. Its name is its id. */
export function makeScenario(id: string, changes: readonly Change[], fields: Partial<Scenario> = {}): Scenario {
  return {
    id,
    name: id,
    ownerId: null,
    over: { versionId: 'budget' },
    changes,
    assumptions: [],
    probability: null,
    ...fields,
  };
}
