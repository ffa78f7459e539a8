import { expect, test } from 'vitest';
import { contentHash, hashOfDocuments } from '#lib/governance/approval/content.ts';
import type { Transfer } from '#lib/governance/approval/request.ts';
import { sealingOf } from '#lib/governance/approval/seals.ts';
import type { Command } from '#lib/governance/command.ts';
import { writesOf } from '#lib/governance/writes.ts';
import {
  approve,
  bandedPolicy,
  cell,
  lineRecord,
  PART,
  plan,
  submitVersion,
  transferOf,
  versionHash,
  workspaceOf,
} from '#tests/support/approvals.ts';
import type { TestDecider } from '#tests/support/decide.ts';

const BEFORE = [lineRecord('cloud', { '2027-06': 60_000_00 }), lineRecord('people', { '2027-07': 8_000_00 })];
const AFTER = [lineRecord('cloud', { '2027-06': 55_100_00 }), lineRecord('people', { '2027-07': 12_900_00 })];

/** An approved version; ada approves to 10,000, cleo to 100,000, chief without limit. */
function approved(): TestDecider {
  const decider = workspaceOf({
    bob: ['budget-holder'],
    ada: ['approver', 10_000_00],
    cleo: ['approver', 100_000_00],
    chief: ['approver', null],
  });
  decider.must({ kind: 'set-policy', policy: bandedPolicy() });
  plan(decider, BEFORE);
  decider.must(submitVersion(decider, 'v1'), 'bob');
  decider.must(approve('v1', versionHash(decider)), 'chief');
  return decider;
}

function give(id: string, fields: Partial<Transfer> = {}): Command {
  return { kind: 'transfer-budget', id, ...transferOf(fields) };
}

function request(decider: TestDecider, id: string) {
  const found = decider.state.approvals.requests.get(id);
  if (found === undefined) throw new Error(`no request ${id}`);
  return found;
}

function why(decider: TestDecider, command: Command, by = 'bob'): unknown {
  const asked = decider.ask(command, by);
  return asked.ok ? null : asked.error.kind === 'approval-refused' ? asked.error.why : asked.error;
}

test('A6: three purchases of 4,900 in five days at one vendor are valued as 14,700, above a limit of 10,000', () => {
  const decider = approved();
  for (const [at, day] of ['2027-03-10', '2027-03-12', '2027-03-14'].entries()) {
    decider.must(give(`t${at}`, { to: cell('people', `2027-0${7 + at}`) }), 'bob', `${day}T12:00:00.000Z`);
  }
  expect(request(decider, 't0')).toMatchObject({ value: 4_900_00, split: null });
  expect(request(decider, 't1')).toMatchObject({ value: 4_900_00, split: null });
  expect(request(decider, 't2')).toMatchObject({
    value: 14_700_00,
    split: { with: ['t0', 't1'], alone: 4_900_00 },
    route: { rule: 'from-1000000' },
  });
  expect(why(decider, approve('t2', request(decider, 't2').hash), 'ada')).toMatchObject({
    kind: 'limit-too-low',
    limit: 10_000_00,
    needed: 14_700_00,
  });
  decider.must(approve('t0', request(decider, 't0').hash), 'ada');
});

test('A6: another vendor, another requester or more days apart are valued alone', () => {
  const decider = approved();
  decider.must(give('t0'), 'bob', '2027-03-10T12:00:00.000Z');
  decider.must(give('other', { vendor: 'other' }), 'bob', '2027-03-11T12:00:00.000Z');
  decider.must(give('anna'), 'anna', '2027-03-11T12:00:00.000Z');
  decider.must(give('later', { commitment: 9_000_00 }), 'bob', '2027-04-20T12:00:00.000Z');
  for (const id of ['other', 'anna', 'later']) expect(request(decider, id).split).toBeNull();
  decider.must(give('near', { commitment: 9_000_00 }), 'bob', '2027-04-21T12:00:00.000Z');
  expect(request(decider, 'near').split).toEqual({ with: ['later'], alone: 9_000_00 });
});

test('A9: no money moves into or out of a line by formula', () => {
  const decider = approved();
  const people = lineRecord('people', { '2027-07': 8_000_00 });
  plan(decider, [BEFORE[0] ?? people, [people[0], people[1], { ...(people[2] as object), formula: '8000' }]]);
  expect(why(decider, give('t'))).toEqual({ kind: 'by-formula', line: 'people' });
  const back = { from: cell('people', '2027-07'), to: cell('cloud', '2027-06') };
  expect(why(decider, give('t', back))).toEqual({ kind: 'by-formula', line: 'people' });
});

test('A5: 48,000 a year for three years is routed by 144,000 (J6)', () => {
  const decider = approved();
  decider.must(give('t', { amount: 48_000_00, commitment: 144_000_00 }), 'bob');
  expect(request(decider, 't')).toMatchObject({ value: 144_000_00, route: { rule: 'from-10000000' } });
  expect(why(decider, approve('t', request(decider, 't').hash), 'cleo')).toMatchObject({ kind: 'limit-too-low' });
  decider.must(approve('t', request(decider, 't').hash), 'chief');
});

