import { expect, onTestFinished, test } from 'vitest';
import { openInbox } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { SoughtRow } from '#lib/store/known-expenses.ts';
import { ProjectionHost } from '#lib/store/projection-host.ts';
import { logForTest } from './log-for-test.ts';
import { ANN, makeExpense, WorkspaceForTest } from './workspace-for-test.ts';

interface Ground {
  readonly workspace: WorkspaceForTest;
  readonly known: (...sought: readonly Partial<SoughtRow>[]) => Promise<readonly string[]>;
}

async function groundWith(...expenses: readonly Expense[]): Promise<Ground> {
  const { log, database } = await logForTest();
  const workspace = new WorkspaceForTest(log);
  workspace.found();
  workspace.capture(...expenses);
  const fail = (fault: unknown): never => {
    throw new Error('A projection failed', { cause: fault });
  };
  const host = new ProjectionHost(database.name, {
    newId,
    now: () => '2027-02-10T12:00:00.000Z',
    onchange: () => undefined,
    onfault: fail,
  });
  expect(await host.open({ isShared: false })).toMatchObject({ ok: true });
  onTestFinished(() => host.close());
  const known: Ground['known'] = async (...sought) => {
    await log.flush();
    await host.settled();
    const rows = sought.map((row) => ({ fingerprint: 'none', date: '2027-02-03', amount: 1, currency: 'EUR', ...row }));
    return (await host.questions.knownLike(rows)).map(({ id }) => id).sort();
  };
  return { workspace, known };
}

test('S17: an import meets what has its amount, whatever the sign, and what has its fingerprint', async () => {
  const { workspace, known } = await groundWith(
    makeExpense({ id: 'same', amount: 1250 }),
    makeExpense({ id: 'credit', amount: -1250, kind: 'credit' }),
    makeExpense({ id: 'other', amount: 99, fingerprint: '1abc-1' }),
  );
  expect(await known({ amount: 1250 })).toEqual(['credit', 'same']);
  workspace.edit('inbox/ann', (doc) => openInbox(doc).expenses.revise('other', { amount: 77 }, ANN));
  expect(await known({ amount: 99, fingerprint: '1abc-1' })).toEqual(['other']);
  workspace.edit('inbox/ann', (doc) => openInbox(doc).expenses.remove('other', ANN));
  expect(await known({ amount: 99, fingerprint: '1abc-1' })).toEqual([]);
});

test('S17: a foreign amount is met at the rate of its day, and one without a rate all the same', async () => {
  const { workspace, known } = await groundWith(
    makeExpense({ id: 'dollars', amount: 1000, currency: 'USD' }),
    makeExpense({ id: 'francs', amount: 500, currency: 'CHF' }),
  );
  workspace.post(makeExpense({ id: 'posted', amount: 1000, currency: 'EUR' }));
  expect(await known({ amount: 1000, currency: 'USD' })).toEqual(['dollars']);
  expect(await known({ amount: 1000, currency: 'USD', date: null })).toEqual(['dollars']);
  expect(await known({ amount: 500, currency: 'CHF' })).toEqual(['francs']);
  expect(await known({ amount: 1000 })).toEqual(['posted']);
});
