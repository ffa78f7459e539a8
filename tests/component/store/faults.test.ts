import { expect, onTestFinished, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { newId } from '#lib/domain/id.ts';
import { databaseNamed, openDatabase } from '#lib/store/database.ts';
import { everythingIn, restoreEverything } from '#lib/store/everything.ts';
import { failureOf } from '#lib/store/failure.ts';
import { keepReceipt } from '#lib/store/receipts.ts';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import { logForTest, logOn, notesOf, openForTest, updateSetting } from './log-for-test.ts';

interface StorageSession {
  send(method: 'Storage.overrideQuotaForOrigin', params: { origin: string; quotaSize?: number }): Promise<unknown>;
  send(method: 'Storage.clearDataForOrigin', params: { origin: string; storageTypes: string }): Promise<unknown>;
}

const MB = 1024 * 1024;

/** Leaves this origin 4 MB of disk until the test ends or the function it gives is called. */
async function withSmallDisk(): Promise<() => Promise<unknown>> {
  const session = cdp() as unknown as StorageSession;
  const { origin } = location;
  const lift = () => session.send('Storage.overrideQuotaForOrigin', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4 * MB });
  // Chromium remembers for a while how much room there was; it asks again after this.
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  onTestFinished(async () => {
    await lift();
  });
  return lift;
}

/** An update too large for the small disk. */
const LARGE = updateSetting('b', 'x'.repeat(8 * MB));

test('S3: on a full disk what is typed stays in memory, says so, is in the export and can be sent; room saves it', async () => {
  const lift = await withSmallDisk();
  const { log, database, statuses } = await logForTest();
  log.append('core', updateSetting('a', 'saved'));
  await log.flush();
  log.append('core', LARGE);
  await log.flush();
  expect(statuses.at(-1)).toEqual({ kind: 'not-saved', why: { kind: 'no-room' }, rows: 1 });
  log.append('core', updateSetting('c', 'held'));

  const everything = await everythingIn(log);
  expect(everything.unread).toEqual([]);
  expect(notesOf(everything.rows)).toEqual({ a: 'saved', b: expect.any(String) as string, c: 'held' });
  expect(notesOf(await syncStoreOf(log).unacknowledged('core'))).toEqual({
    a: 'saved',
    b: expect.any(String) as string,
    c: 'held',
  });
  const receipt = { original: new Uint8Array(8 * MB), type: 'image/png', thumbnail: null, document: 'inbox/ana' };
  expect(await keepReceipt(database, receipt)).toEqual({ ok: false, error: { kind: 'no-room' } });

  await lift();
  await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ kind: 'saved' }), { timeout: 5000 });
  expect(notesOf(await database.updates.toArray())).toEqual({ a: 'saved', b: expect.any(String) as string, c: 'held' });
});

test('S3: a row that the server took while the disk was full is saved as durable', async () => {
  const lift = await withSmallDisk();
  const { log, database, statuses } = await logForTest();
  const row = log.append('core', LARGE);
  await log.flush();
  expect(statuses.at(-1)).toMatchObject({ kind: 'not-saved' });
  await syncStoreOf(log).acknowledge('core', { incarnation: 'i', rows: [{ key: row.key, seq: 1 }] });
  await lift();
  await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ kind: 'saved' }), { timeout: 5000 });
  expect(await database.updates.toArray()).toMatchObject([{ key: row.key, state: 'durable', serverSeq: 1 }]);
});

test('S20: a database that cannot be opened is a value, and what is typed can still be exported', async () => {
  const database = databaseNamed(`refused-${newId()}`);
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not in private browsing', 'SecurityError');
  });
  onTestFinished(() => open.mockRestore());
  expect(await openDatabase(database)).toMatchObject({ ok: false, error: { kind: 'cannot-open' } });
  const { log, statuses } = logOn(database);
  log.append('core', updateSetting('a', 'typed'));
  await log.flush();
  expect(statuses.at(-1)).toMatchObject({ kind: 'not-saved', why: { kind: 'cannot-open' }, rows: 1 });
  expect(await log.load('core')).toMatchObject({ ok: false, error: { kind: 'cannot-open' } });
  const everything = await everythingIn(log);
  expect(notesOf(everything.rows)).toEqual({ a: 'typed' });
  expect(everything.unread.map(({ part }) => part)).toContain('updates');
});

