import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { isIntact, updateChecksum } from '#lib/documents/update-row.ts';
import { compact } from '#lib/store/compaction.ts';
import { discardParked, parkedRows } from '#lib/store/parked.ts';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import type { SyncStore } from '#lib/sync/sync-store.ts';
import { logForTest, logOn, notesOf, openForTest, serverRows, updateSetting } from './log-for-test.ts';

async function storeForTest(name?: string) {
  const ground = await logForTest(name);
  // What the sync floor asks for, checked here because the store may not name it.
  const store: SyncStore = syncStoreOf(ground.log);
  return { ...ground, store };
}

async function notesIn(store: SyncStore, document: string): Promise<Record<string, unknown>> {
  return notesOf([...(await store.durable(document, 0)), ...(await store.unacknowledged(document))]);
}

const incarnation = 'i1';
const received = (rows: ReturnType<typeof serverRows>) => ({
  incarnation,
  rows,
  clients: [{ client: 1, member: 'ann' }],
});

test('S7: rows from the server are kept in any order, once, and the cursor waits before a hole', async () => {
  const { database, store } = await storeForTest();
  const [one, two, three] = serverRows(1, ...['1', '2', '3'].map((key) => updateSetting(key, key)));
  if (one === undefined || two === undefined || three === undefined) throw new Error('three rows');
  await store.receive('core', received([one, three]));
  await store.receive('core', received([one, three]));
  expect(await store.heads()).toEqual(new Map([['core', { incarnation, cursor: 1 }]]));
  await store.receive('core', received([two]));
  expect(await store.heads()).toEqual(new Map([['core', { incarnation, cursor: 3 }]]));
  expect(await database.updates.count()).toBe(3);
  expect(await notesIn(store, 'core')).toEqual({ 1: '1', 2: '2', 3: '3' });
  expect(await database.clients.toArray()).toEqual([{ client: 1, member: 'ann' }]);
});

test('S7: a row damaged on the way is not kept, and the cursor stays before it', async () => {
  const { database, store } = await storeForTest();
  const [row] = serverRows(1, updateSetting('a', 'one'));
  if (row === undefined) throw new Error('one row');
  await store.receive('core', received([{ ...row, bytes: row.bytes.slice(1) }]));
  expect(await database.updates.count()).toBe(0);
  expect((await store.heads()).get('core')?.cursor).toBe(0);
});

test('S8: the tab is killed between commit and send: the row is there and still to be sent', async () => {
  const killed = await storeForTest('killed');
  const row = killed.log.append('inbox/ann', updateSetting('a', 'one'));
  await killed.log.flush();
  // No close: the page is gone. Another one opens the same database.
  const store = syncStoreOf(logOn(await openForTest('killed')).log);
  expect(await store.documentsWithUnacknowledged()).toEqual(['inbox/ann']);
  expect((await store.unacknowledged('inbox/ann')).map(({ key }) => key)).toEqual([row.key]);
});

test('S8: what is typed is to be sent at once, and an acknowledged row is not sent again', async () => {
  const { log, store } = await storeForTest();
  const first = log.append('core', updateSetting('a', 'one'));
  const second = log.append('core', updateSetting('b', 'two'));
  expect((await store.unacknowledged('core')).map(({ key }) => key)).toEqual([first.key, second.key]);
  await store.acknowledge('core', { incarnation, rows: [{ key: first.key, seq: 1 }] });
  expect((await store.unacknowledged('core')).map(({ key }) => key)).toEqual([second.key]);
  expect(await store.heads()).toEqual(new Map([['core', { incarnation, cursor: 1 }]]));
  expect(await notesIn(store, 'core')).toEqual({ a: 'one', b: 'two' });
});

test('S8: our own row comes back from the server before or after its acknowledgement: it is here once', async () => {
  const { log, database, store } = await storeForTest();
  const [early, late] = [log.append('core', updateSetting('a', '1')), log.append('core', updateSetting('b', '2'))];
  const rows = serverRows(1, early.bytes, late.bytes);
  // Another tab of this device receives the first as anybody's row; the second is told by its key.
  await store.receive('core', received(rows.slice(0, 1)));
  await store.acknowledge('core', { incarnation, rows: [{ key: early.key, seq: 1 }] });
  await store.receive('core', received(rows.slice(1).map((row) => ({ ...row, key: late.key }))));
  await store.acknowledge('core', { incarnation, rows: [{ key: late.key, seq: 2 }] });
  expect(await database.updates.toArray()).toMatchObject([
    { key: early.key, state: 'durable', serverSeq: 1 },
    { key: late.key, state: 'durable', serverSeq: 2 },
  ]);
});

