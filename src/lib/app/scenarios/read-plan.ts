/** A version of the plan as it is stored, all parts that this person reads. */
import { openPlan } from '#lib/documents/documents.ts';
import { planPartOf } from '#lib/documents/plan-part.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { Plan } from '#lib/domain/scenario/plan.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { planNames } from '../area-documents.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** Documents are loaded only where a line has a formula: figures alone are in the projections. */
export async function readPlan(
  workspace: Pick<Workspace, 'reader' | 'edit' | 'rights'>,
  { departments }: Pick<Reference, 'departments'>,
  version: string,
): Promise<Result<Plan, StoreFailure>> {
  const lines = await workspace.reader.lines(version);
  if (lines.every(({ formula }) => formula === null)) {
    const planned = lines.map(({ phases, formula, ...line }) => ({ line, phases, formula }));
    return ok({ drivers: [], tables: [], lines: planned });
  }
  const parts: Plan[] = [];
  for (const name of planNames(version, departments)) {
    if (workspace.rights?.mayRead(name) !== true) continue;
    const part = await workspace.edit(name, (doc) => planPartOf(openPlan(doc)));
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok({
    drivers: parts.flatMap(({ drivers }) => drivers),
    tables: [],
    lines: parts.flatMap((part) => part.lines),
  });
}
