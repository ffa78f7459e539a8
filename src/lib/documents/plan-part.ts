import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import { driverOf, type PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { PlannedLine } from './plan.ts';
import type { Table } from './record-table.ts';

/**
 * One part of a plan as scenarios and formulas see it, in the order of ids. It has no tables: nothing stores any yet. A
 * line that is the same object as before gives the same object again.
 */
export function planPartOf({
  lines,
  drivers,
}: {
  readonly lines: Pick<Table<PlannedLine>, 'all'>;
  readonly drivers: Pick<Table<PlannedDriver>, 'all'>;
}): Plan {
  return {
    drivers: [...drivers.all()].sort(byId).map(driverOf),
    tables: [],
    lines: [...lines.all()].sort(byId).map(planLineOf),
  };
}

const planLines = new WeakMap<PlannedLine, PlanLine>();

function planLineOf(planned: PlannedLine): PlanLine {
  let made = planLines.get(planned);
  if (made === undefined) {
    const { phases, formula, ...line } = planned;
    planLines.set(planned, (made = { line, phases, formula }));
  }
  return made;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
