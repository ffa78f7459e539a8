import { expect, onTestFinished, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import { EMPTY_HISTORY, pushStep, type UndoHistory } from '#lib/documents/undo.ts';
import type { UndoStep } from '#lib/documents/undo-step.ts';
import { appendDecision, EMPTY_LOG, type LogEntry } from '#lib/governance/decision-log.ts';
import { decideAlone, entriesAfter, keepDecision } from '#lib/store/decision-log.ts';
import { keepReceipt, pruneReceipts, receiptOf, receiptSent, receiptsToSend } from '#lib/store/receipts.ts';
import {
  databaseNameOf,
  registerWorkspace,
  registryNamed,
  removeWorkspace,
  workspacesOnDevice,
  type RegisteredWorkspace,
} from '#lib/store/registry.ts';
import { keepUndo, undoOf } from '#lib/store/undo-history.ts';
import { logForTest, logOn, openForTest, updateSetting } from './log-for-test.ts';

function renamed(previous: LogEntry | null, name: string): LogEntry {
  const head = previous === null ? EMPTY_LOG : { seq: previous.seq, hash: previous.hash };
  return appendDecision(head, {
    given: { id: newId(), command: { kind: 'rename-workspace', name }, by: 'ann', at: '2027-01-01T00:00:00.000Z' },
    events: [{ kind: 'workspace-renamed', name }],
    decidedAt: '2027-01-01T00:00:00.000Z',
    decider: 'device',
    salt: '0'.repeat(32),
  });
}

test('S12: a decision and the rows it writes are on disk together, or not at all', async () => {
  const { log, database, messages } = await logForTest();
  const first = renamed(null, 'One');
  const row = { document: 'decisions/root', bytes: updateSetting('name', 'One') };
  const kept = await keepDecision(log, EMPTY_LOG, first, [row]);
  expect(kept).toMatchObject({ ok: true, value: [{ document: 'decisions/root', state: 'unacknowledged' }] });
  expect(messages).toContainEqual({ kind: 'rows-added', documents: ['decisions/root'] });

  const onEmpty = await keepDecision(log, EMPTY_LOG, renamed(null, 'Two'), [row]);
  expect(onEmpty).toEqual({ ok: false, error: { kind: 'head-moved' } });
  const refuse = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  database.updates.hook('creating', refuse);
  const full = await keepDecision(log, { seq: 1, hash: first.hash }, renamed(first, 'Three'), [row]);
  expect(full).toEqual({ ok: false, error: { kind: 'no-room' } });
  expect(await database.updates.count()).toBe(1);
  expect(await entriesAfter(database, 0)).toEqual({ ok: true, value: [first] });
});

test('S12: two tabs that decide at the same time decide one after the other', async () => {
  const one = await logForTest('deciding');
  const other = logOn(await openForTest('deciding'));
  const decideIn = ({ log, database }: typeof other, name: string) =>
    decideAlone(database, async () => {
      const entries = await entriesAfter(database, 0);
      const last = entries.ok ? (entries.value.at(-1) ?? null) : null;
      const head = last === null ? EMPTY_LOG : { seq: last.seq, hash: last.hash };
      return keepDecision(log, head, renamed(last, name), []);
    });
  const kept = await Promise.all([decideIn(one, 'a'), decideIn(other, 'b'), decideIn(one, 'c')]);
  expect(kept.every(({ ok }) => ok)).toBe(true);
  const entries = await entriesAfter(one.database, 0);
  expect(entries.ok && entries.value.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('S13: a receipt is kept once by its content; only a sent original is ever let go, and its picture stays', async () => {
  const { database } = await logForTest();
  const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
  const large = { original: bytes(1, 2, 3, 4), type: 'image/jpeg', thumbnail: bytes(1), document: 'inbox/ana' };
  const hash = await keepReceipt(database, large);
  expect(await keepReceipt(database, large)).toEqual(hash);
  const unsent = await keepReceipt(database, {
    original: bytes(5),
    type: 'application/pdf',
    thumbnail: null,
    document: 'inbox/ana',
  });
  if (!hash.ok || !unsent.ok) throw new Error('kept');
  expect(hash.value).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(await receiptsToSend(database))).toEqual(new Set([hash.value, unsent.value]));
  await receiptSent(database, hash.value);
  expect(await receiptsToSend(database)).toEqual([unsent.value]);
  expect(await pruneReceipts(database, 1000)).toBe(4);
  expect(await receiptOf(database, hash.value)).toMatchObject({ original: null, thumbnail: bytes(1), size: 4 });
  expect(await receiptOf(database, unsent.value)).toMatchObject({ original: bytes(5), sent: 0 });
  await keepReceipt(database, large);
  expect(await receiptOf(database, hash.value)).toMatchObject({ original: bytes(1, 2, 3, 4), sent: 1 });
});

test('S15: an undo history is the same after a reload, and steps that fell out of it are gone', async () => {
  const { database } = await logForTest();
  const step = (label: string): UndoStep => ({
    label,
    range: null,
    changes: [
      { document: 'core', collection: 'vendors', key: 'k', item: { client: 1, clock: 1 }, before: { item: null } },
    ],
  });
  let history: UndoHistory = pushStep(pushStep(EMPTY_HISTORY, step('one')), step('two'));
  await keepUndo(database, 'budget v1', history);
  expect(await undoOf(database, 'budget v1')).toEqual(history);
  expect(await undoOf(database, 'nobody')).toEqual(EMPTY_HISTORY);
  history = pushStep({ undo: history.undo.slice(1), redo: history.undo.slice(0, 1) }, step('three'));
  await keepUndo(database, 'budget v1', history);
  expect(await undoOf(database, 'budget v1')).toEqual(history);
  expect(await database.undoSteps.count()).toBe(2);
});

test('S21: the registry lists workspaces, the last opened first, and keeps a device key that cannot be exported', async () => {
  const registry = registryNamed(`registry-${newId()}`);
  onTestFinished(() => registry.delete());
  const deviceKeys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const workspace = (id: string, lastOpenedAt: string): RegisteredWorkspace => ({
    id,
    name: id,
    database: databaseNameOf(id),
    kind: 'local',
    serverUrl: null,
    memberId: 'ann',
    deviceKeys,
    lastOpenedAt,
  });
  await registerWorkspace(registry, workspace('a', '2027-01-01T00:00:00.000Z'));
  await registerWorkspace(registry, workspace('b', '2027-01-02T00:00:00.000Z'));
  const listed = await workspacesOnDevice(registry);
  expect(listed.ok && listed.value.map(({ id }) => id)).toEqual(['b', 'a']);
  const kept = listed.ok ? listed.value[0]?.deviceKeys : null;
  if (kept === null || kept === undefined) throw new Error('the key pair was kept');
  await expect(crypto.subtle.exportKey('pkcs8', kept.privateKey)).rejects.toThrow();

  const database = await openForTest(databaseNameOf('a'));
  database.close();
  expect(await removeWorkspace(registry, 'a')).toEqual({ ok: true, value: null });
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseNameOf('a'));
});
