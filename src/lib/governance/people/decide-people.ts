/** Who comes in, with which rights, and who stands in for whom. Whether the asker may is judged before. */
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { ownAuthority } from '../rights/access.ts';
import { UNBOUNDED } from '../rights/table.ts';
import type { PeopleCommand } from './command.ts';
import type { PeopleEvent, Remains } from './event.ts';
import { evolvePeople } from './evolve-people.ts';
import { formerName, holdsOn, retentionOf, type Grant, type Member, type People } from './people.ts';
import type { DelegationFault, GrantFault, PeopleRefusal } from './refusal.ts';

type Decided = Result<readonly PeopleEvent[], PeopleRefusal>;
type Of<K extends PeopleCommand['kind']> = Extract<PeopleCommand, { kind: K }>;

/** What deciding about people rests on besides them. */
export interface Circumstances {
  readonly by: string;
  /** ISO instant of the decider's clock. */
  readonly at: string;
  /** Ids of the areas there are. */
  readonly areas: ReadonlySet<string>;
  /** What is left of the log where it names whoever is to be erased. */
  readonly remains: readonly Remains[];
}

export function decidePeople(people: People, command: PeopleCommand, around: Circumstances): Decided {
  switch (command.kind) {
    case 'invite':
      return decideInvitation(people, command, around);
    case 'revoke-invitation':
      return decideUninviting(people, command, around);
    case 'join':
      return decideJoining(people, command, around);
    case 'rename-member': {
      const member = present(people, command.member);
      if (!member.ok) return member;
      return ok(member.value.name === command.name ? [] : [{ ...command, kind: 'member-renamed' }]);
    }
    case 'grant':
      return decideGrant(people, command, around);
    case 'revoke-grant': {
      const member = present(people, command.member);
      if (!member.ok) return member;
      const isThere = member.value.grants.some(({ id }) => id === command.grant);
      if (!isThere) return err({ kind: 'unknown-grant', id: command.grant });
      return keepingAnOwner(people, { ...command, kind: 'grant-revoked' }, around);
    }
    case 'remove-member': {
      const member = present(people, command.member);
      if (!member.ok) return member;
      return keepingAnOwner(people, { kind: 'member-removed', member: command.member, at: around.at }, around);
    }
    case 'erase-member':
      return decideErasure(people, command, around);
    case 'set-retention': {
      const stands = retentionOf(people);
      const isSame = stands.records === command.records && stands.audit === command.audit;
      return ok(isSame ? [] : [{ ...command, kind: 'retention-set' }]);
    }
    case 'delegate':
      return decideDelegation(people, command, around);
    case 'revoke-delegation':
      return decideTakingBackDelegation(people, command, around);
  }
}

function decideInvitation(people: People, command: Of<'invite'>, { by, at, areas }: Circumstances): Decided {
  const known = people.invitations.get(command.id);
  if (known !== undefined) {
    const { kind: _kind, ...asked } = command;
    const { acceptedBy: _by, revokedAt: _at, by: _inviter, at: _invitedAt, ...stands } = known;
    return isSame(asked, stands) ? ok([]) : err({ kind: 'id-taken', id: command.id });
  }
  if (command.grants.length === 0) return err({ kind: 'grant-refused', why: 'no-grant' });
  if (command.expires <= at) return err({ kind: 'grant-refused', why: 'not-in-the-future' });
  const fault = command.grants.map((grant) => grantFault(grant, areas)).find((why) => why !== null);
  if (fault !== undefined) return err({ kind: 'grant-refused', why: fault });
  return ok([{ ...command, kind: 'invited', by, at }]);
}

function decideUninviting(people: People, { id }: Of<'revoke-invitation'>, { at }: Circumstances): Decided {
  const invitation = people.invitations.get(id);
  if (invitation === undefined) return err({ kind: 'unknown-invitation', id });
  if (invitation.acceptedBy !== null) return err({ kind: 'invitation-over', why: 'accepted' });
  return ok(invitation.revokedAt === null ? [{ kind: 'invitation-revoked', id, at }] : []);
}

/** Whoever is erased has left: their name is replaced, and what they did stays under the new one. (E2) */
function decideErasure(people: People, { member: id }: Of<'erase-member'>, { at, remains }: Circumstances): Decided {
  const member = people.members.get(id);
  if (member === undefined) return err({ kind: 'unknown-member', id });
  if (member.erasedAt !== undefined) return ok([]);
  if (member.removedAt === null) return err({ kind: 'still-member', id });
  return ok([{ kind: 'member-erased', member: id, name: formerName(people), at, remains }]);
}

