import { expect, test } from 'vitest';
import { headOf, type LogEntry } from '#lib/governance/decision-log.ts';
import { snapshotOf, standpointFrom } from '#lib/governance/snapshot.ts';
import { postOf, TestDecider } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLog } from '#tests/support/make-log.ts';

test('G23: a state that was stored and read back decides like the one before', () => {
  const { log, decider } = makeLog();
  decider.state = { ...decider.state, closed: new Set(['2027-03']) };
  const head = headOf(log.at(-1) as LogEntry);
  const stored = structuredClone(snapshotOf({ head, state: decider.state }));
  const standpoint = standpointFrom(stored);
  expect(standpoint?.head).toEqual(head);
  const other = new TestDecider(standpoint?.state);
  for (const id of ['a', 'b', 'new']) {
    const command = postOf([makeExpense({ id, currency: 'USD', departmentId: 'ops' })]);
    expect(other.give(command)).toEqual(decider.give(command));
  }
  expect(other.ledger).toMatchObject([{ expenseId: 'new', period: '2027-04' }]);
});

test('G23: what is not a snapshot is not read', () => {
  const { log, decider } = makeLog();
  const snapshot = snapshotOf({ head: headOf(log.at(-1) as LogEntry), state: decider.state });
  expect(standpointFrom(null)).toBeNull();
  expect(standpointFrom({ ...snapshot, format: 1 })).toBeNull();
  expect(standpointFrom({ ...snapshot, postings: snapshot.postings.subarray(1) })).toBeNull();
});
