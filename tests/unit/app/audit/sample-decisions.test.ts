/** What was decided, as it is left in the documents that an auditor reads, however often it was decided anew. */
import { expect, test } from 'vitest';
import { decisionsIn, type SampledDecision } from '#lib/app/audit/sample-decisions.ts';
import { applyWrites } from '#lib/documents/apply-writes.ts';
import { openApprovals, openDecisions } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { fullDigest } from '#lib/governance/digest.ts';
import { evolve } from '#lib/governance/evolve.ts';
import type { Command } from '#lib/governance/command.ts';
import { writesOf } from '#lib/governance/writes.ts';
import {
  approve,
  fact,
  lineRecord,
  plan,
  submitVersion,
  transferOf,
  versionHash,
  workspaceOf,
} from '#tests/support/approvals.ts';
import type { TestDecider } from '#tests/support/decide.ts';

const MARCH = 'ledger/2027-03/root';

/** Decides these in turn, one a day from the 1st of April on; what was decided in the end, by id. */
function decidedIn(
  decider: TestDecider,
  commands: readonly (readonly [Command, string])[],
): readonly SampledDecision[] {
  const docs = new Map(['decisions/root', 'approvals/root'].map((name) => [name, newDocument()]));
  for (const [at, [command, by]] of commands.entries()) {
    const now = `2027-04-${String(at + 1).padStart(2, '0')}T09:00:00.000Z`;
    const decided = decider.ask(command, by, now);
    if (!decided.ok) throw new Error(JSON.stringify(decided.error));
    const writes = writesOf(decided.value, decider.state);
    for (const [name, doc] of docs)
      applyWrites(
        doc,
        writes.filter(({ document }) => document === name),
      );
    decider.state = decided.value.reduce(evolve, decider.state);
  }
  const decisions = openDecisions(docs.get('decisions/root') ?? newDocument());
  const approvals = openApprovals(docs.get('approvals/root') ?? newDocument());
  return decisionsIn({
    requests: [...approvals.requests.all()],
    askings: [...approvals.askings.all()],
    closed: [...decisions.periods.all()],
    reopened: [...decisions.reopened.all()],
    closings: [...decisions.closings.all()],
  });
}

const told = (decisions: readonly SampledDecision[]) =>
  decisions.map(({ kind, at, by, amount }) => [at.slice(8, 10), kind, by, amount] as const).sort();

test('A18: a period that was closed and opened again twice, and closed, is five decisions', () => {
  const decider = workspaceOf({ carl: ['controller'], ines: ['controller'] });
  const march = fact(MARCH, [['entries', 'e1', { amount: 10_00 }]]);
  decider.facts = { documents: new Map([[MARCH, march]]) };
  const close: Command = { kind: 'close-period', period: '2027-03', hashes: { [MARCH]: march.hash } };
  const reopen: Command = { kind: 'reopen-period', period: '2027-03', reason: 'A late bill' };
  const decisions = decidedIn(decider, [
    [close, 'carl'],
    [reopen, 'ines'],
    [close, 'ines'],
    [reopen, 'carl'],
    [close, 'carl'],
  ]);
  expect(told(decisions)).toEqual([
    ['01', 'close', 'carl', null],
    ['02', 'reopening', 'ines', null],
    ['03', 'close', 'ines', null],
    ['04', 'reopening', 'carl', null],
    ['05', 'close', 'carl', null],
  ]);
  expect(new Set(decisions.flatMap(({ hash }) => hash ?? [])).size).toBe(1);
});

test('A18: a transfer that was sent back and asked again for less is two, and its return', () => {
  const decider = workspaceOf({ carl: ['controller'], tom: ['budget-holder'] });
  plan(decider, [lineRecord('cloud', { '2027-06': 60_000_00 }), lineRecord('people', { '2027-07': 8_000_00 })]);
  const ask = (amount: number): Command => ({
    kind: 'transfer-budget',
    id: 't1',
    ...transferOf({ amount, commitment: amount }),
  });
  const less = transferOf({ amount: 1_000_00, commitment: 1_000_00 });
  const decisions = decidedIn(decider, [
    [submitVersion(decider, 'v1'), 'tom'],
    [approve('v1', versionHash(decider)), 'carl'],
    [ask(4_900_00), 'tom'],
    [{ kind: 'return-submission', request: 't1', reason: 'Too much' }, 'carl'],
    [ask(1_000_00), 'tom'],
    [approve('t1', fullDigest(less)), 'carl'],
  ]);
  expect(told(decisions).filter(([day]) => day > '02')).toEqual([
    ['03', 'transfer', 'tom', 4_900_00],
    ['04', 'return', 'carl', 4_900_00],
    ['05', 'transfer', 'tom', 1_000_00],
    ['06', 'approval', 'carl', 1_000_00],
  ]);
  expect(
    decisions
      .map(({ transfer }) => transfer?.amount)
      .filter(Boolean)
      .sort(),
  ).toEqual([1_000_00, 1_000_00, 4_900_00, 4_900_00]);
});
