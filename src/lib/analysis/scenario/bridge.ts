/** How one total becomes another: a waterfall with a step for each driver and line that differs. */
import { ok, type Result } from '#lib/domain/result.ts';
import type { Definition } from '#lib/domain/expression/definition.ts';
import type { Model } from '#lib/domain/expression/model.ts';
import { differenceOf, modelWith } from './difference.ts';
import { total, type Measure, type MeasureFault } from './measure.ts';

/** Minor units of the measure's currency. */
export interface Bridge {
  readonly from: number;
  readonly steps: readonly Step[];
  /** What the changes do together beyond what each does alone. */
  readonly interaction: number;
  readonly to: number;
  /** Names of changes that cannot be made alone: what they do is part of the interaction. */
  readonly together: readonly string[];
}

interface Step {
  readonly id: string;
  readonly name: string;
  readonly kind: Definition['kind'];
  /** What the total would change by if this alone were changed. */
  readonly effect: number;
}

/**
 * Each step is measured alone from `from` (one at a time), so no order of changes favours any; they are listed by size,
 * of equals by name. from + steps + interaction is `to` exactly. (SA3, SA4)
 */
export function bridge(from: Model, to: Model, measure: Measure): Result<Bridge, MeasureFault> {
  const begin = total(from, measure);
  if (!begin.ok) return begin;
  const end = total(to, measure);
  if (!end.ok) return end;
  const { causes, support } = differenceOf(from, to);
  const base = modelWith(from, support);
  const steps: Step[] = [];
  const together: string[] = [];
  for (const cause of causes) {
    const alone = base && modelWith(base, [cause]);
    const reached = alone && total(alone, measure);
    const { id, name, kind } = cause;
    if (reached?.ok) steps.push({ id, name, kind, effect: reached.value - begin.value });
    else together.push(name);
  }
  steps.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.name < b.name ? -1 : 1));
  const alone = steps.reduce((sum, { effect }) => sum + effect, 0);
  const interaction = end.value - begin.value - alone;
  return ok({ from: begin.value, steps, interaction, to: end.value, together });
}
