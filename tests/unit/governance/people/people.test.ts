import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DecisionEvent } from '#lib/governance/event.ts';
import { evolve } from '#lib/governance/evolve.ts';
import type { PeopleCommand } from '#lib/governance/people/command.ts';
import { ROLES } from '#lib/governance/people/people.ts';
import { parseGivenCommand } from '#lib/governance/parse-command.ts';
import { headOf, EMPTY_LOG } from '#lib/governance/decision-log.ts';
import { parseLogEntry } from '#lib/governance/replay.ts';
import { access, lowerLimit } from '#lib/governance/rights/access.ts';
import { snapshotOf, standpointFrom } from '#lib/governance/snapshot.ts';
import { initialState } from '#lib/governance/state.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { DECIDED_AT, foundedDecider } from '#tests/support/decide.ts';
import { makeLogEntry } from '#tests/support/make-log.ts';
import { letIn, makeGrant, makeInvitation } from '#tests/support/people.ts';

const TODAY = DECIDED_AT.slice(0, 10);

test('P1: whoever founds a workspace owns it; a log without a word about people says the same', () => {
  const decider = foundedDecider();
  expect([...decider.state.people.members.values()]).toEqual([
    {
      id: 'anna',
      name: '',
      grants: [{ id: 'founder', role: 'owner', areas: null, from: null, until: null, limit: null }],
      joinedAt: null,
      removedAt: null,
    },
  ]);
  expect(access(decider.state.people, 'anna', TODAY).held).toMatchObject([{ role: 'owner', areas: null }]);
});

test('P2: an invitation lets one person in, once, with its grants', () => {
  const decider = foundedDecider();
  const grants = [makeGrant({ role: 'controller' })];
  decider.must(makeInvitation({ grants }));
  expect(decider.must(makeInvitation({ grants }))).toEqual([]);
  expect(decider.give(makeInvitation({ name: 'Other' }))).toEqual({
    ok: false,
    error: { kind: 'id-taken', id: 'invitation-1' },
  });
  const join = { kind: 'join', invitation: 'invitation-1', member: 'tomas', name: 'Tom' } as const;
  expect(decider.must(join, 'tomas')).toEqual([
    { kind: 'member-joined', member: 'tomas', name: 'Tom', grants, invitation: 'invitation-1', at: DECIDED_AT },
  ]);
  expect(decider.give({ ...join, member: 'bela' }, 'bela')).toEqual({
    ok: false,
    error: { kind: 'invitation-over', why: 'accepted' },
  });
  expect(decider.give(join, 'tomas')).toEqual({ ok: false, error: { kind: 'already-member', id: 'tomas' } });
  expect(decider.give({ ...join, member: 'bela' })).toEqual({
    ok: false,
    error: { kind: 'not-allowed', roles: [] },
  });
});

test('P2: an invitation that expired or was taken back lets nobody in', () => {
  const decider = foundedDecider();
  decider.must(makeInvitation({ id: 'a' }));
  decider.must(makeInvitation({ id: 'b', tokenHash: 'b'.repeat(64) }));
  decider.must({ kind: 'revoke-invitation', id: 'a' });
  expect(decider.must({ kind: 'revoke-invitation', id: 'a' })).toEqual([]);
  const join = (invitation: string, now?: string) =>
    decider.give({ kind: 'join', invitation, member: 'bela', name: '' }, 'bela', now);
  expect(join('a')).toMatchObject({ error: { kind: 'invitation-over', why: 'revoked' } });
  expect(join('b', '2027-03-20T00:00:00.000Z')).toMatchObject({ error: { why: 'expired' } });
  expect(join('c')).toMatchObject({ error: { kind: 'unknown-invitation', id: 'c' } });
  expect(join('b', '2027-03-19T23:59:59.999Z')).toMatchObject({ ok: true, value: [{ name: 'Tomas' }] });
  expect(decider.give({ kind: 'revoke-invitation', id: 'b' })).toMatchObject({ error: { why: 'accepted' } });
});

