/** What everybody edits together and everybody reads: categories, vendors, projects, objectives. */
import type { JsonValue } from '#lib/domain/json.ts';
import type { Category } from '#lib/domain/organisation/category.ts';
import type { Objective } from '#lib/domain/organisation/objective.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import type { WorkspaceSettings } from '#lib/documents/core.ts';
import { openCore } from '#lib/documents/documents.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Workspace } from '../workspace.svelte.ts';

interface References {
  readonly categories: Category;
  readonly vendors: Vendor;
  /** What is said of its course is written period by period: see `sayProgress`. */
  readonly projects: Omit<Project, 'progress'>;
  readonly objectives: Objective;
}

/** Adds a record to a list and gives it its id. */
export async function addReference<L extends keyof References>(
  workspace: Workspace,
  list: L,
  fields: Omit<References[L], 'id'>,
): Promise<Result<References[L], StoreFailure>> {
  const record = { ...fields, id: workspace.newId() } as References[L];
  const added = await workspace.edit('core', (doc) => tableOf(openCore(doc), list).insert(record));
  return added.ok ? ok(record) : added;
}

export function reviseReference<L extends keyof References>(
  workspace: Workspace,
  list: L,
  id: string,
  fields: Partial<Omit<References[L], 'id'>>,
): Promise<Result<void, StoreFailure>> {
  return workspace.edit('core', (doc) =>
    openCore(doc)[list].revise(id, fields as Record<string, JsonValue>, workspace.author()),
  );
}

export function removeReference(
  workspace: Workspace,
  list: keyof References,
  id: string,
): Promise<Result<void, StoreFailure>> {
  return workspace.edit('core', (doc) => openCore(doc)[list].remove(id, workspace.author()));
}

export function restoreReference(
  workspace: Workspace,
  list: keyof References,
  id: string,
): Promise<Result<void, StoreFailure>> {
  return workspace.edit('core', (doc) => openCore(doc)[list].restore(id, workspace.author()));
}

/** How the workspace writes numbers and dates for everybody: a BCP 47 tag. */
export function setLocale(workspace: Workspace, locale: string): Promise<Result<void, StoreFailure>> {
  return workspace.edit('core', (doc) =>
    openCore(doc).workspace.revise('settings', { locale } satisfies Partial<WorkspaceSettings>, workspace.author()),
  );
}

function tableOf<L extends keyof References>(
  core: ReturnType<typeof openCore>,
  list: L,
): { insert(record: References[L]): void } {
  return core[list];
}
