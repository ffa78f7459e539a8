import { expect, onTestFinished, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import { readBackup } from '#lib/app/backup/read-backup.ts';
import { takeBackup } from '#lib/app/backup/take-backup.ts';
import { storedWorkspaces, saveStored } from '#lib/app/safe-mode.ts';
import { databaseNamed, openDatabase } from '#lib/store/database.ts';
import { restoreEverything } from '#lib/store/everything.ts';
import { giveCommand } from '#lib/store/outbox.ts';
import { keepReceipt } from '#lib/store/receipts.ts';
import { databaseNameOf, registerWorkspace, registryNamed } from '#lib/store/registry.ts';
import { logForTest, logOn, openForTest, updateSetting } from '../store/log-for-test.ts';
import { makeExpense, makeLine, WorkspaceForTest } from '../store/workspace-for-test.ts';

const OWNER = { id: 'workspace-1', name: 'Harbourlight / Süd', memberId: 'ann', kind: 'local' } as const;
const NOW = new Date('2027-02-03T10:00:00.000Z');

/** A workspace with one of everything, on disk. */
async function workspaceOnDisk() {
  const opened = await logForTest();
  const workspace = new WorkspaceForTest(opened.log);
  workspace.found();
  workspace.capture(makeExpense({ id: 'e1' }), makeExpense({ id: 'e2' }));
  workspace.post(makeExpense({ id: 'e1' }));
  workspace.plan(makeLine({ id: 'l1' }));
  await opened.log.flush();
  const original = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]);
  await keepReceipt(opened.database, { original, type: 'image/jpeg', thumbnail: null, document: 'inbox/ana' });
  const command = { kind: 'rename-workspace', name: 'Renamed' } as const;
  await giveCommand(opened.database, { id: 'c1', command, by: 'ann', at: '2027-02-03T10:00:00.000Z' });
  return { ...opened, workspace };
}

test('X29: a backup read back has everything, and comes to the hash of the workspace it was taken of', async () => {
  const { log } = await workspaceOnDisk();
  const taken = await takeBackup(log, OWNER, NOW);
  expect(taken.fileName).toBe('Harbourlight Süd 2027-02-03.outlay');
  expect(taken.missing).toEqual([]);
  const read = await readBackup(taken.file);
  if (!read.ok) throw new Error(read.error.kind);
  const { contents, receipts, commands, member, wasShared, createdAt } = read.value;
  expect(contents).toEqual(taken.contents);
  expect(contents).toMatchObject({ entries: 1, expenses: 2, lines: 1, vendors: 1 });
  expect(receipts.map(({ size }) => size)).toEqual([6]);
  expect(commands.map(({ id }) => id)).toEqual(['c1']);
  expect({ member, wasShared, createdAt }).toEqual({ member: 'ann', wasShared: false, createdAt: NOW.toISOString() });
});

test('X27: what is only in memory is in the backup, also when the database was closed', async () => {
  const { log, database, workspace } = await workspaceOnDisk();
  const before = await takeBackup(log, OWNER, NOW);
  database.close();
  workspace.capture(makeExpense({ id: 'e3' }));
  const taken = await takeBackup(log, OWNER, NOW);
  expect(taken.contents.expenses).toBe(before.contents.expenses + 1);
  expect((await readBackup(taken.file)).ok).toBe(true);
  await openDatabase(database);
});

test('X27: a row that the disk damaged is set aside with its reason, and the rest of the backup is whole', async () => {
  const { log, database } = await workspaceOnDisk();
  const last = await database.updates.orderBy('number').last();
  if (last === undefined) throw new Error('a row');
  const bytes = last.bytes.slice();
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await database.updates.put({ ...last, bytes });
  await database.parked.add({
    key: 'k9',
    document: 'core',
    row: { ...last, key: 'k9', bytes: last.bytes },
    reason: 'role',
  });
  const read = await readBackup((await takeBackup(log, OWNER, NOW)).file);
  if (!read.ok) throw new Error(read.error.kind);
  expect(read.value.aside.map(({ reason }) => reason)).toEqual(['role', 'damaged']);
  expect(read.value.rows.some(({ key }) => key === last.key)).toBe(false);
  expect(read.value.contents.lines).toBe(0);
});

test('X29: an export put into an empty database and taken again comes to the same hash', async () => {
  const { log } = await workspaceOnDisk();
  const taken = await takeBackup(log, OWNER, NOW);
  const read = await readBackup(taken.file);
  if (!read.ok) throw new Error(read.error.kind);
  const copy = logOn(await openForTest());
  const { rows, receipts, commands } = read.value;
  await restoreEverything(copy.database, {
    rows,
    receipts: receipts.map((receipt) => ({ ...receipt, sent: 0 as const })),
    commands,
    log: read.value.log,
    parked: [],
    damaged: [],
    unread: [],
  });
  expect((await takeBackup(copy.log, OWNER, NOW)).contents).toEqual(taken.contents);
});

test('S18: safe mode lists what is on the device and takes it out without opening a workspace', async () => {
  const id = newId();
  const database = databaseNamed(databaseNameOf(id));
  onTestFinished(async () => {
    database.close();
    await database.delete();
    await registryNamed().workspaces.delete(id);
  });
  await openDatabase(database);
  const { log } = logOn(database);
  log.append('core', updateSetting('a', 'one'));
  await log.close();
  database.close();
  await registerWorkspace(registryNamed(), {
    id,
    name: 'Stuck',
    database: databaseNameOf(id),
    kind: 'local',
    serverUrl: null,
    memberId: 'ann',
    deviceKeys: null,
    lastOpenedAt: NOW.toISOString(),
  });
  const stored = (await storedWorkspaces()).find((each) => each.id === id);
  if (stored === undefined) throw new Error('listed');
  const saved = await saveStored(stored, NOW);
  expect(saved.missing).toEqual([]);
  expect((await readBackup(saved.file)).ok).toBe(true);
});
