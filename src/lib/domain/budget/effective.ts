/** What a plan comes to: typed figures as they are, lines by formula worked out, what cannot be worked out named. */
import type { Phases } from '#lib/domain/budget/line.ts';
import type { DefinitionFault } from '#lib/domain/expression/compile.ts';
import type { Definition, Driver } from '#lib/domain/expression/definition.ts';
import type { FigureFault } from '#lib/domain/expression/exact.ts';
import { amountsIn, figuresIn, modelOf, type Model, type ModelFault } from '#lib/domain/expression/model.ts';
import type { Timeline } from '#lib/domain/expression/timeline.ts';
import { unitOf } from '#lib/domain/expression/unit.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { definitionsOf, type Plan } from '#lib/domain/scenario/plan.ts';

/** Why something of a plan has no figures. */
export type PlanFault =
  | { readonly kind: 'in-formula'; readonly fault: DefinitionFault }
  /** The names on the way round, the first again at the end. */
  | { readonly kind: 'in-circle'; readonly names: readonly string[] }
  | { readonly kind: 'in-figure'; readonly fault: FigureFault }
  /** What it needs has no figures either. */
  | { readonly kind: 'in-need'; readonly name: string }
  | { readonly kind: 'id-twice' }
  /** Nobody said which year's periods there are. */
  | { readonly kind: 'no-year' };

export interface EffectivePlan {
  /** What could be worked out; whatever has a fault is zero in it. */
  readonly model: Model;
  /** By the id of a driver or line. */
  readonly faults: ReadonlyMap<string, PlanFault>;
}

/**
 * Works a plan out over the periods of its year; without any, no line by formula has figures. A fault is that of one driver or line and of those that need it; the
 * others come out as they would without it. (B12, B13)
 */
export function effectivePlan(plan: Plan, timeline: Timeline): EffectivePlan {
  const faults = new Map<string, PlanFault>();
  let definitions = once(definitionsOf(plan), faults);
  for (;;) {
    const model = modelOf(definitions, timeline);
    if (model.ok) return { model: model.value, faults: withNeeds(model.value, faults) };
    for (const [id, fault] of model.error.flatMap(faultsOf)) faults.set(id, fault);
    definitions = definitions.map((each) => (faults.has(each.id) ? standIn(each) : each));
  }
}

/** The figures of a line: what was typed where there is no formula. (B12) */
export function effectivePhases(
  { faults, model }: EffectivePlan,
  { line, phases, formula }: Plan['lines'][number],
): Result<Phases, PlanFault> {
  const fault = faults.get(line.id);
  if (fault?.kind === 'id-twice') return err(fault);
  if (line.archived || formula === null) return ok(phases);
  if (fault !== undefined) return err(fault);
  if (model.timeline.length === 0) return err({ kind: 'no-year' });
  const amounts = amountsIn(model, line.id).map((amount) => (amount.ok ? amount.value : 0));
  return ok(Object.fromEntries(model.timeline.map(({ key }, at) => [key, amounts[at] ?? 0])));
}

/** What is in a plan under two meanings has none. */
function once(definitions: readonly Definition[], faults: Map<string, PlanFault>): readonly Definition[] {
  const first = new Map<string, Definition>();
  for (const definition of definitions) {
    if (first.has(definition.id)) faults.set(definition.id, { kind: 'id-twice' });
    else first.set(definition.id, definition);
  }
  const single = [...first.values()];
  return faults.size === 0 ? single : single.map((each) => (faults.has(each.id) ? standIn(each) : each));
}

function faultsOf(fault: ModelFault): readonly (readonly [id: string, PlanFault])[] {
  switch (fault.kind) {
    case 'in-definition':
      return [[fault.id, { kind: 'in-formula', fault: fault.fault }]];
    case 'cycle':
      return fault.ids.map((id) => [id, { kind: 'in-circle', names: fault.names }]);
    case 'duplicate-id':
      return [[fault.id, { kind: 'id-twice' }]];
  }
}

/** Stands where something faulty stood, so that who needs it is found through it. */
function standIn(definition: Definition): Driver {
  const { id, name } = definition;
  const unit = definition.kind === 'line' ? definition.currency : definition.unit;
  return { kind: 'driver', id, name, unit: unitOf(unit) === undefined ? '' : unit, content: { values: [] } };
}

/** What needs what has no figures has none either, and a figure that goes wrong is told to whoever it reaches. (E21) */
function withNeeds(model: Model, known: ReadonlyMap<string, PlanFault>): ReadonlyMap<string, PlanFault> {
  const faults = new Map(known);
  const waiting = [...known.keys()];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const place = model.placeById.get(id) ?? -1;
    const name = model.nodes[place]?.definition.name ?? '';
    for (const dependent of model.dependents[place] ?? []) {
      const needing = model.nodes[dependent]?.definition.id ?? '';
      if (faults.has(needing)) continue;
      faults.set(needing, { kind: 'in-need', name });
      waiting.push(needing);
    }
  }
  for (const { definition } of model.nodes) {
    if (definition.kind === 'table' || faults.has(definition.id) || !('formula' in definition.content)) continue;
    const figures = definition.kind === 'line' ? amountsIn(model, definition.id) : figuresIn(model, definition.id);
    const wrong = figures.find((figure) => !figure.ok);
    if (wrong?.ok === false) faults.set(definition.id, { kind: 'in-figure', fault: wrong.error });
  }
  return faults;
}
