/** A document that may not be read any more leaves nothing behind but what nobody else has. */
import { expect, onTestFinished, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import type { Database } from '#lib/store/database.ts';
import { documentsHere, forgetDocuments } from '#lib/store/forget.ts';
import { parkedRows } from '#lib/store/parked.ts';
import { ProjectionHost } from '#lib/store/projection-host.ts';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import { logForTest } from './log-for-test.ts';
import { makeExpense, makeLine, WorkspaceForTest } from './workspace-for-test.ts';

const GONE = ['inbox/ann', 'ledger/2027-02/root', 'plan/v1/root', 'returns/ann'];

async function livedIn() {
  const ground = await logForTest();
  const workspace = new WorkspaceForTest(ground.log);
  workspace.found();
  const [hidden, kept] = ['zebra', 'paper'].map((hash) => ({
    hash,
    type: 'image/png',
    size: 1,
    original: new Uint8Array([1]),
    thumbnail: new Uint8Array([2]),
    sent: 1 as const,
  }));
  if (hidden === undefined || kept === undefined) throw new Error('two receipts');
  await ground.database.receipts.bulkPut([hidden, kept, { ...kept, hash: 'unsent', document: 'inbox/ann', sent: 0 }]);
  const expense = makeExpense({ id: 'e1', vendorText: 'Zebra GmbH', receipts: ['zebra', 'unsent'] });
  workspace.capture(expense);
  const entry = workspace.post(expense);
  workspace.takeBack(entry, 'Zebra reason');
  workspace.plan(makeLine({ id: 'l1', name: 'Zebra line' }));
  await ground.log.flush();
  // All of that is on the server; what follows is not.
  await ground.database.updates.toCollection().modify({ state: 'durable' });
  workspace.capture(makeExpense({ id: 'e2', vendorText: 'Unsent' }));
  await ground.log.flush();
  const change = { document: 'plan/v1/root', collection: 'lines', key: 'l1|name', item: { client: 1, clock: 1 } };
  const step = { label: 'Zebra', range: null, changes: [{ ...change, before: { item: null, value: 'Zebra line' } }] };
  await ground.database.undoSteps.add({ owner: 'ann', step } as never);
  const host = new ProjectionHost(ground.database.name, {
    newId,
    now: () => '2027-02-10T12:00:00.000Z',
    onchange: () => undefined,
    onfault: (fault) => {
      throw fault;
    },
  });
  await host.open({ isShared: true });
  onTestFinished(() => host.close());
  await host.settled();
  return { ...ground, host };
}

/** Everything in the database, but for what is parked, as text. */
async function everythingKept(database: Database): Promise<string> {
  const found: string[] = [];
  for (const table of database.tables.filter(({ name }) => name !== 'parked')) {
    const text = (value: unknown): unknown =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value;
    found.push(JSON.stringify(await table.toArray(), (_key, value: unknown) => text(value)));
  }
  return found.join('\n');
}

test('S26: rows, projections, receipts and undo of forgotten documents go, and the figures are without them', async () => {
  const { log, database, host } = await livedIn();
  const all = { filter: {}, sort: { by: 'date', descending: false }, offset: 0, limit: 100 } as const;
  expect(host.questions.list(all).totals.rows).toBe(4);
  expect(await everythingKept(database)).toMatch(/zebra/i);

  await forgetDocuments(log, GONE);
  await host.settled();
  expect(await documentsHere(database)).toEqual(['core', 'decisions/root']);
  expect(host.questions.list(all).totals.rows).toBe(0);
  await expect.poll(() => everythingKept(database), { timeout: 5000 }).not.toMatch(/zebra/i);
  expect(await database.receipts.toCollection().primaryKeys()).toEqual(['paper', 'unsent']);
});

test('S26: what no server has is parked, and the server is asked for all of it when it may be read again', async () => {
  const { log, database } = await livedIn();
  await forgetDocuments(log, GONE);
  expect(await parkedRows(database)).toMatchObject([{ document: 'inbox/ann', reason: 'revoked' }]);
  const store = syncStoreOf(log);
  expect([...(await store.heads()).keys()].filter((name) => GONE.includes(name))).toEqual([]);
  expect(await store.documentsWithUnacknowledged()).not.toContain('inbox/ann');
});
