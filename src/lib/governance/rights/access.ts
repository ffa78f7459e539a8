/** What one member may on one day, as plain data: the grants that hold, and what was delegated to them. */
import { holdsOn, type Grant, type People } from '../people/people.ts';
import { APPROVERS } from './table.ts';

export interface Access {
  readonly member: string;
  readonly held: readonly Held[];
  /** What the member may approve in the place of others. */
  readonly delegated: readonly Delegated[];
  /** Everybody who ever was a member: an inbox of anybody else was brought along by a restored copy. */
  readonly known: Pick<ReadonlySet<string>, 'has'>;
}

export type Held = Pick<Grant, 'role' | 'areas' | 'limit'>;

interface Delegated extends Held {
  readonly delegation: string;
  /** In whose place, whose role this is. */
  readonly by: string;
}

/** The access of a member on an ISO date. Nothing at all for whoever is none, or no longer. */
export function access(people: People, member: string, today: string): Access {
  return {
    member,
    held: heldBy(people, member, today),
    delegated: delegatedTo(people, member, today),
    known: people.members,
  };
}

/** The access that an invitation would give, to whoever holds its token before a member is made of them. */
export function accessOfGrants(
  grants: readonly Grant[],
  member: string,
  known: Access['known'],
  today: string,
): Access {
  return { member, held: grants.filter((grant) => holdsOn(grant, today)), delegated: [], known };
}

/** Own authority to approve: what can be delegated, because nothing that was delegated is in it. */
export function ownAuthority(people: People, member: string, today: string): readonly Held[] {
  return heldBy(people, member, today).filter(({ role }) => APPROVERS.includes(role));
}

/** Whether there is any right at all. */
export function hasRole({ held, delegated }: Access): boolean {
  return held.length > 0 || delegated.length > 0;
}

/** The lower of two limits, where null is none. */
export function lowerLimit(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function heldBy({ members }: People, id: string, today: string): readonly Held[] {
  const member = members.get(id);
  if (member === undefined || member.removedAt !== null) return [];
  return member.grants.filter((grant) => holdsOn(grant, today));
}

function delegatedTo(people: People, member: string, today: string): readonly Delegated[] {
  const isHere = people.members.get(member)?.removedAt === null;
  if (!isHere) return [];
  return [...people.delegations.values()]
    .filter((delegation) => delegation.to === member && delegation.revokedAt === null && holdsOn(delegation, today))
    .flatMap((delegation) =>
      ownAuthority(people, delegation.by, today).map(({ role, areas, limit }) => ({
        role,
        areas,
        limit: lowerLimit(limit, delegation.limit),
        delegation: delegation.id,
        by: delegation.by,
      })),
    );
}
