/** What a real server keeps about one person: handed out whole, to whoever may have it, and erased. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDecisions, openInbox, openLedger, openTalk } from '#lib/documents/documents.ts';
import { exportChain } from '#lib/app/audit/export-chain.ts';
import { verifyExport } from '#lib/governance/audit/export/verify-export.ts';
import { ChainLine } from '#lib/sync/chain-line.ts';
import { newId } from '#lib/domain/id.ts';
import type { PersonFile } from '#lib/governance/privacy/person-file.ts';
import { personAddress } from '#lib/governance/privacy/privacy-wire.ts';
import { passHeader } from '#lib/sync/device-pass.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { Person, until } from './support/person.ts';
import { serverHere, type ServerHere } from './support/server-here.ts';

let folder: string;
let server: ServerHere;
let ana: Person;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'outlay-person-'));
  server = await serverHere(folder);
  ana = await Person.found(server.url);
});
afterEach(async () => {
  await ana.leave();
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function ask(by: Pick<Person, 'workspace' | 'device'>, member: string): Promise<Response> {
  const headers = await passHeader({ workspace: by.workspace, device: by.device, serverNow: Date.now });
  return fetch(server.url + personAddress(by.workspace, member), { headers });
}

async function fileOf(by: Person, member: string): Promise<PersonFile> {
  const response = await ask(by, member);
  expect(response.status).toBe(200);
  return (await response.json()) as PersonFile;
}

/** Ben captures an expense, comments and posts something, under a name of his own. */
async function benAtWork(): Promise<Person> {
  const ben = await ana.invite();
  await ben.ask({ kind: 'rename-member', member: ben.member, name: 'Ben Okafor' });
  const inbox = openInbox(ben.doc(`inbox/${ben.member}`)).expenses;
  inbox.insert(makeExpense({ id: 'draft', description: 'Taxi home', capturedBy: ben.member }));
  const comment = {
    document: 'core',
    collection: 'vendors',
    recordId: 'v',
    field: null,
    answers: null,
    resolved: false,
  };
  const said = { text: 'I know them', writtenBy: ben.member, writtenAt: '2027-01-01T00:00:00.000Z' };
  openTalk(ben.doc('talk/2027/root')).comments.insert({ id: newId(), ...comment, ...said });
  const expenses = [makeExpense({ id: 'posted', amount: '12.50', departmentId: 'root', capturedBy: ben.member })];
  await ben.ask({ kind: 'post', expenses, generations: {}, batch: null, undatedAs: null });
  await ben.synced();
  return ben;
}

test('E1: the file of a member has everything that is kept about them, and no secret', async () => {
  const ben = await benAtWork();
  const file = await fileOf(ana, ben.member);
  expect(file).toMatchObject({
    format: 'outlay person 1',
    member: ben.member,
    madeBy: ana.member,
    membership: { name: 'Ben Okafor', grants: [{ role: 'controller' }], invitations: [{ name: 'Somebody' }] },
    account: { hasPassword: false, sessions: [{ endedAt: null }] },
    devices: [{ id: expect.any(String) as string }],
    inbox: [{ collection: 'expenses', id: 'draft', fields: { description: 'Taxi home' } }],
    entries: [{ expenseId: 'posted', amount: 12_50 }],
    comments: [{ text: 'I know them' }],
  });
  expect(file.decisions.map(({ command }) => command)).toEqual(['join', 'rename-member', 'post']);
  expect(file.chain.length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(file)).not.toMatch(/tokenHash|publicKey|secret/i);
  await ben.leave();
});

test('E1: it is for the person themself, also once removed, and for owners; for nobody else', async () => {
  const ben = await benAtWork();
  const cleo = await ana.invite();
  expect((await ask(cleo, ben.member)).status).toBe(403);
  expect((await ask(ana, 'nobody')).status).toBe(403);
  await ana.ask({ kind: 'remove-member', member: ben.member });
  expect((await fileOf(ben, ben.member)).membership.removedAt).not.toBeNull();
  expect((await ask({ workspace: 'other', device: cleo.device }, ben.member)).status).toBe(401);
  expect((await fetch(server.url + personAddress(ana.workspace, ben.member))).status).toBe(401);
  for (const person of [ben, cleo]) await person.leave();
});

