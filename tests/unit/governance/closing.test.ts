import { expect, test } from 'vitest';
import { hashOfDocuments } from '#lib/governance/approval/content.ts';
import { DEFAULT_POLICY } from '#lib/governance/approval/policy.ts';
import { sealingOf } from '#lib/governance/approval/seals.ts';
import type { Command } from '#lib/governance/command.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { fact, workspaceOf } from '#tests/support/approvals.ts';
import { postOf, type TestDecider } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const MARCH = 'ledger/2027-03/root';

function closing(): { readonly decider: TestDecider; readonly close: Command; readonly hash: string } {
  const decider = workspaceOf({ carl: ['controller'], bob: ['budget-holder'] });
  const march = fact(MARCH, [['entries', 'e1', { amount: 10_00 }]]);
  decider.facts = { documents: new Map([[MARCH, march]]) };
  const close: Command = { kind: 'close-period', period: '2027-03', hashes: { [MARCH]: march.hash } };
  return { decider, close, hash: march.hash };
}

function why(decider: TestDecider, command: Command, by = 'carl'): unknown {
  const asked = decider.ask(command, by);
  return asked.ok ? null : asked.error.kind === 'approval-refused' ? asked.error.why : asked.error;
}

test('A10, I4: a late expense of a closed month counts in the next open one and keeps its date', () => {
  const { decider, close, hash } = closing();
  const { state } = decider;
  const events = decider.must(close, 'carl');
  expect(sealingOf(events, { ...state, approvals: state.approvals }).seals).toEqual([{ document: MARCH, hash }]);
  expect(decider.state.approvals.closings.get('2027-03')).toMatchObject({
    by: 'carl',
    hash: hashOfDocuments([{ document: MARCH, hash }]),
  });
  decider.must(postOf([makeExpense({ id: 'late', date: '2027-03-28' })]));
  expect(decider.ledger).toMatchObject([{ period: '2027-04', date: '2027-03-28' }]);
  expect(decider.give(close, 'carl')).toEqual({ ok: true, value: [] });
});

test('A10: a ledger that moved since one looked is not closed', () => {
  const { decider, close } = closing();
  const wrong: Command = { ...close, kind: 'close-period', period: '2027-03', hashes: { [MARCH]: 'f'.repeat(64) } };
  expect(why(decider, wrong)).toMatchObject({ kind: 'content-moved', document: MARCH });
  expect(why(decider, { ...wrong, period: '2027-13' })).toMatchObject({ kind: 'unknown-period' });
});

test('A10: reopening has a reason, opens the documents, and what was signed stays readable as void', () => {
  const { decider, close } = closing();
  decider.must(close, 'carl');
  const reopen: Command = { kind: 'reopen-period', period: '2027-03', reason: 'An invoice was missing' };
  expect(why(decider, reopen, 'bob')).toMatchObject({ kind: 'not-allowed' });
  const { state } = decider;
  const events = decider.must(reopen, 'carl');
  expect(sealingOf(events, { ...state, approvals: state.approvals }).unseals).toEqual([MARCH]);
  expect(writesOf(events, { ...state, postings: decider.state.postings })).toMatchObject([
    { kind: 'remove', collection: 'periods', id: '2027-03' },
    { kind: 'put', collection: 'reopened', record: { id: '2027-03', reopened: { reason: 'An invoice was missing' } } },
    {
      kind: 'put',
      collection: 'closings',
      record: { period: '2027-03', reopened: { reason: 'An invoice was missing' } },
    },
  ]);
  expect(why(decider, reopen)).toMatchObject({ kind: 'period-not-closed' });
  decider.must(postOf([makeExpense({ id: 'missing', date: '2027-03-28' })]));
  expect(decider.ledger).toMatchObject([{ period: '2027-03' }]);
});

test('A8: who posted into a period and closes it is reported, or refused where the policy says so', () => {
  const { decider, close } = closing();
  decider.must(postOf([makeExpense({ id: 'one', date: '2027-03-01' })]), 'carl');
  const asked = decider.ask(close, 'carl');
  expect(asked.ok && asked.value[0]).toMatchObject({ closing: { conflicts: ['post-close'] } });
  const conflicts = { ...DEFAULT_POLICY.conflicts, 'post-close': 'refuse' as const };
  decider.must({ kind: 'set-policy', policy: { ...DEFAULT_POLICY, conflicts } });
  expect(why(decider, close)).toEqual({ kind: 'duties-conflict', conflict: 'post-close' });
  expect(why(decider, close, 'anna')).toBeNull();
});
