import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '#lib/governance/approval/policy.ts';
import { sealingOf } from '#lib/governance/approval/seals.ts';
import type { Command } from '#lib/governance/command.ts';
import { explainRefusal } from '#lib/governance/explain.ts';
import type { TestDecider } from '#tests/support/decide.ts';
import {
  approve,
  bandedPolicy,
  grant,
  lineRecord,
  PART,
  partHash,
  plan,
  step,
  submitPart,
  submitVersion,
  versionHash,
  workspaceOf,
} from '#tests/support/approvals.ts';
import { evolve } from '#lib/governance/evolve.ts';

const LINES = [lineRecord('cloud', { '2027-06': 40_000_00 }), lineRecord('people', { '2027-07': 8_000_00 })];

function submitted(people: Parameters<typeof workspaceOf>[0]): TestDecider {
  const decider = workspaceOf(people);
  plan(decider, LINES);
  decider.must(submitPart(decider), 'bob');
  return decider;
}

function why(decider: TestDecider, command: Command, by: string): unknown {
  const asked = decider.ask(command, by);
  if (asked.ok) return null;
  expect(explainRefusal(asked.error)).toMatch(/\.$/);
  return asked.error.kind === 'approval-refused' ? asked.error.why : asked.error;
}

function request(decider: TestDecider, id = 'r1') {
  return decider.state.approvals.requests.get(id);
}

test('A1, A5: a plan of 48,000 is sealed as it is submitted, and somebody with that limit approves exactly it', () => {
  const decider = workspaceOf({ bob: ['budget-holder'], ada: ['approver', 48_000_00] });
  plan(decider, LINES);
  const { state } = decider;
  const events = decider.must(submitPart(decider), 'bob');
  expect(sealingOf(events, { ...state, approvals: state.approvals })).toEqual({
    seals: [{ document: PART, hash: partHash(decider) }],
    unseals: [],
  });
  expect(request(decider)).toMatchObject({ value: 48_000_00, status: 'open', areas: ['root'] });
  decider.must(approve('r1', partHash(decider)), 'ada');
  expect(request(decider)).toMatchObject({
    status: 'approved',
    approvals: [{ by: 'ada', for: null, hash: partHash(decider) }],
  });
  expect(decider.give(approve('r1', partHash(decider)), 'ada')).toEqual({ ok: true, value: [] });
});

test('A1: what is not as the command says, or has a gap, is not sealed', () => {
  const decider = workspaceOf({ bob: ['budget-holder'] });
  plan(decider, LINES);
  const early = submitPart(decider);
  plan(decider, [lineRecord('cloud', { '2027-06': 41_000_00 })]);
  expect(why(decider, early, 'bob')).toMatchObject({ kind: 'content-moved' });
  const [[name, whole] = ['', null]] = [...decider.facts.documents];
  if (whole !== null) decider.facts = { documents: new Map([[name, { ...whole, isComplete: false }]]) };
  expect(why(decider, submitPart(decider), 'bob')).toMatchObject({ kind: 'document-incomplete' });
});

test('A2: who submitted does not approve, nor does who stands in for them in their place (I6)', () => {
  const decider = submitted({ bob: ['controller'], dora: ['contributor'] });
  expect(why(decider, approve('r1', partHash(decider)), 'bob')).toEqual({ kind: 'own-submission', delegated: false });
  const delegated = {
    kind: 'delegate',
    id: 'd1',
    to: 'dora',
    from: '2027-03-01',
    until: '2027-03-31',
    limit: null,
  } as const;
  decider.must(delegated, 'bob');
  expect(why(decider, approve('r1', partHash(decider)), 'dora')).toEqual({ kind: 'own-submission', delegated: true });
});

