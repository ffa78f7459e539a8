/** What a real server keeps about one person: handed out whole, to whoever may have it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openInbox, openTalk } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import type { PersonFile } from '#lib/governance/privacy/person-file.ts';
import { personAddress } from '#lib/governance/privacy/privacy-wire.ts';
import { passHeader } from '#lib/sync/device-pass.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { Person } from './support/person.ts';
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
