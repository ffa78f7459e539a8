import type { Progress } from '../earned-value/standing.ts';
import { err, ok, type Result } from '../result.ts';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly objectiveId: string | null;
  readonly closed: boolean;
  /** What people said of its course; absent until somebody does. */
  readonly progress?: Progress;
}

export type ProjectRefusal =
  { readonly kind: 'name-missing' } | { readonly kind: 'code-taken'; readonly code: string; readonly by: string };

/** The project as it may be kept among the others. (O13) */
export function checkProject(project: Project, others: readonly Project[]): Result<Project, ProjectRefusal> {
  const checked = { ...project, name: project.name.trim(), code: project.code.trim() };
  if (checked.name === '') return err({ kind: 'name-missing' });
  const holder = others.find(
    ({ id, code, closed }) => id !== project.id && !closed && code.toLowerCase() === checked.code.toLowerCase(),
  );
  if (holder && checked.code !== '' && !project.closed) {
    return err({ kind: 'code-taken', code: checked.code, by: holder.name });
  }
  return ok(checked);
}