test('S9: a refused row and every later one of its document are parked; earlier ones and others stay', async () => {
  const { log, database, store, messages } = await storeForTest();
  const [first, refused] = ['a', 'b', 'c'].map((key) => log.append('plan/v1/root', updateSetting(key, key)));
  log.append('core', updateSetting('x', 'x'));
  await store.reject('plan/v1/root', [refused?.key ?? ''], 'not-allowed');
  expect((await store.unacknowledged('plan/v1/root')).map(({ key }) => key)).toEqual([first?.key]);
  expect(await store.documentsWithUnacknowledged()).toEqual(['core', 'plan/v1/root']);
  const parked = await parkedRows(database);
  expect(parked.map(({ reason, row }) => [reason, row.state])).toEqual([
    ['not-allowed', 'rejected'],
    ['not-allowed', 'rejected'],
  ]);
  expect(notesOf(parked.map(({ row }) => row))).toEqual({ b: 'b', c: 'c' });
  expect(messages).toContainEqual({ kind: 'rows-taken', document: 'plan/v1/root' });
  await discardParked(
    database,
    parked.map(({ key }) => key),
  );
  expect(await parkedRows(database)).toEqual([]);
});

test('S10: a document that begins anew on the server keeps nothing of the old one but what was not sent, parked', async () => {
  const { log, database, store } = await storeForTest();
  await store.receive('core', received(serverRows(1, updateSetting('old', 'old'))));
  log.append('core', updateSetting('mine', 'mine'));
  await store.reset('core', 'i2');
  expect(await store.heads()).toEqual(new Map([['core', { incarnation: 'i2', cursor: 0 }]]));
  expect(await notesIn(store, 'core')).toEqual({});
  expect((await parkedRows(database)).map(({ reason }) => reason)).toEqual(['restarted']);
  // What still comes of the old incarnation is not taken.
  await store.receive('core', received(serverRows(2, updateSetting('old', 'old'))));
  expect(await notesIn(store, 'core')).toEqual({});
});

test('S25: the server goes on from a copy: what it lost is sent again by whoever typed it, also out of merged rows', async () => {
  const { log, database, store } = await storeForTest();
  const mine = new Y.Doc();
  const typed = (key: string): Uint8Array => {
    const before = Y.encodeStateVector(mine);
    mine.getMap('notes').set(key, key);
    return Y.encodeStateAsUpdate(mine, before);
  };
  const theirs = serverRows(1, updateSetting('copied', 'copied'), updateSetting('theirs 2', '2'));
  await store.receive('core', received(theirs));
  const own = [3, 4, 5].map((seq) => ({ key: log.append('core', typed(`mine ${seq}`)).key, seq }));
  await store.acknowledge('core', { incarnation, rows: own });
  await compact(database, 'core', { isShared: true, upTo: 4, newId: () => 'segment' });
  expect((await database.updates.toArray()).map(({ firstSeq, serverSeq }) => [firstSeq, serverSeq])).toEqual([
    [1, 4],
    [5, 5],
  ]);
  log.append('core', typed('waiting'));

  await store.carryOver('core', 'i1~1.x', 1);
  expect((await store.heads()).get('core')).toEqual({ incarnation: 'i1~1.x', cursor: 0 });
  const toSend = await store.unacknowledged('core');
  expect(toSend.map(({ key }) => key).slice(1)).toEqual([own[2]?.key, expect.any(String)]);
  expect(toSend.every(isIntact)).toBe(true);
  expect(notesOf(toSend)).toEqual({ 'mine 3': 'mine 3', 'mine 4': 'mine 4', 'mine 5': 'mine 5', waiting: 'waiting' });
  const parked = await parkedRows(database);
  expect(parked.map(({ reason }) => reason)).toEqual(['lost-by-server']);
  expect(notesOf(parked.map(({ row }) => row))).toEqual({ copied: 'copied', 'theirs 2': '2' });
  await store.receive('core', { ...received(theirs.slice(0, 1)), incarnation: 'i1~1.x' });
  expect((await store.heads()).get('core')?.cursor).toBe(1);
  expect(await notesIn(store, 'core')).toEqual({ copied: 'copied', ...notesOf(toSend) });
});

