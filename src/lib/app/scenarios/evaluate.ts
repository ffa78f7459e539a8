/** A scenario worked out over the plan it stands on, by the engine that works out the plan. */
import type { PlannedLine } from '#lib/documents/plan.ts';
import { amountsIn, changed, type Model, type ModelFault } from '#lib/domain/expression/model.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { patched, type PatchFault } from '#lib/domain/scenario/patch.ts';
import { definitionsOf, type Plan } from '#lib/domain/scenario/plan.ts';
import { lineageOf, type ScenarioFault } from '#lib/domain/scenario/scenario.ts';
import type { BasePlan } from './base-plan.ts';
import type { KeptScenario, PlacedChange } from './read-scenarios.ts';

export interface Evaluated {
  readonly plan: Plan;
  readonly model: Model;
}

export type EvaluationFault =
  | ScenarioFault
  /** A change that the plan below no longer fits: it can be taken out. */
  | { readonly kind: 'change'; readonly scenario: string; readonly change: PlacedChange; readonly fault: PatchFault }
  | { readonly kind: 'model'; readonly faults: readonly ModelFault[] };

/** What stands under a scenario: the version at the bottom, and the scenarios down to it. */
export function standingOf(
  id: string,
  scenarios: readonly KeptScenario[],
): Result<{ readonly versionId: string; readonly scenarios: readonly KeptScenario[] }, ScenarioFault> {
  const lineage = lineageOf(id, scenarios);
  if (!lineage.ok) return lineage;
  const ids = lineage.value.scenarios.map((scenario) => scenario.id);
  return ok({
    versionId: lineage.value.versionId,
    scenarios: ids.flatMap((each) => scenarios.filter((scenario) => scenario.id === each)),
  });
}

/** The plan and its figures in a scenario; `base` is of the version that the scenario stands over at the bottom. */
export function evaluate(
  base: BasePlan,
  id: string,
  scenarios: readonly KeptScenario[],
): Result<Evaluated, EvaluationFault> {
  const standing = standingOf(id, scenarios);
  if (!standing.ok) return standing;
  let { plan } = base;
  for (const scenario of standing.value.scenarios) {
    for (const change of scenario.entries) {
      const next = patched(plan, [change.change], base.timeline);
      if (!next.ok) return err({ kind: 'change', scenario: scenario.id, change, fault: next.error });
      plan = next.value;
    }
  }
  const model = modelFrom(base.model, plan);
  return model.ok ? ok({ plan, model: model.value }) : err({ kind: 'model', faults: model.error });
}

/** The lines of a plan with the amounts that were worked out for them; those without an amount somewhere have none. */
export function linesIn({ plan, model }: Evaluated): readonly PlannedLine[] {
  return plan.lines.map(({ line, formula }) => {
    const amounts = amountsIn(model, line.id);
    const phases = model.timeline.flatMap(({ key }, at) => {
      const amount = amounts[at];
      return amount?.ok === true ? [[key, amount.value] as const] : [];
    });
    return { ...line, formula, phases: Object.fromEntries(phases) };
  });
}

/** Works out only what the scenario defines otherwise, and what needs it. */
function modelFrom(model: Model, plan: Plan): Result<Model, readonly ModelFault[]> {
  const others = definitionsOf(plan).filter(
    (definition) => model.nodes[model.placeById.get(definition.id) ?? -1]?.definition !== definition,
  );
  if (others.length === 0) return ok(model);
  const result = changed(model, others);
  return result.ok ? ok(result.value.model) : result;
}
