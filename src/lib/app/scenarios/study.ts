/** A version of the plan and the scenarios over it, each worked out: what the pages show of scenarios. */
import { total } from '#lib/analysis/scenario/measure.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { basePlanOf, type BaseFault, type BasePlan } from './base-plan.ts';
import { evaluate, standingOf, type Evaluated } from './evaluate.ts';
import { explainEvaluation, explainTotal } from './explain.ts';
import { readPlan } from './read-plan.ts';
import { readScenarios, type KeptScenario } from './read-scenarios.ts';

export interface Study {
  readonly base: BasePlan;
  /** Every scenario of the workspace: the others may stand under these. */
  readonly all: readonly KeptScenario[];
  /** The version as it stands first, then the scenarios over it that were not put away. */
  readonly outcomes: readonly Outcome[];
}

export interface Outcome {
  readonly id: string;
  readonly name: string;
  /** Null for the version itself. */
  readonly scenario: KeptScenario | null;
  readonly evaluated: Evaluated | null;
  /** Costs less revenue, minor units of the base currency; null where it cannot be worked out. */
  readonly total: number | null;
  /** Why not, as a sentence. */
  readonly why: string | null;
  /** The change that the plan no longer fits, which can be taken out. */
  readonly unfit: { readonly scenario: string; readonly change: string } | null;
}

/** Scenarios that stand over a version, by whatever way, the oldest first; those put away are left out. */
function scenariosOver(versionId: string, scenarios: readonly KeptScenario[]): readonly KeptScenario[] {
  return scenarios.filter(({ id, archived }) => {
    const standing = standingOf(id, scenarios);
    return !archived && standing.ok && standing.value.versionId === versionId;
  });
}

export async function readStudy(
  workspace: Pick<Workspace, 'reader' | 'edit' | 'rights'>,
  reference: Reference,
  version: BudgetVersion,
): Promise<Result<Study, BaseFault | StoreFailure>> {
  const [plan, all] = await Promise.all([readPlan(workspace, reference, version.id), readScenarios(workspace.reader)]);
  if (!plan.ok) return plan;
  const base = basePlanOf(version, plan.value, reference);
  if (!base.ok) return base;
  const over = scenariosOver(version.id, all);
  return ok({ base: base.value, all, outcomes: [versionOutcome(base.value), ...over.map(outcomeIn(base.value, all))] });
}

function versionOutcome(base: BasePlan): Outcome {
  const { version, plan, model } = base;
  return { ...counted(base, { plan, model }), id: version.id, name: version.name, scenario: null };
}

function outcomeIn(base: BasePlan, all: readonly KeptScenario[]) {
  return (scenario: KeptScenario): Outcome => {
    const { id, name } = scenario;
    const evaluated = evaluate(base, id, all);
    if (evaluated.ok) return { ...counted(base, evaluated.value), id, name, scenario };
    const { error } = evaluated;
    const unfit = error.kind === 'change' ? { scenario: error.scenario, change: error.change.id } : null;
    return { id, name, scenario, evaluated: null, total: null, why: explainEvaluation(error, base, all), unfit };
  };
}

function counted({ measure }: BasePlan, evaluated: Evaluated): Pick<Outcome, 'evaluated' | 'total' | 'why' | 'unfit'> {
  const sum = total(evaluated.model, measure);
  if (sum.ok) return { evaluated, total: sum.value, why: null, unfit: null };
  return { evaluated, total: null, why: explainTotal(sum.error, evaluated), unfit: null };
}
