/** The audit chain of a real server: what was written is in it, and devices are told of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chainEntries } from '#lib/governance/audit/chain.ts';
import { EMPTY_CHAIN } from '#lib/governance/audit/entry.ts';
import { verifyExport } from '#lib/governance/audit/export/verify-export.ts';
import { rememberedAfter } from '#lib/governance/audit/remembered.ts';
import type { ToldEntry } from '#lib/governance/audit/entry.ts';
import { updateRoot } from '#lib/governance/audit/merkle.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { exportChain } from '#lib/app/audit/export-chain.ts';
import { ChainLine } from '#lib/sync/chain-line.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import { Person } from './support/person.ts';
import { serverHere, type ServerHere } from './support/server-here.ts';

let folder: string;
let server: ServerHere;
let ana: Person;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'outlay-chain-'));
  server = await serverHere(folder);
  ana = await Person.found(server.url);
});
afterEach(async () => {
  await ana.leave();
  await server.stop();
  rmSync(folder, { recursive: true });
});

function lineOf(person: Pick<Person, 'workspace' | 'device'>): ChainLine {
  const { workspace, device } = person;
  return new ChainLine({
    url: `${server.url.replace('http', 'ws')}/sync`,
    workspace,
    device,
    serverNow: Date.now,
    fetch,
  });
}

async function entriesOf(person: Person): Promise<readonly ToldEntry[]> {
  const page = await lineOf(person).entries(0);
  if (!page.ok) throw new Error(page.error);
  return page.value.entries;
}

async function headAt(person: Person, at: number) {
  const answer = await lineOf(person).head(at);
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

test('A1, A4: what somebody typed is an entry with their name and the root of its updates', async () => {
  ana.type('crane', 12_50);
  await ana.synced();
  const typed = (await entriesOf(ana)).findLast(
    ({ kind, contents }) => kind === 'batch' && contents !== 'withheld' && contents?.document === 'core',
  );
  const bytes = ana.store.rows('core').map((row) => row.bytes);
  expect(typed?.contents).toMatchObject({ member: ana.member, first: 1, last: 1, root: updateRoot(bytes) });
});

test('A1: a decision is an entry', async () => {
  await ana.ask({ kind: 'rename-workspace', name: 'Harbour' });
  const last = (await entriesOf(ana)).findLast((entry) => entry.kind === 'decision');
  expect(last?.contents).toMatchObject({ command: 'rename-workspace', by: ana.member });
});

test('A11, A13: the exported chain of a server verifies, with the key it signs with after a restart as well', async () => {
  ana.type('crane', 1);
  await ana.synced();
  const { head } = await headAt(ana, 0);
  await server.stop();
  server = await serverHere(folder);
  const exported = await exportChain(lineOf(ana));
  if (!exported.ok) throw new Error(exported.error);
  const verdict = await verifyExport(new Uint8Array(await exported.value.file.arrayBuffer()), head.key);
  expect(verdict).toMatchObject({ ok: true, value: { workspace: ana.workspace, first: 1, erased: 0 } });
});

test('A12, A17: the export carries the hash of every update, also of those that were merged since', async () => {
  for (let n = 0; n < 300; n += 1) ana.type(`crane${n}`, n);
  await ana.synced();
  await server.stop();
  const storage = openSqlite(path.join(folder, 'outlay.sqlite'));
  await storage.compact(ana.workspace, 'core');
  expect((await storage.rows(ana.workspace, 'core', 0, 1e9)).rows.length).toBeLessThan(300);
  await storage.close();
  server = await serverHere(folder);
  const exported = await exportChain(lineOf(ana));
  if (!exported.ok) throw new Error(exported.error);
  const lines = (await exported.value.file.text()).trim().split('\n');
  const batches = lines.filter((line) => line.includes('"kind":"batch"')).length;
  const verdict = await verifyExport(new TextEncoder().encode(`${lines.join('\n')}\n`));
  expect(verdict).toMatchObject({ ok: true, value: { proved: batches } });
  expect(batches).toBeGreaterThan(2);
});

test('A10: a device notices a history that was rewritten in the database, and one that was cut off', async () => {
  ana.type('crane', 1);
  await ana.synced();
  const before = await rememberedAfter(null, await headAt(ana, 0), ana.workspace, '2026-11-02T10:00:00.000Z');
  const seq = before?.head.seq ?? 0;
  ana.type('crane', 2);
  await ana.synced();
  const now = async () => rememberedAfter(before, await headAt(ana, seq), ana.workspace, '2026-11-02T11:00:00.000Z');
  expect(await now()).toMatchObject({ findings: [] });

  await server.stop();
  rewrite();
  server = await serverHere(folder);
  expect(await now()).toMatchObject({ findings: [{ why: 'rewritten' }] });

  await server.stop();
  inDatabase((db) => db.prepare('DELETE FROM audit WHERE workspace = ? AND seq >= ?').run(ana.workspace, seq));
  server = await serverHere(folder);
  expect(await now()).toMatchObject({ findings: [{ why: 'truncated' }] });
});

test('entries are for owners, controllers and auditors, heads for members, and nothing for anybody else', async () => {
  const stranger = { workspace: ana.workspace, device: await deviceOf(await newDeviceKeys()) };
  const whole = await ana.invite({}, server.url, { role: 'auditor' });
  const scoped = await ana.invite({}, server.url, { role: 'auditor', areas: ['root'] });
  const contributor = await ana.invite({}, server.url, { role: 'contributor' });
  const asked = async (person: Pick<Person, 'workspace' | 'device'>) => {
    const [head, entries] = [await lineOf(person).head(0), await lineOf(person).entries(0)];
    return [head.ok || head.error, entries.ok || entries.error];
  };
  expect(await asked(ana)).toEqual([true, true]);
  expect(await asked(whole)).toEqual([true, true]);
  expect(await asked(scoped)).toEqual([true, true]);
  expect(await asked(contributor)).toEqual([true, 'not-allowed']);
  expect(await asked(stranger)).toEqual(['unreachable', 'unreachable']);

  await ana.ask({ kind: 'remove-member', member: whole.member });
  expect(await asked(whole)).toEqual(['not-allowed', 'not-allowed']);
  for (const person of [whole, scoped, contributor]) await person.leave();
});

/** Whoever has the database makes the whole chain anew, with another time in the first entry. */
function rewrite(): void {
  inDatabase((db) => {
    const rows = db.prepare('SELECT * FROM audit WHERE workspace = ? ORDER BY seq').all(ana.workspace);
    const facts = rows.map((row) => ({
      kind: row['kind'],
      at: '2020-01-01T00:00:00.000Z',
      contents: JSON.parse(String(row['contents'])) as unknown,
    }));
    const update = db.prepare('UPDATE audit SET previous = ?, at = ?, hash = ? WHERE workspace = ? AND seq = ?');
    for (const { seq, previous, at, hash } of chainEntries(EMPTY_CHAIN, facts as Parameters<typeof chainEntries>[1])) {
      update.run(previous, at, hash, ana.workspace, seq);
    }
  });
}

function inDatabase(work: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(path.join(folder, 'a.sqlite'));
  work(db);
  db.close();
}
