/** Roles as people read them. */
import type { Department } from '#lib/domain/organisation/department.ts';
import { holdsOn, ROLES, type Grant, type Role } from '#lib/governance/people/people.ts';
import { UNBOUNDED } from '#lib/governance/rights/table.ts';

export interface RoleWords {
  readonly role: Role;
  readonly label: string;
  /** What it lets somebody do, in one sentence. */
  readonly about: string;
  /** Whether it can hold in some areas only. */
  readonly byArea: boolean;
  readonly hasLimit: boolean;
}

const WORDS: { readonly [R in Role]: readonly [label: string, about: string] } = {
  owner: ['Owner', 'May do everything, and decides who may do what.'],
  controller: [
    'Controller',
    'Reads all areas, plans, posts, corrects and closes; keeps departments, calendar and rates.',
  ],
  'budget-holder': ['Budget holder', 'Plans, posts and corrects in their own areas.'],
  contributor: ['Contributor', 'Captures expenses of their own.'],
  approver: ['Approver', 'Reads their areas and approves, up to a limit.'],
  auditor: ['Auditor', 'Reads, and comments; changes nothing.'],
  viewer: ['Viewer', 'Reads, and changes nothing.'],
};

export const roles: readonly RoleWords[] = ROLES.map((role) => ({
  role,
  label: WORDS[role][0],
  about: WORDS[role][1],
  byArea: !UNBOUNDED.includes(role),
  hasLimit: role === 'approver',
}));

/** One grant in a few words: 'Approver up to 5,000.00 EUR in Operations, until 2027-06-30'. */
export function grantText(
  grant: Grant,
  { areas, money }: { readonly areas: readonly Department[]; readonly money: (minor: number) => string },
): string {
  const limit = grant.limit === null ? '' : ` up to ${money(grant.limit)}`;
  const names = grant.areas?.map((id) => areas.find((area) => area.id === id)?.versions.at(-1)?.name ?? 'a department');
  const where = names === undefined ? '' : ` in ${names.join(', ')}`;
  const from = grant.from === null ? '' : `, from ${grant.from}`;
  const until = grant.until === null ? '' : `, until ${grant.until}`;
  return `${WORDS[grant.role][0]}${limit}${where}${from}${until}`;
}

/** Whether a grant has ended, or has not begun: it is listed, and gives nothing. */
export function isIdle(grant: Grant, today: string): boolean {
  return !holdsOn(grant, today);
}
