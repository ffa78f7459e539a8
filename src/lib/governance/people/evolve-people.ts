/** Folding what was decided about people. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { PeopleEvent } from './event.ts';
import { founderOf, type Member, type People } from './people.ts';

/** The people after the founding. */
export function foundedPeople(founder: string): People {
  return { members: new Map([[founder, founderOf(founder)]]), invitations: new Map(), delegations: new Map() };
}

/** The people after an event; an event that cannot follow is refused. (G16) */
export function evolvePeople(people: People, event: PeopleEvent): Result<People, 'impossible'> {
  switch (event.kind) {
    case 'invited': {
      const { kind: _kind, ...invitation } = event;
      const invitations = new Map(people.invitations);
      invitations.set(event.id, { ...invitation, acceptedBy: null, revokedAt: null });
      return people.invitations.has(event.id) ? err('impossible') : ok({ ...people, invitations });
    }
    case 'invitation-revoked':
      return withInvitation(people, event.id, { revokedAt: event.at });
    case 'member-joined':
      return joined(people, event);
    case 'member-renamed':
      return withMember(people, event.member, () => ({ name: event.name }));
    case 'granted':
      return withMember(people, event.member, ({ grants }) => ({
        grants: [...grants.filter(({ id }) => id !== event.grant.id), event.grant],
      }));
    case 'grant-revoked':
      return withMember(people, event.member, ({ grants }) => ({
        grants: grants.filter(({ id }) => id !== event.grant),
      }));
    case 'member-removed':
      return withMember(people, event.member, () => ({ grants: [], removedAt: event.at }));
    case 'member-erased':
      return erased(people, event);
    case 'retention-set': {
      const { records, audit } = event;
      return ok({ ...people, retention: { records, audit } });
    }
    case 'delegated': {
      const { kind: _kind, ...delegation } = event;
      const delegations = new Map(people.delegations);
      delegations.set(event.id, { ...delegation, revokedAt: null });
      return people.delegations.has(event.id) ? err('impossible') : ok({ ...people, delegations });
    }
    case 'delegation-revoked': {
      const delegation = people.delegations.get(event.id);
      if (delegation === undefined) return err('impossible');
      const delegations = new Map(people.delegations);
      delegations.set(event.id, { ...delegation, revokedAt: event.at });
      return ok({ ...people, delegations });
    }
  }
}

function joined(people: People, event: Extract<PeopleEvent, { kind: 'member-joined' }>): Result<People, 'impossible'> {
  if (people.members.has(event.member)) return err('impossible');
  const spent: Result<People, 'impossible'> =
    event.invitation === null ? ok(people) : withInvitation(people, event.invitation, { acceptedBy: event.member });
  if (!spent.ok) return spent;
  const { member: id, name, grants, at: joinedAt } = event;
  const members = new Map(people.members).set(id, { id, name, grants, joinedAt, removedAt: null });
  return ok({ ...spent.value, members });
}

function erased(people: People, event: Extract<PeopleEvent, { kind: 'member-erased' }>): Result<People, 'impossible'> {
  const { member, name, at: erasedAt } = event;
  const invitations = new Map(people.invitations);
  for (const [id, invitation] of invitations) {
    if (invitation.acceptedBy === member) invitations.set(id, { ...invitation, name });
  }
  return withMember({ ...people, invitations }, member, () => ({ name, grants: [], erasedAt }));
}

function withInvitation(
  people: People,
  id: string,
  fields: { readonly revokedAt: string } | { readonly acceptedBy: string },
): Result<People, 'impossible'> {
  const invitation = people.invitations.get(id);
  if (invitation === undefined) return err('impossible');
  return ok({ ...people, invitations: new Map(people.invitations).set(id, { ...invitation, ...fields }) });
}

function withMember(
  people: People,
  id: string,
  change: (member: Member) => Partial<Member>,
): Result<People, 'impossible'> {
  const member = people.members.get(id);
  if (member === undefined) return err('impossible');
  return ok({ ...people, members: new Map(people.members).set(id, { ...member, ...change(member) }) });
}
