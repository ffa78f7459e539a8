/** Versions of the plan: made new, copied forward, named, put away. Their lines are edited through `BudgetSheet`. */
import { openCore, openPlan } from '#lib/documents/documents.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { rollForward } from '#lib/domain/budget/roll-forward.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { planName, planNames } from '../area-documents.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';

type NewVersion = Pick<BudgetVersion, 'name' | 'kind' | 'fiscalYear'>;

/** A new version without lines. */
export async function createVersion(
  workspace: Workspace,
  version: NewVersion,
  parentId: string | null = null,
): Promise<Result<BudgetVersion, StoreFailure>> {
  const created: BudgetVersion = {
    ...version,
    id: workspace.newId(),
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
  version: NewVersion,
  lines: readonly PlannedLine[],
): Promise<Result<BudgetVersion, StoreFailure>> {
  const created = await createVersion(workspace, version);
  if (!created.ok) return created;
  const written = await addLines(workspace, created.value.id, lines);
  return written.ok ? created : written;
}

/** Adds lines to a version, in transactions small enough to travel. */
export function addLines(
  workspace: Workspace,
  version: string,
  lines: readonly PlannedLine[],
): Promise<Result<void, StoreFailure>> {
  return workspace.add(planName(version), (doc) => insertInParts(doc, openPlan(doc).lines, lines));
}

export type CopyFailure = StoreFailure | { readonly kind: 'too-large'; readonly line: string };

/**
 * Copies a version into another year, every figure grown by `growth` percent (exact decimal text). Lines keep their ids,
 * so what was booked to a line counts against it in every version. (B7, B8)
 */
export async function copyVersion(
  workspace: Workspace,
  reference: Reference,
  source: BudgetVersion,
  into: NewVersion,
  growth: string,
): Promise<Result<BudgetVersion, CopyFailure>> {
  const lines = await linesOf(workspace, reference, source.id);
  if (!lines.ok) return lines;
  const from = periodsOfYear(reference.calendar, source.fiscalYear);
  const to = periodsOfYear(reference.calendar, into.fiscalYear);
  const grown = rollForward(
    lines.value.map(({ phases, ...line }) => ({ line, phases })),
    from,
    to,
    growth,
  );
  if (!grown.ok) {
    return err({ kind: 'too-large', line: lines.value.find(({ id }) => id === grown.error.lineId)?.name ?? '' });
  }
  const copies = grown.value.map(({ line, phases }) => ({ ...line, phases }));
  const created = await createVersion(workspace, into, source.id);
  if (!created.ok) return created;
  const written = await workspace.add(planName(created.value.id), (doc) =>
    insertInParts(doc, openPlan(doc).lines, copies),
  );
  return written.ok ? created : written;
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

async function linesOf(
  workspace: Workspace,
  reference: Reference,
  version: string,
): Promise<Result<readonly PlannedLine[], StoreFailure>> {
  const lines: PlannedLine[] = [];
  for (const name of planNames(version, reference.departments)) {
    const read = await workspace.edit(name, (doc) => [...openPlan(doc).lines.all()]);
    if (!read.ok) return read;
    lines.push(...read.value);
  }
  return ok(lines);
}