test('S25: a device that knows no more than the copy only takes the new incarnation', async () => {
  const { log, database, store, messages } = await storeForTest();
  await store.receive('core', received(serverRows(1, updateSetting('a', 'a'))));
  log.append('core', updateSetting('waiting', 'waiting'));
  messages.length = 0;
  await store.carryOver('core', 'i1~7.x', 7);
  expect((await store.heads()).get('core')).toEqual({ incarnation: 'i1~7.x', cursor: 1 });
  expect(await notesIn(store, 'core')).toEqual({ a: 'a', waiting: 'waiting' });
  expect([await database.parked.count(), messages.filter(({ kind }) => kind === 'rows-taken')]).toEqual([0, []]);
});

test('S10: rows of a document that only the decider writes are not parked: the server makes them again', async () => {
  const { log, database, store } = await storeForTest();
  log.append('ledger/2027-01/root', updateSetting('a', 'a'));
  await store.reset('ledger/2027-01/root', 'i2');
  expect(await parkedRows(database)).toEqual([]);
  expect(await database.updates.count()).toBe(0);
});

test('S5: a damaged row is never sent, and one the server has is asked for again', async () => {
  const { log, database, store } = await storeForTest();
  log.append('core', updateSetting('mine', 'mine'));
  await store.receive('core', received(serverRows(1, updateSetting('a', 'a'), updateSetting('b', 'b'))));
  await database.updates.toCollection().modify({ checksum: 1 });
  expect(await store.unacknowledged('core')).toEqual([]);
  expect(await store.durable('core', 0)).toEqual([]);
  expect((await store.heads()).get('core')?.cursor).toBe(0);
  // Sent again, they fill the hole.
  await store.receive('core', received(serverRows(1, updateSetting('a', 'a'), updateSetting('b', 'b'))));
  expect((await store.heads()).get('core')?.cursor).toBe(2);
  expect(await notesIn(store, 'core')).toEqual({ a: 'a', b: 'b' });
});

test('S6: rows merged in V2 are spoken in V1', async () => {
  const { log, store } = await storeForTest();
  const bytes = Y.convertUpdateFormatV1ToV2(updateSetting('a', 'one'));
  log.append('core', bytes, 'v2');
  const [row] = await store.unacknowledged('core');
  expect(row).toMatchObject({ format: 'v1', checksum: updateChecksum(row?.bytes ?? bytes, 'v1') });
  expect(notesOf(row === undefined ? [] : [row])).toEqual({ a: 'one' });
});

test('S11: a command waits until it is answered; a refusal stays until it was read', async () => {
  const { database, store } = await storeForTest();
  const { dismissRefusal, giveCommand, outboxCommands } = await import('#lib/store/outbox.ts');
  const given = (id: string) => ({
    id,
    command: { kind: 'rename-workspace' as const, name: id },
    by: 'ann',
    at: '2027-01-01T00:00:00.000Z',
  });
  for (const id of ['c1', 'c2', 'c1']) await giveCommand(database, given(id));
  expect((await store.outbox()).map(({ id }) => id)).toEqual(['c1', 'c2']);
  await store.answered('c1', { ok: true, value: [] });
  await store.answered('c2', { ok: false, error: { kind: 'not-founded' } });
  expect(await store.outbox()).toEqual([]);
  expect((await outboxCommands(database)).map(({ id, refusal }) => [id, refusal?.kind])).toEqual([
    ['c2', 'not-founded'],
  ]);
  await dismissRefusal(database, 'c2');
  expect(await outboxCommands(database)).toEqual([]);
});

test('S7: nothing is lost when the disk refuses what came: the cursor has not moved', async () => {
  const { database, store } = await storeForTest();
  const refuse = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  database.updates.hook('creating', refuse);
  await expect(store.receive('core', received(serverRows(1, updateSetting('a', 'a'))))).rejects.toThrow();
  database.updates.hook('creating').unsubscribe(refuse);
  expect(await store.heads()).toEqual(new Map());
  await store.receive('core', received(serverRows(1, updateSetting('a', 'a'))));
  expect((await store.heads()).get('core')?.cursor).toBe(1);
});
