/** Why a plan or a scenario cannot be worked out, in a sentence that says what to do. */
import { explainMeasure } from '#lib/analysis/scenario/explain.ts';
import type { SensitivityFault } from '#lib/analysis/scenario/sensitivity.ts';
import { explainFault } from '#lib/domain/expression/explain.ts';
import type { ModelFault } from '#lib/domain/expression/model.ts';
import { explainScenario } from '#lib/domain/scenario/explain.ts';
import type { Plan } from '#lib/domain/scenario/plan.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { explainStore } from '../explain-store.ts';
import type { BaseFault, BasePlan } from './base-plan.ts';
import type { Evaluated, EvaluationFault } from './evaluate.ts';
import type { KeptScenario } from './read-scenarios.ts';

export function explainBase(fault: BaseFault | StoreFailure): string {
  if (fault.kind === 'model') return explainModel(fault.faults);
  if (fault.kind !== 'no-rate-on') return explainStore(fault);
  const { currency, wanted, date } = fault;
  return `There is no rate from ${currency} to ${wanted} on ${date}. Add one in the settings, under rates.`;
}

export function explainEvaluation(fault: EvaluationFault, base: BasePlan, all: readonly KeptScenario[]): string {
  if (fault.kind === 'model') return explainModel(fault.faults);
  if (fault.kind !== 'change') return explainScenario(fault);
  const name = all.find(({ id }) => id === fault.scenario)?.name ?? '';
  return `“${name}”: ${named(explainScenario(fault.fault), base.plan)}`;
}

/** Why a plan that was worked out has no total, or no tornado. */
export function explainTotal(fault: SensitivityFault, { plan }: Evaluated): string {
  return explainMeasure(fault, (id) => nameIn(plan, id));
}

/** The name of a line or driver of a plan; its id where it has none of that id. */
export function nameIn({ lines, drivers }: Plan, id: string): string {
  return lines.find(({ line }) => line.id === id)?.line.name ?? drivers.find((each) => each.id === id)?.name ?? id;
}

function explainModel(faults: readonly ModelFault[]): string {
  const [fault] = faults;
  if (fault === undefined) return '';
  const more = faults.length > 1 ? ` ${faults.length - 1} more of this kind follow.` : '';
  switch (fault.kind) {
    case 'in-definition':
      return `“${fault.name}”: ${explainFault(fault.fault, '')}${more}`;
    case 'duplicate-id':
      return `Two things have the id ${fault.id}. Take one of them out.`;
    case 'cycle':
      return `These need each other: ${fault.names.join(' -> ')}. Break the circle at one of them.`;
  }
}

/** Sentences of the domain name what is gone by its id; a name that is still known says more. */
function named(sentence: string, plan: Plan): string {
  return sentence.replace(/\(([\w.-]+)\)/, (all, id: string) => {
    const name = nameIn(plan, id);
    return name === id ? all : `(${name})`;
  });
}
