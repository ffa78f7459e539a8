import { openCore } from '#lib/documents/documents.ts';
import { remainingField } from '#lib/documents/project-progress.ts';
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Workspace } from '../workspace.svelte.ts';

export interface SaidProgress {
  /** Hundredths of a percent; null where nothing is said, or what was said is taken back. */
  readonly complete: number | null;
  /** Minor units of the base currency; null likewise. */
  readonly remaining: number | null;
}

/** Writes how far a project was at the end of a period. */
export function sayProgress(
  workspace: Workspace,
  project: string,
  period: PeriodKey,
  { complete, remaining }: SaidProgress,
): Promise<Result<void, StoreFailure>> {
  const fields = { [period]: complete ?? undefined, [remainingField(period)]: remaining ?? undefined };
  return workspace.edit('core', (doc) => openCore(doc).projects.revise(project, fields, workspace.author()));
}
