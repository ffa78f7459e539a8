/** One part of an open plan worked out, for whoever edits it. Loaded once a plan has a formula or somebody wants one. */
import type { PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import { planPartOf } from '#lib/documents/plan-part.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { effectivePhases, effectivePlan } from '#lib/domain/budget/effective.ts';
import { explainPlanFault } from '#lib/domain/budget/explain-fault.ts';
import type { Definition } from '#lib/domain/expression/definition.ts';
import { explainFault } from '#lib/domain/expression/explain.ts';
import { formulaFromTyped, formulaToTyped, idsIn } from '#lib/domain/expression/typed.ts';
import { unitOf } from '#lib/domain/expression/unit.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { DecimalMark } from '#lib/domain/money/numeral.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { definitionsOf, type Plan } from '#lib/domain/scenario/plan.ts';

export interface WorkedPart {
  /** In the order given; NaN in every period of a line that has no figures. */
  readonly lines: readonly EffectiveLine[];
  readonly drivers: readonly PlannedDriver[];
  /** Sentences by the id of a line or driver. */
  readonly faults: ReadonlyMap<string, string>;
  readonly plan: Plan;
}

export function workOutPart(
  lines: readonly PlannedLine[],
  drivers: readonly PlannedDriver[],
  periods: readonly Period[],
): WorkedPart {
  const plan = planPartOf({ lines: { all: () => lines }, drivers: { all: () => drivers } });
  const effective = effectivePlan(plan, periods);
  const planned = new Map(plan.lines.map((each) => [each.line.id, each]));
  const unknown = Object.fromEntries(periods.map(({ key }) => [key, NaN]));
  const shown = lines.map((line): EffectiveLine => {
    const found = planned.get(line.id);
    if (line.formula === null || found === undefined) return line;
    const phases = effectivePhases(effective, found);
    return phases.ok ? { ...line, phases: phases.value } : { ...line, phases: unknown, fault: phases.error };
  });
  const formulas = new Map([...lines, ...drivers].map(({ id, formula }) => [id, formula ?? '']));
  const faults = [...effective.faults].map(([id, fault]) => {
    return [id, explainPlanFault(fault, formulas.get(id) ?? '', (other) => nameIn(plan, other))] as const;
  });
  return { lines: shown, drivers, faults: new Map(faults), plan };
}

/** A formula as it is typed, for a line or driver of the part. */
export function typedFormula({ plan }: WorkedPart, formula: string, decimal: DecimalMark): string {
  return formulaToTyped(formula, decimal, (id) => nameIn(plan, id));
}

/** What was typed as the formula of a line or driver, as it is kept; or why it cannot be, in a sentence. */
export function keptFormula(
  { plan }: WorkedPart,
  of: Definition,
  typed: string,
  decimal: DecimalMark,
  periods: readonly Period[],
): Result<string, string> {
  const definitions = definitionsOf(plan);
  const formula = formulaFromTyped(typed, decimal, of, definitions, periods);
  if (!formula.ok) return err(explainFault(formula.error, typed));
  const changed = effectivePlan(withFormula(plan, of, formula.value), periods);
  const fault = changed.faults.get(of.id);
  if (fault?.kind === 'in-circle') return err(explainPlanFault(fault, typed, (id) => nameIn(plan, id)));
  return ok(formula.value);
}

/** Why a driver cannot be called that, count that or have that value; null when it can. */
export function driverFault({ plan }: WorkedPart, { id, name, unit }: PlannedDriver): string | null {
  if (name.trim() === '') return 'Give the driver a name: formulas use it.';
  const isTaken = definitionsOf(plan).some((each) => each.id !== id && sameName(each.name, name));
  if (isTaken) return `Something here is called “${name.trim()}” already. Choose another name.`;
  return unitOf(unit) === undefined ? `“${unit}” is not a unit. Write head, EUR, EUR/head, % or nothing.` : null;
}

/** Names of the lines and drivers whose formulas name this one. */
export function usesOf({ plan }: WorkedPart, id: string): readonly string[] {
  const ofDrivers = plan.drivers.map(
    ({ name, content }) => [name, 'formula' in content ? content.formula : null] as const,
  );
  const ofLines = plan.lines.flatMap(({ line, formula }) => (line.archived ? [] : [[line.name, formula] as const]));
  return [...ofDrivers, ...ofLines].flatMap(([name, formula]) =>
    formula !== null && idsIn(formula).has(id) ? [name] : [],
  );
}

function withFormula(plan: Plan, { id }: Definition, formula: string): Plan {
  const isNew = !plan.lines.some(({ line }) => line.id === id) && !plan.drivers.some((driver) => driver.id === id);
  if (isNew) return plan;
  return {
    ...plan,
    drivers: plan.drivers.map((driver) => (driver.id === id ? { ...driver, content: { formula } } : driver)),
    lines: plan.lines.map((each) => (each.line.id === id ? { ...each, formula } : each)),
  };
}

function nameIn(plan: Plan, id: string): string | undefined {
  return (
    plan.drivers.find((driver) => driver.id === id)?.name ?? plan.lines.find(({ line }) => line.id === id)?.line.name
  );
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
