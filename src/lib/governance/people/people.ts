/** The people of a workspace: who is a member, with which grants, who is invited, and who stands in for whom. */

export const ROLES = ['owner', 'controller', 'budget-holder', 'contributor', 'approver', 'auditor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** One role of one member. Somebody may hold several. */
export interface Grant {
  readonly id: string;
  readonly role: Role;
  /** Ids of the areas it holds in; null for all of them. */
  readonly areas: readonly string[] | null;
  /** First and last day it holds, ISO dates; null for no bound. */
  readonly from: string | null;
  readonly until: string | null;
  /** The most this approver may approve, in minor units of the base currency; null for no limit. */
  readonly limit: number | null;
}

export interface Member {
  readonly id: string;
  /** Empty when never said: whoever founded a workspace or came in by a link of an older app. */
  readonly name: string;
  readonly grants: readonly Grant[];
  /** ISO instants. Null for whoever was here from the founding on. */
  readonly joinedAt: string | null;
  readonly removedAt: string | null;
  /** Set once their name and whatever else was personal is gone. */
  readonly erasedAt?: string;
}

/** Lets one person in, once, until it expires. Its token is nowhere but in the link. */
export interface Invitation {
  readonly id: string;
  /** Whom it is meant for. */
  readonly name: string;
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
  readonly grants: readonly Grant[];
  /** ISO instants. */
  readonly expires: string;
  readonly at: string;
  /** Who invited. */
  readonly by: string;
  /** The member who came in by it; null while nobody has. */
  readonly acceptedBy: string | null;
  readonly revokedAt: string | null;
}

/** Somebody approves in another's place for a time, within that one's own limit. It is never passed on. */
export interface Delegation {
  readonly id: string;
  /** In whose place. */
  readonly by: string;
  readonly to: string;
  /** First and last day, ISO dates. */
  readonly from: string;
  readonly until: string;
  /** Minor units of the base currency; null for all that the one who delegates may approve. */
  readonly limit: number | null;
  readonly revokedAt: string | null;
}

/** Everybody ever: removed members and spent invitations stay, so that no id is ever somebody else's. */
export interface People {
  readonly members: ReadonlyMap<string, Member>;
  readonly invitations: ReadonlyMap<string, Invitation>;
  readonly delegations: ReadonlyMap<string, Delegation>;
  /** Unset until somebody says how long. */
  readonly retention?: Retention;
}

/** For how many years what is about an erased person stays all the same. */
export interface Retention {
  /** What they captured, from the day they were removed. */
  readonly records: number;
  /** What the audit chain says of them, from when it was written. */
  readonly audit: number;
}

/** Where nobody has said how long: as long as the books of most countries are kept. */
const USUAL: Retention = { records: 10, audit: 10 };

export function retentionOf({ retention = USUAL }: Pick<People, 'retention'>): Retention {
  return retention;
}

/** What whoever is erased next is called. */
export function formerName({ members }: Pick<People, 'members'>): string {
  return `Former member ${
    members
      .values()
      .filter(({ erasedAt }) => erasedAt !== undefined)
      .toArray().length + 1
  }`;
}

/** Before the founding. */
export function noPeople(): People {
  return { members: new Map(), invitations: new Map(), delegations: new Map() };
}

/** The founder, who owns the workspace until they share that. */
export function founderOf(founder: string): Member {
  const grants: readonly Grant[] = [
    { id: 'founder', role: 'owner', areas: null, from: null, until: null, limit: null },
  ];
  return { id: founder, name: '', grants, joinedAt: null, removedAt: null };
}

/** Whether something that holds from one day to another does on this one; both days belong to it. */
export function holdsOn(
  { from, until }: { readonly from: string | null; readonly until: string | null },
  today: string,
): boolean {
  return (from === null || from <= today) && (until === null || today <= until);
}
