/** The budget lines of one part of a plan with what they come to. */
import { effectivePhases, effectivePlan, type PlanFault } from '#lib/domain/budget/effective.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { PlannedDriver } from '#lib/domain/budget/driver.ts';
import { planPartOf } from './plan-part.ts';
import type { PlannedLine } from './plan.ts';

/** Its phases are those that count: worked out where it has a formula. */
export interface EffectiveLine extends PlannedLine {
  /** Why its formula gives no figures; then it has no phases, and no total is whole. */
  readonly fault?: PlanFault;
}

/** In the order given. Lines without a formula are what was typed. (B12, B13) */
export function effectiveLines(
  lines: readonly PlannedLine[],
  drivers: readonly PlannedDriver[],
  periods: readonly Period[],
): readonly EffectiveLine[] {
  if (lines.every(({ formula }) => formula === null)) return lines;
  const part = planPartOf({ lines: { all: () => lines }, drivers: { all: () => drivers } });
  const effective = effectivePlan(part, periods);
  const planned = new Map(part.lines.map((each) => [each.line.id, each]));
  return lines.map((line) => {
    const found = planned.get(line.id);
    if (line.formula === null || found === undefined) return line;
    const phases = effectivePhases(effective, found);
    return phases.ok ? { ...line, phases: phases.value } : { ...line, phases: {}, fault: phases.error };
  });
}