const faults: readonly (readonly [string, Partial<Parameters<typeof makeGrant>[0]>])[] = [
  ['ends-before-it-begins', { from: '2027-04-02', until: '2027-04-01' }],
  ['no-area', { areas: [] }],
  ['unknown-area', { areas: ['root', 'nowhere'] }],
  ['for-all-areas', { role: 'controller', areas: ['root'] }],
  ['for-all-areas', { role: 'owner', areas: ['root'] }],
  ['not-an-approver', { role: 'viewer', limit: 100 }],
  ['below-zero', { role: 'approver', limit: -1 }],
];

test.each(faults)('P3: a grant that is %s is refused, in an invitation too', (why, fields) => {
  const decider = foundedDecider();
  const grant = makeGrant(fields);
  const refused = { ok: false, error: { kind: 'grant-refused', why } };
  expect(decider.give({ kind: 'grant', member: 'anna', grant })).toEqual(refused);
  expect(decider.give(makeInvitation({ grants: [makeGrant({ id: 'fine' }), grant] }))).toEqual(refused);
});

test('P3: an invitation gives something, and ends later than now', () => {
  const decider = foundedDecider();
  expect(decider.give(makeInvitation({ grants: [] }))).toMatchObject({ error: { why: 'no-grant' } });
  expect(decider.give(makeInvitation({ expires: DECIDED_AT }))).toMatchObject({
    error: { why: 'not-in-the-future' },
  });
});

test('P4: roles are given and taken one by one; who is removed keeps none and comes back only as somebody new', () => {
  const decider = foundedDecider();
  letIn(decider, 'tomas', {});
  const grant = makeGrant({ id: 'more', role: 'approver', limit: 500 });
  decider.must({ kind: 'grant', member: 'tomas', grant });
  expect(decider.must({ kind: 'grant', member: 'tomas', grant })).toEqual([]);
  expect(access(decider.state.people, 'tomas', TODAY).held.map(({ role }) => role)).toEqual(['viewer', 'approver']);
  decider.must({ kind: 'revoke-grant', member: 'tomas', grant: 'more' });
  expect(decider.give({ kind: 'revoke-grant', member: 'tomas', grant: 'more' })).toMatchObject({
    error: { kind: 'unknown-grant' },
  });
  decider.must({ kind: 'remove-member', member: 'tomas' });
  expect(access(decider.state.people, 'tomas', TODAY)).toMatchObject({ held: [], delegated: [] });
  for (const command of [
    { kind: 'grant', member: 'tomas', grant },
    { kind: 'remove-member', member: 'tomas' },
  ] as const) {
    expect(decider.give(command)).toEqual({ ok: false, error: { kind: 'member-was-removed', id: 'tomas' } });
  }
  expect(decider.give({ kind: 'remove-member', member: 'nobody' })).toMatchObject({
    error: { kind: 'unknown-member' },
  });
});

test('P5: somebody owns the workspace, today and for good', () => {
  const decider = foundedDecider();
  const lastOwner = { ok: false, error: { kind: 'last-owner' } };
  expect(decider.give({ kind: 'remove-member', member: 'anna' })).toEqual(lastOwner);
  expect(decider.give({ kind: 'revoke-grant', member: 'anna', grant: 'founder' })).toEqual(lastOwner);
  letIn(decider, 'late', { role: 'owner', from: '2027-03-11' });
  letIn(decider, 'soon', { role: 'owner', until: '2027-03-11' });
  expect(decider.give({ kind: 'remove-member', member: 'anna' })).toEqual(lastOwner);
  letIn(decider, 'other', { role: 'owner' });
  decider.must({ kind: 'remove-member', member: 'anna' });
  expect(decider.give({ kind: 'remove-member', member: 'other' }, 'other')).toEqual(lastOwner);
});