test('A9: an approved transfer changes both lines, and the version is sealed as it then stands', () => {
  const decider = approved();
  decider.must(give('t'), 'bob');
  const { state } = decider;
  const events = decider.must(approve('t', request(decider, 't').hash), 'ada');
  const hash = contentHash(PART, AFTER);
  expect(sealingOf(events, { ...state, approvals: state.approvals })).toEqual({
    seals: [{ document: PART, hash }],
    unseals: [],
  });
  expect(request(decider, 'v1').documents).toEqual([{ document: PART, hash }]);
  expect(request(decider, 'v1').status).toBe('approved');
  const writes = writesOf(events, { ...state, postings: decider.state.postings });
  expect(writes.filter(({ document }) => document === PART)).toEqual([
    { kind: 'amend', document: PART, collection: 'lines', id: 'cloud', fields: { '2027-06': 55_100_00 } },
    { kind: 'amend', document: PART, collection: 'lines', id: 'people', fields: { '2027-07': 12_900_00 } },
  ]);
});

test('A9, A3: a transfer changed after its approval goes back, its approval is void, and it is routed anew', () => {
  const decider = approved();
  decider.must(give('t'), 'bob');
  decider.must(approve('t', request(decider, 't').hash), 'ada');
  plan(decider, AFTER);
  const events = decider.must(give('t', { amount: 6_000_00, commitment: 18_000_00 }), 'bob');
  expect(events.map(({ kind }) => kind)).toEqual(['transferred', 'submitted']);
  expect(events[0]).toMatchObject({ documents: { [PART]: contentHash(PART, BEFORE) } });
  expect(request(decider, 't')).toMatchObject({
    status: 'open',
    approvals: [],
    value: 18_000_00,
    route: { rule: 'from-1000000' },
    voided: [{ by: 'bob', why: 'The transfer was changed: amount, commitment.', approvals: [{ by: 'ada' }] }],
  });
  plan(decider, BEFORE);
  expect(why(decider, approve('t', request(decider, 't').hash), 'ada')).toMatchObject({ kind: 'limit-too-low' });
  decider.must(approve('t', request(decider, 't').hash), 'cleo');
});

test('A9: what is not there, in another currency, in a closed month or on both sides is not moved', () => {
  const decider = approved();
  expect(why(decider, give('t', { amount: 60_000_01 }))).toMatchObject({ kind: 'not-enough', available: 60_000_00 });
  expect(why(decider, give('t', { currency: 'USD' }))).toMatchObject({ kind: 'line-currency', currency: 'EUR' });
  expect(why(decider, give('t', { to: cell('cloud', '2027-06') }))).toEqual({ kind: 'same-cell' });
  expect(why(decider, give('t', { to: cell('gone', '2027-06') }))).toMatchObject({ kind: 'unknown-line' });
  decider.state = { ...decider.state, closed: new Set(['2027-07']) };
  expect(why(decider, give('t'))).toEqual({ kind: 'period-closed', period: '2027-07' });
});

test('A9: a draft is edited, not transferred; an id is its requester’s', () => {
  const decider = workspaceOf({ bob: ['budget-holder'], eve: ['budget-holder'] });
  plan(decider, BEFORE);
  expect(why(decider, give('t'))).toEqual({ kind: 'not-approved' });
  const other = approved();
  other.must(give('t'), 'bob');
  expect(other.give(give('t'), 'bob')).toEqual({ ok: true, value: [] });
  expect(why(other, give('t', { amount: 1 }), 'anna')).toEqual({ kind: 'id-taken' });
});

test('A9: an approved amendment takes the place of its version, and a transfer meanwhile makes its approvals void', () => {
  const decider = approved();
  decider.must({ kind: 'set-policy', policy: bandedPolicy({ fourEyesFrom: 0 }) });
  const open: Command = {
    kind: 'open-amendment',
    id: 'fy27b',
    of: 'fy27',
    name: 'FY27, June',
    reason: 'A new contract',
  };
  decider.must(open, 'bob');
  const part = 'plan/fy27b/root';
  const documents = new Map(decider.facts.documents);
  const fact = documents.get(PART);
  if (fact === undefined) throw new Error('no plan');
  const hash = contentHash(part, fact.records);
  decider.facts = { documents: new Map([[part, { ...fact, hash }]]) };
  const whole = hashOfDocuments([{ document: part, hash }]);
  const version = { kind: 'version', version: 'fy27b' } as const;
  const submit = (id: string, of: string): Command => ({ kind: 'submit', id, subject: version, hash: of, note: '' });
  decider.must(submit('a1', whole), 'bob');
  decider.must(approve('a1', whole), 'chief');
  plan(decider, BEFORE);
  decider.must({ kind: 'set-policy', policy: bandedPolicy() });
  decider.must(give('t'), 'bob');
  decider.must(approve('t', request(decider, 't').hash), 'ada');
  expect(request(decider, 'a1')).toMatchObject({ approvals: [], voided: [{ by: 'ada' }], status: 'open' });
  decider.must(approve('a1', whole), 'chief');
  decider.must(approve('a1', whole), 'anna');
  expect(request(decider, 'a1').status).toBe('approved');
  expect(request(decider, 'v1')).toMatchObject({ status: 'superseded', ended: { by: 'anna' } });
  expect(why(decider, give('t2'))).toEqual({ kind: 'not-approved' });
});
