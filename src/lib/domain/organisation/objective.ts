import { isIsoDate } from '../fiscal/iso-date.ts';
import { err, ok, type Result } from '../result.ts';

/** What the money is for: a measurable aim to which budget lines and projects are linked. */
export interface Objective {
  readonly id: string;
  readonly name: string;
  readonly metric: string;
  readonly target: string;
  /** ISO date by which it should be reached, or null. */
  readonly due: string | null;
}

export type ObjectiveRefusal =
  { readonly kind: 'name-missing' } | { readonly kind: 'not-a-date'; readonly date: string };

/** The objective as it may be kept. (O14) */
export function checkObjective(objective: Objective): Result<Objective, ObjectiveRefusal> {
  const name = objective.name.trim();
  if (name === '') return err({ kind: 'name-missing' });
  if (objective.due !== null && !isIsoDate(objective.due)) return err({ kind: 'not-a-date', date: objective.due });
  return ok({ ...objective, name });
}

/** Whether it should have been reached before this ISO date. (O14) */
export function isOverdue(objective: Objective, today: string): boolean {
  return objective.due !== null && objective.due < today;
}