test('P6: one delegates one’s own authority, within its limit, for a time; it is not passed on', () => {
  const decider = foundedDecider();
  letIn(decider, 'priya', { role: 'approver', areas: ['root'], limit: 100_000 });
  letIn(decider, 'tomas', {});
  letIn(decider, 'ana', { role: 'viewer', areas: ['root'] });
  const delegate = {
    kind: 'delegate',
    id: 'd',
    to: 'tomas',
    from: '2027-03-10',
    until: '2027-03-12',
    limit: 50_000,
  } as const;
  const why = (command: PeopleCommand, by: string) => decider.ask(command, by);
  expect(why({ ...delegate, limit: 100_001 }, 'priya')).toMatchObject({ error: { why: 'above-own-limit' } });
  expect(why({ ...delegate, limit: -1 }, 'priya')).toMatchObject({ error: { why: 'below-zero' } });
  expect(why({ ...delegate, to: 'priya' }, 'priya')).toMatchObject({ error: { why: 'to-oneself' } });
  expect(why({ ...delegate, until: '2027-03-09' }, 'priya')).toMatchObject({ error: { why: 'dates' } });
  expect(why({ ...delegate, to: 'nobody' }, 'priya')).toMatchObject({ error: { kind: 'unknown-member' } });
  decider.must(delegate, 'priya');
  expect(decider.must(delegate, 'priya')).toEqual([]);

  const on = (today: string) => access(decider.state.people, 'tomas', today).delegated;
  expect(on('2027-03-12')).toEqual([
    { role: 'approver', areas: ['root'], limit: 50_000, delegation: 'd', by: 'priya' },
  ]);
  expect(on('2027-03-13')).toEqual([]);
  expect(why({ ...delegate, id: 'e', to: 'ana' }, 'tomas')).toMatchObject({ error: { kind: 'not-allowed' } });

  // Less is left to delegate when one has less oneself.
  decider.must({ kind: 'revoke-grant', member: 'priya', grant: 'priya-0' });
  expect(on('2027-03-12')).toEqual([]);
  decider.must({
    kind: 'grant',
    member: 'priya',
    grant: makeGrant({ id: 'less', role: 'approver', limit: 10_000 }),
  });
  expect(on('2027-03-12')).toMatchObject([{ limit: 10_000, areas: null }]);

  expect(why({ kind: 'revoke-delegation', id: 'd' }, 'tomas')).toMatchObject({ error: { kind: 'not-allowed' } });
  decider.must({ kind: 'revoke-delegation', id: 'd' }, 'priya');
  expect(on('2027-03-11')).toEqual([]);
});

test('P7: everybody changes their own name, and an owner any', () => {
  const decider = foundedDecider();
  letIn(decider, 'tomas', {});
  const rename = { kind: 'rename-member', member: 'tomas', name: 'Tomas K.' } as const;
  decider.must(rename, 'tomas');
  expect(decider.must(rename)).toEqual([]);
  expect(decider.ask({ ...rename, member: 'anna' }, 'tomas')).toMatchObject({ error: { kind: 'not-allowed' } });
  decider.must({ ...rename, name: 'Tom' });
  expect(decider.state.people.members.get('tomas')?.name).toBe('Tom');
});

test('P8: decisions/root tells everybody who is a member as what, and never what an invitation is opened by', () => {
  const decider = foundedDecider();
  const written = (command: PeopleCommand, by = 'anna') => {
    const decided = decider.ask(command, by);
    if (!decided.ok) throw new Error(decided.error.kind);
    const writes = writesOf(decided.value, decider.state);
    decider.must(command, by);
    return writes;
  };
  const invited = written(makeInvitation());
  expect(invited).toMatchObject([
    { kind: 'put', document: 'decisions/root', collection: 'invitations', record: { name: 'Tomas', by: 'anna' } },
  ]);
  expect(JSON.stringify(invited)).not.toContain('a'.repeat(64));
  expect(written({ kind: 'join', invitation: 'invitation-1', member: 'tomas', name: '' }, 'tomas')).toMatchObject([
    { kind: 'put', collection: 'members', record: { id: 'tomas', name: 'Tomas', joinedAt: DECIDED_AT } },
    { kind: 'remove', collection: 'invitations', id: 'invitation-1' },
  ]);
  const dates = { from: '2027-03-10', until: '2027-03-12', limit: null };
  expect(written({ kind: 'delegate', id: 'd', to: 'tomas', ...dates })).toMatchObject([
    { kind: 'put', collection: 'delegations', record: { id: 'd', by: 'anna', to: 'tomas', ...dates } },
  ]);
  expect(written({ kind: 'revoke-delegation', id: 'd' })).toMatchObject([{ kind: 'remove', id: 'd' }]);
  expect(written({ kind: 'remove-member', member: 'tomas' })).toMatchObject([
    { collection: 'members', record: { grants: [], removedAt: DECIDED_AT } },
  ]);
});

