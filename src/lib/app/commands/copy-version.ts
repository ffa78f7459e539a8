/** A version made from another one: last year's grown, or a draft that amends what was approved. */
import { openPlan } from '#lib/documents/documents.ts';
import { YEAR, type PlannedDriver } from '#lib/domain/budget/driver.ts';
import { planPartOf } from '#lib/documents/plan-part.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { rollPlanForward } from '#lib/domain/budget/roll-forward-plan.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { areaOf } from '#lib/domain/organisation/department-tree.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { planName, planNames } from '../area-documents.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { createVersion, type NewVersion } from './budget.ts';

export type CopyFailure = StoreFailure | { readonly kind: 'too-large'; readonly line: string };

/**
 * Copies a version into another year, every figure grown by `growth` percent (exact decimal text). Lines keep their ids,
 * so what was booked to a line counts against it in every version, and so do drivers, which formulas name by them. (B7, B8,
 * B14) Each line goes into the part of its department's area as the areas are now, or with `samePart` into the part it is
 * in already; drivers stay in theirs.
 */
export async function copyVersion(
  workspace: Workspace,
  reference: Reference,
  source: BudgetVersion,
  into: NewVersion,
  growth: string,
  { samePart = false }: { readonly samePart?: boolean } = {},
): Promise<Result<BudgetVersion, CopyFailure>> {
  const sources = await partsOf(workspace, reference, source.id);
  if (!sources.ok) return sources;
  const id = workspace.newId();
  const from = periodsOfYear(reference.calendar, source.fiscalYear);
  const to = periodsOfYear(reference.calendar, into.fiscalYear);
  const parts = new Map(
    sources.value.map(({ area, drivers }) => [planName(id, area), { lines: [] as PlannedLine[], drivers }]),
  );
  for (const { area, plan } of sources.value) {
    const placeOf = ({ line }: PlanLine): string =>
      planName(id, samePart ? area : areaOf(reference.departments, line.departmentId));
    const rolled = rollPlanForward(plan, from, to, growth, (line) => placeOf(line) !== planName(id, area));
    if (!rolled.ok) {
      const found = plan.lines.find(({ line }) => line.id === rolled.error.lineId);
      return err({ kind: 'too-large', line: found?.line.name ?? '' });
    }
    for (const copy of rolled.value) {
      const { line, phases, formula } = copy;
      const part = parts.get(placeOf(copy)) ?? { lines: [], drivers: [] };
      parts.set(placeOf(copy), part);
      part.lines.push({ ...line, phases, formula });
    }
  }
  const created = await createVersion(workspace, into, source.id, id);
  if (!created.ok) return created;
  for (const [name, part] of parts) {
    const written = await writePart(workspace, name, part, into.fiscalYear);
    if (!written.ok) return written;
  }
  return created;
}

interface Part {
  readonly area: string;
  readonly plan: Plan;
  readonly drivers: readonly PlannedDriver[];
}

async function partsOf(
  workspace: Workspace,
  reference: Reference,
  version: string,
): Promise<Result<readonly Part[], StoreFailure>> {
  const parts: Part[] = [];
  for (const name of planNames(version, reference.departments)) {
    const area = name.split('/')[2] ?? '';
    const read = await workspace.edit(name, (doc): Part => {
      const tables = openPlan(doc);
      return { area, plan: planPartOf(tables), drivers: [...tables.drivers.all()] };
    });
    if (!read.ok) return read;
    parts.push(read.value);
  }
  return ok(parts);
}

async function writePart(
  workspace: Workspace,
  name: string,
  { lines, drivers }: { readonly lines: readonly PlannedLine[]; readonly drivers: readonly PlannedDriver[] },
  fiscalYear: number,
): Promise<Result<void, StoreFailure>> {
  if (lines.length === 0 && drivers.length === 0) return ok(undefined);
  return workspace.add(name, (doc) => {
    const plan = openPlan(doc);
    for (const driver of drivers) plan.drivers.insert(driver);
    const isWorkedOut = drivers.length > 0 || lines.some(({ formula }) => formula !== null);
    if (isWorkedOut) plan.years.insert({ id: YEAR, fiscalYear });
    return insertInParts(doc, plan.lines, lines);
  });
}