test('A2: whatever the grants, delegations and order, no approval is by or for whoever submitted (I6)', () => {
  const members = ['bob', 'carl', 'dora', 'eve'];
  const roles = ['owner', 'controller', 'approver', 'budget-holder'] as const;
  const member = fc.constantFrom(...members);
  fc.assert(
    fc.property(
      fc.tuple(...members.map(() => fc.constantFrom(...roles))),
      fc.array(fc.tuple(member, member), { maxLength: 5 }),
      fc.array(member, { minLength: 1, maxLength: 8 }),
      (granted, delegations, signers) => {
        const people = Object.fromEntries(members.map((id, at) => [id, [granted[at] ?? 'viewer'] as const]));
        const decider = workspaceOf({ ...people, bob: ['controller'] });
        decider.must({ kind: 'set-policy', policy: bandedPolicy({ fourEyesFrom: 0 }) });
        for (const [at, [by, to]] of delegations.entries()) {
          const dates = { from: '2027-01-01', until: '2027-12-31', limit: null };
          decider.give({ kind: 'delegate', id: `d${at}`, to, ...dates }, by);
        }
        plan(decider, LINES);
        decider.must(submitPart(decider), 'bob');
        for (const signer of signers) decider.give(approve('r1', partHash(decider)), signer);
        const approvals = request(decider)?.approvals ?? [];
        const people2 = approvals.flatMap(({ by, for: other }) => [by, ...(other === null ? [] : [other])]);
        expect(people2).not.toContain('bob');
        expect(new Set(people2).size).toBe(people2.length);
      },
    ),
    { numRuns: 150 },
  );
});

test('A3: a part that is taken back after it was approved has no approval any more, and is routed anew', () => {
  const decider = submitted({ bob: ['budget-holder'], ada: ['approver', null] });
  decider.must(approve('r1', partHash(decider)), 'ada');
  const { state } = decider;
  const events = decider.must({ kind: 'withdraw', request: 'r1', reason: 'One line more' }, 'bob');
  expect(sealingOf(events, { ...state, approvals: state.approvals }).unseals).toEqual([PART]);
  expect(request(decider)).toMatchObject({
    status: 'withdrawn',
    approvals: [],
    voided: [{ by: 'bob', why: 'One line more', approvals: [{ by: 'ada' }] }],
  });
  plan(decider, [...LINES, lineRecord('more', { '2027-08': 1_00 })]);
  decider.must(submitPart(decider, 'r2'), 'bob');
  expect(request(decider, 'r2')).toMatchObject({ status: 'open', approvals: [], value: 48_001_00 });
  expect(why(decider, approve('r2', 'f'.repeat(64)), 'ada')).toMatchObject({ kind: 'content-moved', by: 'bob' });
});

test('A4: a limit that does not reach is refused with both figures, and a delegate signs within the limit given', () => {
  const decider = submitted({ bob: ['budget-holder'], ada: ['approver', 100_000_00], dora: ['approver', 10_000_00] });
  const sign = approve('r1', partHash(decider));
  expect(why(decider, sign, 'dora')).toEqual({
    kind: 'limit-too-low',
    limit: 10_000_00,
    needed: 48_000_00,
    currency: 'EUR',
  });
  const dates = { from: '2027-03-01', until: '2027-03-31' };
  decider.must({ kind: 'delegate', id: 'd1', to: 'dora', ...dates, limit: 20_000_00 }, 'ada');
  expect(why(decider, sign, 'dora')).toMatchObject({ kind: 'limit-too-low', limit: 20_000_00 });
  decider.must({ kind: 'delegate', id: 'd2', to: 'dora', ...dates, limit: 50_000_00 }, 'ada');
  expect(decider.ask(sign, 'dora', '2027-04-01T00:00:00.000Z').ok).toBe(false);
  decider.must(sign, 'dora');
  expect(request(decider)?.approvals).toMatchObject([{ by: 'dora', for: 'ada' }]);
});

test('A4: in order the second step waits for the first; in parallel either may come first', () => {
  for (const order of ['in-order', 'parallel'] as const) {
    const decider = workspaceOf({ bob: ['budget-holder'], ada: ['approver', null], carl: ['controller'] });
    const steps = [step(0, { id: 'head' }), step(null, { id: 'finance', roles: ['controller'] })];
    const [rule] = DEFAULT_POLICY.rules;
    if (rule === undefined) throw new Error('no default rule');
    decider.must({ kind: 'set-policy', policy: { ...DEFAULT_POLICY, rules: [{ ...rule, order, steps }] } });
    plan(decider, LINES);
    decider.must(submitPart(decider), 'bob');
    const sign = approve('r1', partHash(decider));
    if (order === 'in-order') expect(why(decider, sign, 'carl')).toMatchObject({ kind: 'not-your-step' });
    else decider.must(sign, 'carl');
    decider.must(sign, 'ada');
    expect(request(decider)?.status).toBe(order === 'in-order' ? 'open' : 'approved');
  }
});