function decideJoining(people: People, command: Of<'join'>, { at }: Circumstances): Decided {
  const { invitation: id, member } = command;
  const invitation = people.invitations.get(id);
  if (people.members.has(member)) return err({ kind: 'already-member', id: member });
  if (invitation === undefined) return err({ kind: 'unknown-invitation', id });
  if (invitation.acceptedBy !== null) return err({ kind: 'invitation-over', why: 'accepted' });
  if (invitation.revokedAt !== null) return err({ kind: 'invitation-over', why: 'revoked' });
  if (invitation.expires <= at) return err({ kind: 'invitation-over', why: 'expired' });
  const name = command.name.trim() === '' ? invitation.name : command.name;
  return ok([{ kind: 'member-joined', member, name, grants: invitation.grants, invitation: id, at }]);
}

function decideGrant(people: People, { member: id, grant }: Of<'grant'>, { areas }: Circumstances): Decided {
  const member = present(people, id);
  if (!member.ok) return member;
  const known = member.value.grants.find((each) => each.id === grant.id);
  if (known !== undefined) return isSame(known, grant) ? ok([]) : err({ kind: 'id-taken', id: grant.id });
  const fault = grantFault(grant, areas);
  return fault === null ? ok([{ kind: 'granted', member: id, grant }]) : err({ kind: 'grant-refused', why: fault });
}

function grantFault({ role, areas, from, until, limit }: Grant, known: ReadonlySet<string>): GrantFault | null {
  if (from !== null && until !== null && until < from) return 'ends-before-it-begins';
  if (areas?.length === 0) return 'no-area';
  if (areas !== null && UNBOUNDED.includes(role)) return 'for-all-areas';
  if (areas?.every((area) => known.has(area)) === false) return 'unknown-area';
  if (limit !== null && role !== 'approver') return 'not-an-approver';
  if (limit !== null && limit < 0) return 'below-zero';
  return null;
}

function decideDelegation(people: People, command: Of<'delegate'>, { by, at }: Circumstances): Decided {
  const { id, to, from, until, limit } = command;
  const known = people.delegations.get(id);
  if (known !== undefined) {
    const isSameAgain = isSame({ id, by, to, from, until, limit, revokedAt: null }, known);
    return isSameAgain ? ok([]) : err({ kind: 'id-taken', id });
  }
  const member = present(people, to);
  if (!member.ok) return member;
  const why = delegationFault(people, command, by, at.slice(0, 10));
  return why === null
    ? ok([{ kind: 'delegated', id, by, to, from, until, limit }])
    : err({ kind: 'delegation-refused', why });
}

/** Delegated is one's own authority only, never what was delegated to one, and never more than it. */
function delegationFault(
  people: People,
  { to, from, until, limit }: Of<'delegate'>,
  by: string,
  today: string,
): DelegationFault | null {
  if (to === by) return 'to-oneself';
  if (until < from || until < today) return 'dates';
  const limits = ownAuthority(people, by, today).map((held) => held.limit);
  if (limits.length === 0) return 'nothing-to-delegate';
  if (limit === null || limits.includes(null)) return limit !== null && limit < 0 ? 'below-zero' : null;
  if (limit < 0) return 'below-zero';
  return limit > Math.max(...limits.map((own) => own ?? 0)) ? 'above-own-limit' : null;
}

function decideTakingBackDelegation(
  people: People,
  { id }: Of<'revoke-delegation'>,
  { by, at }: Circumstances,
): Decided {
  const delegation = people.delegations.get(id);
  if (delegation === undefined) return err({ kind: 'unknown-delegation', id });
  const isOwner = people.members.get(by)?.grants.some((grant) => isOwnerOn(grant, at.slice(0, 10))) === true;
  if (delegation.by !== by && !isOwner) return err({ kind: 'not-allowed', roles: ['owner'] });
  return ok(delegation.revokedAt === null ? [{ kind: 'delegation-revoked', id, at }] : []);
}

/** A workspace keeps somebody who may manage people, today and without an end. */
function keepingAnOwner(people: People, event: PeopleEvent, { at }: Circumstances): Decided {
  const after = evolvePeople(people, event);
  const isOwned = (of: People): boolean =>
    [...of.members.values()].some(({ grants }) =>
      grants.some((grant) => grant.until === null && isOwnerOn(grant, at.slice(0, 10))),
    );
  if (after.ok && isOwned(people) && !isOwned(after.value)) return err({ kind: 'last-owner' });
  return ok([event]);
}

function isOwnerOn(grant: Grant, today: string): boolean {
  return grant.role === 'owner' && holdsOn(grant, today);
}

function present({ members }: People, id: string): Result<Member, PeopleRefusal> {
  const member = members.get(id);
  if (member === undefined) return err({ kind: 'unknown-member', id });
  return member.removedAt === null ? ok(member) : err({ kind: 'member-was-removed', id });
}

function isSame(a: unknown, b: unknown): boolean {
  return isSameJson(a as JsonValue, b as JsonValue);
}
