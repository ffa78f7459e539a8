/** Roles and invitations as their forms ask for them. */
import { roles } from '#lib/app/roles.ts';
import { addDays } from '#lib/domain/fiscal/iso-date.ts';

type RoleName = (typeof roles)[number]['role'];

/** A role as a form asks for it. */
export interface GrantDraft {
  readonly role: RoleName;
  readonly areas: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
  /** Minor units of the base currency. */
  readonly limit: number | null;
}

/** Somebody to be invited, as the form asks for them. */
export interface Invited {
  readonly name: string;
  readonly grant: GrantDraft;
  /** ISO instant. */
  readonly expires: string;
}

export const NEW_GRANT: GrantDraft = { role: 'budget-holder', areas: null, from: null, until: null, limit: null };

/** What somebody from outside is usually given: long enough for an audit of one set of books. */
const AUDIT_DAYS = 30;

/** The draft after another role was chosen: what the new role cannot have is gone, and an auditor's days are proposed. */
export function withRole(draft: GrantDraft, role: RoleName, today: string): GrantDraft {
  const next = roles.find((each) => each.role === role);
  const areas = next?.byArea === true ? draft.areas : null;
  const limit = next?.hasLimit === true ? draft.limit : null;
  const proposed = addDays(today, AUDIT_DAYS);
  if (role === 'auditor') return { ...draft, role, areas, limit, until: draft.until ?? proposed };
  // A proposal that nobody touched goes with the role that it was made for.
  const until = draft.role === 'auditor' && draft.until === proposed ? null : draft.until;
  return { ...draft, role, areas, limit, until };
}

/** What is wrong with the days, as a sentence; null when they can be given. */
export function daysFault({ from, until }: Pick<GrantDraft, 'from' | 'until'>, today: string): string | null {
  if (until === null) return null;
  if (from !== null && until < from) return 'The role would end before it begins. Change one of the two dates.';
  return until < today ? 'This day is over. Choose today or a later one, or leave it out.' : null;
}