test('S20: a tab that stands in the way of an upgrade lets go and is told to reload; both its halves are exported', async () => {
  const name = `upgrade-${newId()}`;
  const onreloadneeded = vi.fn();
  const old = databaseNamed(name, { onreloadneeded });
  await openDatabase(old);
  const { log, statuses } = logOn(old);
  log.append('core', updateSetting('b', 'saved'));
  await log.flush();
  const newer = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, 1000);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
  });
  onTestFinished(() => {
    newer.close();
    indexedDB.deleteDatabase(name);
  });
  expect(onreloadneeded).toHaveBeenCalledOnce();
  log.append('core', updateSetting('a', 'typed'));
  await log.flush();
  expect(statuses.at(-1)).toMatchObject({ kind: 'not-saved', why: { kind: 'reload-needed' } });
  const everything = await everythingIn(log);
  expect(notesOf(everything.rows)).toEqual({ a: 'typed', b: 'saved' });
  expect(everything.unread).toEqual([]);
});

test('S27: a database that the browser deleted under the open app is not made anew, and it is said', async () => {
  const name = `test-${newId()}`;
  const ontakenaway = vi.fn();
  const database = databaseNamed(name, { ontakenaway });
  await openDatabase(database);
  const { log, statuses } = logOn(database);
  log.append('core', updateSetting('b', 'saved'));
  await log.flush();
  // As a browser does it: connections end first, and nobody is asked.
  database.backendDB().close();
  await deleted(name);
  log.append('core', updateSetting('a', 'typed'));
  await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ why: { kind: 'taken-away' } }), { timeout: 5000 });
  expect(ontakenaway).toHaveBeenCalled();
  expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name);
  expect(log.heldRows('core')).toHaveLength(1);
});

async function deleted(name: string): Promise<void> {
  await new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(name);
    deleting.onsuccess = resolve;
    deleting.onerror = reject;
  });
}

test('S18: an export fills an empty database with the same rows, receipts and commands', async () => {
  const { log, database } = await logForTest();
  log.append('core', updateSetting('a', 'one'));
  await log.flush();
  await syncStoreOf(log).reject('core', [(await database.updates.toArray())[0]?.key ?? ''], 'not-allowed');
  log.append('core', updateSetting('b', 'two'));
  await keepReceipt(database, {
    original: Uint8Array.of(1),
    type: 'image/png',
    thumbnail: null,
    document: 'inbox/ana',
  });
  const everything = structuredClone(await everythingIn(log));

  const restored = await openForTest();
  await restoreEverything(restored, everything);
  const again = await everythingIn(logOn(restored).log);
  expect(again).toEqual({ ...everything, unread: [] });
});

test('S20: failures are read out of whatever the browser and Dexie wrap them in', () => {
  const quota = new DOMException('full', 'QuotaExceededError');
  expect(failureOf(quota)).toEqual({ kind: 'no-room' });
  expect(failureOf(Object.assign(new Error('aborted'), { name: 'AbortError', inner: quota }))).toEqual({
    kind: 'no-room',
  });
  expect(failureOf(Object.assign(new Error('bulk'), { name: 'BulkError', failures: [quota] }))).toEqual({
    kind: 'no-room',
  });
  expect(failureOf(new DOMException('newer', 'VersionError'))).toEqual({ kind: 'reload-needed' });
  expect(failureOf(new DOMException('no', 'SecurityError'))).toMatchObject({ kind: 'cannot-open' });
  expect(failureOf('odd')).toEqual({ kind: 'cannot-write', cause: 'odd' });
});