const who = fc.constantFrom('anna', 'bela', 'cem', 'dora');
const day = fc.constantFrom('2027-03-08', '2027-03-10', '2027-03-12');
const grant = fc.record({
  id: fc.constantFrom('g1', 'g2', 'founder'),
  role: fc.constantFrom(...ROLES),
  areas: fc.constantFrom(null, ['root'], []),
  from: fc.option(day, { nil: null }),
  until: fc.option(day, { nil: null }),
  limit: fc.constantFrom(null, 0, 500, 1000),
});
const ids = fc.constantFrom('i1', 'i2', 'i3');
const command: fc.Arbitrary<PeopleCommand> = fc.oneof(
  fc.record({ id: ids, grants: fc.array(grant, { maxLength: 2 }) }).map((fields) => makeInvitation(fields)),
  fc.record({ kind: fc.constant('join' as const), invitation: ids, member: who, name: fc.constant('') }),
  fc.record({ kind: fc.constant('grant' as const), member: who, grant }),
  fc.record({ kind: fc.constant('revoke-grant' as const), member: who, grant: fc.constantFrom('g1', 'founder') }),
  fc.record({ kind: fc.constant('remove-member' as const), member: who }),
  fc.record({
    kind: fc.constant('delegate' as const),
    id: ids,
    to: who,
    from: day,
    until: day,
    limit: fc.constantFrom(null, 400, 600),
  }),
  fc.record({ kind: fc.constant('revoke-delegation' as const), id: ids }),
);

test('P5, P6: whatever is asked by whomever, somebody owns, and nobody stands in for more than the other has', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(command, who), { maxLength: 30 }), (asked) => {
      const decider = foundedDecider();
      for (const [one, by] of asked) decider.give(one, by);
      const { people } = decider.state;
      const owners = [...people.members.keys()].filter((id) =>
        access(people, id, TODAY).held.some(({ role }) => role === 'owner'),
      );
      expect(owners).not.toEqual([]);
      for (const id of people.members.keys()) {
        for (const { by, role, limit } of access(people, id, TODAY).delegated) {
          const own = access(people, by, TODAY).held.filter((held) => held.role === role);
          expect(own.some((held) => lowerLimit(limit, held.limit) === limit)).toBe(true);
          expect(by).not.toBe(id);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('P4: nobody but an owner changes who may do what', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ROLES.filter((role) => role !== 'owner')), command, (role, one) => {
      const decider = foundedDecider();
      letIn(decider, 'bela', { role });
      if (one.kind === 'delegate' || one.kind === 'join') return;
      expect(decider.ask(one, 'bela')).toMatchObject({ ok: false });
    }),
  );
});

test('G15, G16, G21, G23: what is decided about people can be sent, logged, folded again and kept', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(command, who), { maxLength: 20 }), (asked) => {
      const decider = foundedDecider();
      let head = EMPTY_LOG;
      for (const [one, by] of asked) {
        const given = { id: 'c', command: one, by, at: DECIDED_AT };
        expect(parseGivenCommand(JSON.parse(JSON.stringify(given)))).toEqual({ ok: true, value: given });
        const decided = decider.give(one, by);
        if (!decided.ok || decided.value.length === 0) continue;
        const entry = makeLogEntry(head, one, decided.value);
        expect(parseLogEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
        head = headOf(entry);
      }
      const folded = decider.events.reduce((state, event: DecisionEvent) => evolve(state, event), initialState());
      expect(folded.people).toEqual(decider.state.people);
      const kept = standpointFrom(structuredClone(snapshotOf({ head, state: decider.state })));
      expect(kept?.state.people).toEqual(decider.state.people);
    }),
    { numRuns: 100 },
  );
});