test('A5: a rule for the area goes before one for everybody, and the higher band before the lower', () => {
  const decider = workspaceOf({ bob: ['budget-holder'] });
  const policy = bandedPolicy();
  const [first] = policy.rules;
  if (first === undefined) throw new Error('no rule');
  decider.must({
    kind: 'set-policy',
    policy: { ...policy, rules: [...policy.rules, { ...first, id: 'own', areas: ['root'] }] },
  });
  plan(decider, LINES);
  decider.must(submitPart(decider), 'bob');
  expect(request(decider)?.route.rule).toBe('own');
  decider.must({ kind: 'set-policy', policy });
  decider.must({ kind: 'withdraw', request: 'r1', reason: 'again' }, 'bob');
  decider.must(submitPart(decider, 'r2'), 'bob');
  expect(request(decider, 'r2')?.route.rule).toBe('from-1000000');
});

test('A5: a policy that leaves something to nobody is refused', () => {
  const decider = workspaceOf({});
  const policy = bandedPolicy();
  const set = (rules: typeof policy.rules): Command => ({ kind: 'set-policy', policy: { ...policy, rules } });
  expect(why(decider, set([]), 'anna')).toMatchObject({ why: 'no-rules' });
  expect(why(decider, set(policy.rules.slice(1)), 'anna')).toMatchObject({ why: 'no-lowest-band' });
  expect(why(decider, set(policy.rules.map((rule) => ({ ...rule, steps: [] }))), 'anna')).toMatchObject({
    why: 'no-steps',
  });
});

test('A7: from the amount of the policy on a second person signs', () => {
  const decider = workspaceOf({ bob: ['budget-holder'], ada: ['approver', null], eve: ['approver', null] });
  decider.must({ kind: 'set-policy', policy: { ...DEFAULT_POLICY, fourEyesFrom: 40_000_00 } });
  plan(decider, LINES);
  decider.must(submitPart(decider), 'bob');
  const sign = approve('r1', partHash(decider));
  decider.must(sign, 'ada');
  expect(request(decider)?.status).toBe('open');
  decider.must(sign, 'ada');
  expect(request(decider)?.approvals).toHaveLength(1);
  decider.must(sign, 'eve');
  expect(request(decider)?.status).toBe('approved');
});

test('A8: who wrote in a plan and approves it is reported, or refused where the policy says so', () => {
  const decider = workspaceOf({ bob: ['budget-holder'], ada: ['approver', null] });
  plan(decider, LINES, ['bob', 'ada']);
  decider.must(submitPart(decider), 'bob');
  const sign = approve('r1', partHash(decider));
  const strict = { ...DEFAULT_POLICY, conflicts: { ...DEFAULT_POLICY.conflicts, 'edit-approve': 'refuse' as const } };
  const asked = decider.ask(sign, 'ada');
  expect(asked.ok && asked.value[0]).toMatchObject({ approval: { conflicts: ['edit-approve'] } });
  decider.must({ kind: 'set-policy', policy: strict });
  expect(why(decider, sign, 'ada')).toEqual({ kind: 'duties-conflict', conflict: 'edit-approve' });
});

test('A1: a version is submitted whole, keeps parts sealed that were approved by themselves, and waits for none', () => {
  const decider = submitted({ bob: ['budget-holder'], ada: ['approver', null] });
  expect(why(decider, submitVersion(decider, 'v1'), 'bob')).toMatchObject({ kind: 'part-undecided' });
  decider.must(approve('r1', partHash(decider)), 'ada');
  decider.must(submitVersion(decider, 'v1'), 'bob');
  expect(why(decider, { kind: 'withdraw', request: 'r1', reason: 'no' }, 'bob')).toMatchObject({
    kind: 'version-submitted',
  });
  const { state } = decider;
  const events = decider.must({ kind: 'return-submission', request: 'v1', reason: 'Too much' }, 'ada');
  expect(sealingOf(events, { ...state, approvals: state.approvals })).toEqual({ seals: [], unseals: [] });
  decider.must(submitVersion(decider, 'v2'), 'bob');
  decider.must(approve('v2', versionHash(decider)), 'ada');
  expect(why(decider, submitPart(decider, 'r3'), 'bob')).toMatchObject({ kind: 'already-submitted', request: 'v2' });
});

test('A4: an approver of another area is not asked', () => {
  const decider = submitted({ bob: ['budget-holder'] });
  const grants = [grant('approver', null, { areas: ['ops'] })];
  const joined = { kind: 'member-joined', member: 'ops', name: 'Ops', grants, invitation: null } as const;
  decider.state = evolve(decider.state, { ...joined, at: '2027-01-01T00:00:00.000Z' });
  expect(why(decider, approve('r1', partHash(decider)), 'ops')).toMatchObject({ kind: 'not-your-step' });
});
