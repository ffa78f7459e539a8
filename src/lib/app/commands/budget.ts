/** Versions of the plan: made new, copied forward, named, put away. Their lines are edited through `BudgetSheet`. */
import { openCore, openPlan } from '#lib/documents/documents.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { byPlanPart } from '../area-documents.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';

export type NewVersion = Pick<BudgetVersion, 'name' | 'kind' | 'fiscalYear'>;

/** A new version without lines. */
export async function createVersion(
  workspace: Workspace,
  version: NewVersion,
  parentId: string | null = null,
  id = workspace.newId(),
): Promise<Result<BudgetVersion, StoreFailure>> {
  const created: BudgetVersion = {
    ...version,
    id,
    parentId,
    createdAt: workspace.nowIso(),
    createdBy: workspace.member,
    archived: false,
  };
  const written = await workspace.add('core', (doc) => openCore(doc).versions.insert(created));
  return written.ok ? ok(created) : written;
}

/** A new version with the lines given, e.g. from an import. */
export async function createVersionWith(
  workspace: Workspace,
  reference: Reference,
  version: NewVersion,
  lines: readonly PlannedLine[],
): Promise<Result<BudgetVersion, StoreFailure>> {
  const created = await createVersion(workspace, version);
  if (!created.ok) return created;
  const written = await addLines(workspace, reference, created.value.id, lines);
  return written.ok ? created : written;
}

/** Adds lines to a version, each to the part of its department's area, in transactions small enough to travel. */
export function addLines(
  workspace: Workspace,
  { departments }: Reference,
  version: string,
  lines: readonly PlannedLine[],
): Promise<Result<void, StoreFailure>> {
  return addToParts(workspace, byPlanPart(version, departments, lines));
}

export function renameVersion(workspace: Workspace, id: string, name: string): Promise<Result<void, StoreFailure>> {
  return workspace.edit('core', (doc) => openCore(doc).versions.revise(id, { name }, workspace.author()));
}

/** Puts a version away; it stays readable and can be brought back. */
export function archiveVersion(
  workspace: Workspace,
  id: string,
  archived: boolean,
): Promise<Result<void, StoreFailure>> {
  return workspace.edit('core', (doc) => openCore(doc).versions.revise(id, { archived }, workspace.author()));
}

async function addToParts(
  workspace: Workspace,
  parts: ReadonlyMap<string, readonly PlannedLine[]>,
): Promise<Result<void, StoreFailure>> {
  for (const [name, lines] of parts) {
    const written = await workspace.add(name, (doc) => insertInParts(doc, openPlan(doc).lines, lines));
    if (!written.ok) return written;
  }
  return ok(undefined);
}
