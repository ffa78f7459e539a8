import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import type { RunningServer } from '#server/server.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { StorageTrouble } from '#server/storage/storage.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import { Person, until } from './support/person.ts';
import { serverHere } from './support/server-here.ts';

let folder: string;
let server: RunningServer | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-'));
});
afterEach(async () => {
  await server?.stop();
  server = null;
  rmSync(folder, { recursive: true });
});

async function serve(storage: StorageWithAccounts): Promise<string> {
  const started = await serverHere(folder, { storage });
  server = started;
  return started.url;
}

test('a full disk: nothing is acknowledged, it is said so, reading goes on, and writing when there is room', async () => {
  let isFull = false;
  const storage = openSqlite(join(folder, 'a.sqlite'));
  const failing: StorageWithAccounts = {
    ...storage,
    append: (rows) => (isFull ? Promise.reject(new StorageTrouble('disk-full', null)) : storage.append(rows)),
    probe: () => (isFull ? Promise.reject(new StorageTrouble('disk-full', null)) : storage.probe()),
  };
  const url = await serve(failing);
  const ana = await Person.found(url);
  const ben = await ana.invite();
  ana.type('before', 1);
  await ana.synced();
  isFull = true;
  ana.type('full', 2);
  await until(() => ana.status.kind === 'refused' && ben.status.kind === 'refused');
  expect(ana.status).toMatchObject({ reason: 'disk-full', pending: 1 });
  ben.doc();
  await until(() => ben.content()['before'] === 1);
  isFull = false;
  await ana.synced();
  await until(() => ben.content()['full'] === 2);
  expect([ana.lies, ben.lies]).toEqual([0, 0]);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('a disk that fails to sync: nothing is acknowledged any more, although later writes would succeed', async () => {
  let fails = false;
  const storage = openSqlite(join(folder, 'a.sqlite'));
  const failing: StorageWithAccounts = {
    ...storage,
    append: (rows) => (fails ? Promise.reject(new StorageTrouble('storage-failed', null)) : storage.append(rows)),
  };
  const ana = await Person.found(await serve(failing));
  fails = true;
  ana.type('a', 1);
  await until(() => ana.status.kind === 'refused');
  fails = false;
  ana.type('b', 2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(ana.status).toMatchObject({ kind: 'refused', reason: 'storage-failed', pending: 2 });
  await ana.leave();
});

test('SQLite’s own full disk is met the same way', async () => {
  const url = await serve(openSqlite(join(folder, 'a.sqlite'), { maxPages: 120 }));
  const ana = await Person.found(url);
  ana.type('much', 'x'.repeat(200_000));
  ana.type('more', 'x'.repeat(250_000));
  ana.type('too much', 'x'.repeat(250_000));
  await until(() => ana.status.kind === 'refused');
  expect(ana.status.reason).toBe('disk-full');
  expect(ana.lies).toBe(0);
  await ana.leave();
});

test('no server: unreachable with the time of the next attempt, or offline when the device knows of no network', async () => {
  let online = true;
  const listeners = new Set<() => void>();
  const surroundings = {
    visible: () => true,
    online: () => online,
    onchange: (callback: () => void) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
  };
  const ana = await Person.arrive({ url: 'http://localhost:9', workspace: newId(), sync: { surroundings } });
  ana.type('a', 1);
  await until(() => ana.status.kind === 'unreachable' && ana.status.retryAt !== null);
  expect(ana.status.pending).toBe(1);
  online = false;
  for (const listener of listeners) listener();
  expect(ana.status).toMatchObject({ kind: 'offline', pending: 1, retryAt: null });
  await ana.leave();
});

test('only a visible page has a socket', async () => {
  const url = await serve(openSqlite(join(folder, 'a.sqlite')));
  const ana = await Person.found(url);
  const { workspace, device, store } = ana;
  await ana.leave();
  let visible = false;
  let look: () => void = () => undefined;
  const onchange = (callback: () => void) => {
    look = callback;
    return () => undefined;
  };
  const surroundings = { visible: () => visible, online: () => true, onchange };
  const tab = await Person.arrive({ url, workspace, device, store, sync: { surroundings } });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(tab.member).toBe('');
  visible = true;
  look();
  await tab.synced();
  await tab.leave();
});

test('an app that the server no longer understands is told to update', async () => {
  const url = await serve(openSqlite(join(folder, 'a.sqlite')));
  const ana = await Person.arrive({ url, workspace: newId() });
  await until(() => ana.status.kind === 'refused');
  expect(ana.status.reason).toBe('workspace-unknown');
  await ana.leave();
});
