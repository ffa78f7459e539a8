/** People as `decisions/root` mirrors them: everybody reads who is a member, as what, and who stands in for whom. */
import type { PeopleEvent } from './event.ts';
import type { Delegation, Invitation, Member, People, Retention } from './people.ts';

/** Collection and record, or the id of a record that is to go. */
export type PeopleWrite =
  | {
      readonly collection: 'members';
      readonly record: Member;
    }
  | { readonly collection: 'invitations'; readonly record: OpenInvitation }
  | { readonly collection: 'retention'; readonly record: Retention & { readonly id: string } }
  | { readonly collection: 'delegations'; readonly record: Omit<Delegation, 'revokedAt'> }
  | { readonly collection: 'invitations' | 'delegations'; readonly gone: string };

/** An invitation without the digest of its token, and without what it became. */
export type OpenInvitation = Omit<Invitation, 'tokenHash' | 'acceptedBy' | 'revokedAt'>;

/** What an event changes in the mirror; `people` are those after it. */
export function peopleWrites(event: PeopleEvent, people: People): readonly PeopleWrite[] {
  switch (event.kind) {
    case 'invited': {
      const { id, name, grants, expires, by, at } = event;
      return [{ collection: 'invitations', record: { id, name, grants, expires, by, at } }];
    }
    case 'invitation-revoked':
      return [{ collection: 'invitations', gone: event.id }];
    case 'member-joined':
      return [
        ...memberWrites(people, event.member),
        ...(event.invitation === null ? [] : [{ collection: 'invitations', gone: event.invitation } as const]),
      ];
    case 'member-renamed':
    case 'granted':
    case 'grant-revoked':
    case 'member-removed':
    case 'member-erased':
      return memberWrites(people, event.member);
    case 'retention-set': {
      const { records, audit } = event;
      return [{ collection: 'retention', record: { id: 'retention', records, audit } }];
    }
    case 'delegated': {
      const { kind: _kind, ...record } = event;
      return [{ collection: 'delegations', record }];
    }
    case 'delegation-revoked':
      return [{ collection: 'delegations', gone: event.id }];
  }
}

export function memberWrites({ members }: People, id: string): readonly PeopleWrite[] {
  const record = members.get(id);
  return record === undefined ? [] : [{ collection: 'members', record }];
}
