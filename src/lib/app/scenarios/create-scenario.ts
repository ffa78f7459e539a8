/** A new scenario: begun in every area that its maker plans for, so that who else plans there finds it. */
import { openScenario } from '#lib/documents/scenario.ts';
import type { ScenarioHead } from '#lib/documents/scenario.ts';
import { ROOT_DEPARTMENT, type Department } from '#lib/domain/organisation/department.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { scenarioName } from './scenario-sheet.svelte.ts';

/** Every area of the workspace, the root's first. */
export function areasOf(departments: readonly Department[]): readonly string[] {
  return [...new Set([ROOT_DEPARTMENT, ...departments.filter(({ area }) => area).map(({ id }) => id)])];
}

/** Null where this person plans for no area. */
export async function createScenario(
  workspace: Workspace,
  departments: readonly Department[],
  fields: Pick<ScenarioHead, 'name' | 'over' | 'probability' | 'note'>,
): Promise<Result<ScenarioHead | null, StoreFailure>> {
  const head: ScenarioHead = {
    ...fields,
    id: workspace.newId(),
    ownerId: workspace.member,
    archived: false,
    createdAt: workspace.nowIso(),
    createdBy: workspace.member,
  };
  const names = areasOf(departments).map((area) => scenarioName(head.id, area));
  const writable = names.filter((name) => workspace.rights?.whyReadOnly(name) === null);
  for (const name of writable) {
    const written = await workspace.edit(name, (doc) => openScenario(doc).heads.insert(head));
    if (!written.ok) return written;
  }
  return ok(writable.length === 0 ? null : head);
}