/** Everything that stands in the server's database, as text. */
function everything(): string {
  const db = new DatabaseSync(path.join(folder, 'a.sqlite'));
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
  const texts = tables.map(({ name }) => {
    const rows = db.prepare(`SELECT * FROM ${String(name)}`).all();
    const decoded = rows.map((row) =>
      Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)),
    );
    return `${String(name)}\n${decoded.join('\n')}`;
  });
  db.close();
  return texts.join('\n\n');
}

/** Stops the server for a look into its database, and starts it again with another clock. */
async function lookWhileStopped(now: () => Date = () => new Date()): Promise<string> {
  await server.stop();
  const text = everything();
  server = await serverHere(folder, { now, houseEveryMs: 20, port: Number(new URL(server.url).port) });
  return text;
}

async function verdict(): Promise<unknown> {
  const { workspace, device } = ana;
  const url = `${server.url.replace('http', 'ws')}/sync`;
  const exported = await exportChain(new ChainLine({ url, workspace, device, serverNow: Date.now, fetch }));
  if (!exported.ok) throw new Error(exported.error);
  return verifyExport(new Uint8Array(await exported.value.file.arrayBuffer()));
}

test('E2, E3: whoever is erased has no name, device or account any more, and the chain and the log still hold', async () => {
  const ben = await benAtWork();
  const cleo = await ana.invite();
  expect(await ana.ask({ kind: 'erase-member', member: ben.member })).toMatchObject({
    error: { kind: 'still-member' },
  });
  await ana.ask({ kind: 'remove-member', member: ben.member });
  expect(await cleo.ask({ kind: 'erase-member', member: ben.member })).toMatchObject({
    error: { kind: 'not-allowed' },
  });
  await ana.ask({ kind: 'set-retention', records: 0, audit: 0 });
  expect(await lookWhileStopped()).toContain('Ben Okafor');
  const erased = { kind: 'member-erased', name: 'Former member 1' };
  expect(await ana.ask({ kind: 'erase-member', member: ben.member })).toMatchObject({ ok: true, value: [erased] });
  expect(await ana.ask({ kind: 'erase-member', member: ben.member })).toEqual({ ok: true, value: [] });

  const file = await fileOf(ana, ben.member);
  expect(file).toMatchObject({ account: null, devices: [], inbox: [], chain: [], entries: [{ amount: 12_50 }] });
  expect(file.membership).toMatchObject({ name: 'Former member 1', invitations: [{ name: 'Former member 1' }] });
  expect(await verdict()).toMatchObject({ ok: true });

  const nameSeen = () =>
    [...openDecisions(cleo.doc('decisions/root')).members.all()].find(({ id }) => id === ben.member);
  await until(() => nameSeen()?.name === 'Former member 1');
  expect(cleo.rebuilds).toContain('decisions/root: incarnation');
  const text = await lookWhileStopped();
  expect(text).not.toMatch(/Ben Okafor|Taxi home/);
  expect(text).toContain('erase-member');
  await ana.synced();
  expect(await ana.ask({ kind: 'rename-workspace', name: 'Still deciding' })).toMatchObject({ ok: true });
  expect([...openLedger(ana.doc('ledger/2027-03/root')).entries.all()]).toHaveLength(1);
  for (const person of [ben, cleo]) await person.leave();
});

test('E4: what has to be kept stays until its clock has run out, and then goes by itself', async () => {
  const ben = await benAtWork();
  await ana.ask({ kind: 'remove-member', member: ben.member });
  await ana.ask({ kind: 'set-retention', records: 2, audit: 4 });
  await ana.ask({ kind: 'erase-member', member: ben.member });
  await ben.leave();
  const kept = await fileOf(ana, ben.member);
  expect(kept).toMatchObject({ account: null, devices: [], inbox: [{ fields: { description: 'Taxi home' } }] });
  expect(kept.chain.length).toBeGreaterThan(0);
  await ana.leave();

  const inYears = (years: number) => () => new Date(Date.now() + years * 366 * 24 * 60 * 60_000);
  const waited = () => new Promise((resolve) => setTimeout(resolve, 400));
  const chained = (text: string) => text.split(`"member":"${ben.member}"`).length - 1;
  const before = await lookWhileStopped(inYears(3));
  await waited();
  const later = await lookWhileStopped(inYears(5));
  expect([before.includes('Taxi home'), later.includes('Taxi home')]).toEqual([true, false]);
  expect(chained(later)).toBe(chained(before));
  await waited();
  expect(chained(await lookWhileStopped())).toBeLessThan(chained(later));
  expect(await verdict()).toMatchObject({ ok: true });
});
