import type { PeopleCommand } from '#lib/governance/people/command.ts';
import type { Grant } from '#lib/governance/people/people.ts';
import type { TestDecider } from './decide.ts';

export function makeGrant(fields: Partial<Grant> = {}): Grant {
  return { id: 'grant-1', role: 'viewer', areas: null, from: null, until: null, limit: null, ...fields };
}

export function makeInvitation(
  fields: Partial<Extract<PeopleCommand, { kind: 'invite' }>> = {},
): Extract<PeopleCommand, { kind: 'invite' }> {
  return {
    kind: 'invite',
    id: 'invitation-1',
    name: 'Tomas',
    tokenHash: 'a'.repeat(64),
    grants: [makeGrant()],
    expires: '2027-03-20T00:00:00.000Z',
    ...fields,
  };
}

/** Has the owner invite somebody with these grants, and lets them in. */
export function letIn(decider: TestDecider, member: string, ...grants: readonly Partial<Grant>[]): void {
  const id = `for-${member}`;
  const made = grants.map((grant, n) => makeGrant({ id: `${member}-${n}`, ...grant }));
  decider.must(makeInvitation({ id, name: member, grants: made }));
  decider.must({ kind: 'join', invitation: id, member, name: '' }, member);
}
