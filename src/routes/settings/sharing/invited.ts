import type { roles } from '#lib/app/roles.ts';

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
