/** A disk that fails while something is read, not committed: nothing is said to be well after it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import type { FileStorage } from '#server/files/file-storage.ts';
import { folderFiles } from '#server/files/folder-files.ts';
import { noticed } from '#server/storage/noticed.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { StorageTrouble } from '#server/storage/storage.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';
import { serverHere } from './support/server-here.ts';
import type { ServerHere } from './support/server-here.ts';

/** As `node:sqlite` says it of a page that cannot be read, and Node.js of a file. */
const unreadablePage = Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 266 });
const unreadableFile = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', errno: -5 });

let folder: string;
let server: ServerHere;
let fails = false;
let ana: Person;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-failing-'));
  fails = false;
});
afterEach(async () => {
  await ana.leave();
  await server.stop();
  rmSync(folder, { recursive: true });
});

function orFail<T>(cause: Error, work: () => Promise<T>): Promise<T> {
  return fails ? Promise.reject(cause) : work();
}

async function begin(change: (storage: StorageWithAccounts) => Partial<StorageWithAccounts>): Promise<void> {
  const storage = openSqlite(join(folder, 'a.sqlite'));
  server = await serverHere(folder, { storage: { ...storage, ...change(storage) } });
  ana = await Person.found(server.url);
  ana.type('before', 1);
  await ana.synced();
}

/** Balancers are told, everybody connected is told, and nothing more is acknowledged although it could be written. */
async function expectFailed(): Promise<void> {
  await until(() => ana.status.reason === 'storage-failed');
  fails = false;
  const answer = await fetch(`${server.url}/readyz`);
  expect([answer.status, await answer.text()]).toEqual([503, 'storage-failed\n']);
  ana.type('after', 2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(ana.status).toMatchObject({ kind: 'refused', reason: 'storage-failed', pending: 1 });
  expect(ana.lies).toBe(0);
}

test('rows that cannot be read', async () => {
  await begin((storage) => ({ rows: (...asked) => orFail(unreadablePage, () => storage.rows(...asked)) }));
  fails = true;
  const raw = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  raw.say({ kind: 'open', channel: 1, document: 'core', incarnation: '', since: 0 });
  await expectFailed();
  raw.close();
});

test('sessions that cannot be read', async () => {
  await begin(({ accounts }) => ({
    accounts: {
      ...accounts,
      sessionOfDevice: (device) => orFail(unreadablePage, () => accounts.sessionOfDevice(device)),
    },
  }));
  fails = true;
  const raw = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await expectFailed();
  raw.close();
});

test('only a failing disk is told, of files too; what passes, or is no failure, is not', async () => {
  await begin(() => ({}));
  const told: StorageTrouble[] = [];
  const files = folderFiles(join(folder, 'receipts'));
  const causes = [unreadableFile, new StorageTrouble('disk-full', null), new Error('EIO'), unreadablePage];
  const failing: FileStorage = { ...files, read: () => Promise.reject(causes.shift() ?? new Error()) };
  const watched = noticed(failing, (trouble) => told.push(trouble));
  for (const cause of [...causes]) await expect(watched.read('w', 'h', 0, 1)).rejects.toBe(cause);
  expect(told.map(({ kind, cause }) => [kind, cause])).toEqual([
    ['storage-failed', unreadableFile],
    ['storage-failed', unreadablePage],
  ]);
  expect(await watched.received({ workspace: 'w', hash: 'h', document: 'inbox/a', size: 1 })).toBe(0);
});
