/** Versions of the plan: made new, copied forward, named, put away. Their lines are edited through `BudgetSheet`. */
import { openCore, openPlan } from '#lib/documents/documents.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { rollForward } from '#lib/domain/budget/roll-forward.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { byPlanPart, planName, planNames } from '../area-documents.ts';
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

export type CopyFailure = StoreFailure | { readonly kind: 'too-large'; readonly line: string };

/**
 * Copies a version into another year, every figure grown by `growth` percent (exact decimal text). Lines keep their ids,
 * so what was booked to a line counts against it in every version. (B7, B8) Each goes into the part of its department's
 * area as the areas are now, or with `samePart` into the part it is in already.
 */
export async function copyVersion(
  workspace: Workspace,
  reference: Reference,
  source: BudgetVersion,
  into: NewVersion,
  growth: string,
  { samePart = false }: { readonly samePart?: boolean } = {},
): Promise<Result<BudgetVersion, CopyFailure>> {
  const lines = await linesOf(workspace, reference, source.id);
  if (!lines.ok) return lines;
  const from = periodsOfYear(reference.calendar, source.fiscalYear);
  const to = periodsOfYear(reference.calendar, into.fiscalYear);
  const grown = rollForward(
    lines.value.map(({ line: { phases, formula: _formula, ...line } }) => ({ line, phases })),
    from,
    to,
    growth,
  );
  if (!grown.ok) {
    return err({
      kind: 'too-large',
      line: lines.value.find(({ line }) => line.id === grown.error.lineId)?.line.name ?? '',
    });
  }
  const copies = grown.value.map(({ line, phases }) => ({ ...line, phases, formula: null }));
  const created = await createVersion(workspace, into, source.id);
  if (!created.ok) return created;
  const { id } = created.value;
  const areas = new Map(lines.value.map(({ line, area }) => [line.id, area]));
  const parts = samePart
    ? Map.groupBy(copies, (line) => planName(id, areas.get(line.id)))
    : byPlanPart(id, reference.departments, copies);
  const written = await addToParts(workspace, parts);
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

interface PlacedLine {
  readonly line: PlannedLine;
  /** The area whose part holds it. */
  readonly area: string | undefined;
}

async function linesOf(
  workspace: Workspace,
  reference: Reference,
  version: string,
): Promise<Result<readonly PlacedLine[], StoreFailure>> {
  const placed: PlacedLine[] = [];
  for (const name of planNames(version, reference.departments)) {
    const read = await workspace.edit(name, (doc) => [...openPlan(doc).lines.all()]);
    if (!read.ok) return read;
    placed.push(...read.value.map((line) => ({ line, area: name.split('/')[2] })));
  }
  return ok(placed);
}
