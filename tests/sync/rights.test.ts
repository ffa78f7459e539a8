import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { updatesOf } from '#lib/documents/replica.ts';
import { newId } from '#lib/domain/id.ts';
import type { Command } from '#lib/governance/command.ts';
import type { Grant } from '#lib/governance/people/people.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import { CLOSE, type ServerMessage } from '#lib/sync/protocol.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start();
});
afterAll(() => server.dispose());

const OPS: Command = {
  kind: 'add-department',
  id: 'ops',
  version: { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null },
  area: true,
};
const viewer: Partial<Grant> = { role: 'viewer', areas: ['ops'] };

/** A founder with something in a document of every kind, in two areas and two inboxes. */
async function company(): Promise<Person> {
  const ana = await Person.found(server.url, [OPS]);
  for (const area of ['root', 'ops']) {
    for (const name of [`plan/v1/${area}`, `scenario/cuts/${area}`, `talk/2027/${area}`, `analysis/2027/${area}`])
      ana.type(`secret of ${name}`, 1, name);
  }
  ana.type('for everybody', 1);
  ana.type('salary', 1, `inbox/${ana.member}`);
  await ana.synced();
  return ana;
}

/** Somebody with these grants, who keeps every frame the server sends, and asks for everything there is. */
async function listener(ana: Person, ...grants: readonly Partial<Grant>[]): Promise<RawDevice> {
  const { token } = await ana.invitation({}, ...grants);
  return RawDevice.greeted(server.url, { newest: 2, intent: 'join', workspace: ana.workspace, token });
}

function documentsTold(heard: readonly ServerMessage[]): readonly string[] {
  const told = heard.flatMap((message) =>
    message.kind === 'heads' ? message.heads.map(({ document }) => document) : [],
  );
  return [...new Set(told)].sort();
}

test('R1: a viewer of one area hears of no other document, and gets none by asking for it', async () => {
  const ana = await company();
  const raw = await listener(ana, viewer);
  await until(() => raw.heard.some(({ kind }) => kind === 'heads'));
  expect(documentsTold(raw.heard)).toEqual([
    'analysis/2027/ops',
    'core',
    'decisions/root',
    'plan/v1/ops',
    'scenario/cuts/ops',
    'talk/2027/ops',
  ]);
  const wanted = [
    'plan/v1/root',
    'scenario/cuts/root',
    'talk/2027/root',
    'analysis/2027/root',
    `inbox/${ana.member}`,
    'ledger/2027-03/root',
    'approvals/root',
  ];
  for (const [index, document] of wanted.entries()) {
    raw.say({ kind: 'open', channel: index + 1, document, incarnation: '', since: 0 });
    expect(await raw.next('closed')).toEqual({ kind: 'closed', channel: index + 1, reason: 'revoked' });
  }
  raw.say({ kind: 'open', channel: 50, document: 'plan/v1/ops', incarnation: '', since: 0 });
  await raw.next('rows');
  ana.type('more', 2, 'plan/v1/root');
  ana.type('more', 2, 'plan/v1/ops');
  await ana.synced();
  await raw.next('rows');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const everything = Buffer.concat(raw.frames).toString('latin1');
  expect(everything).toContain('secret of plan/v1/ops');
  for (const secret of ['/root', 'salary', 'inbox/']) {
    expect(everything.replaceAll('decisions/root', '')).not.toContain(secret);
  }
  raw.close();
  await ana.leave();
});

test('R2: what a viewer forges is refused, whatever the update says, and reaches nobody', async () => {
  const ana = await company();
  const raw = await listener(ana, viewer);
  const doc = new Y.Doc();
  const [update = new Uint8Array()] = updatesOf(doc, () => doc.getMap('entries').set('forged', 1));
  await raw.send('plan/v1/ops', update);
  expect(await raw.next('nack')).toMatchObject({ n: 1, reason: 'not-allowed' });
  ana.type('after', 1, 'plan/v1/ops');
  await ana.synced();
  expect(ana.content('plan/v1/ops')).not.toHaveProperty('forged');
  raw.close();
  await ana.leave();
});

test('R2: an app of the first version is refused in its own words', async () => {
  const ana = await company();
  const { token } = await ana.invitation({}, viewer);
  const raw = await RawDevice.greeted(server.url, { intent: 'join', workspace: ana.workspace, token });
  raw.say({ kind: 'open', channel: 1, document: 'plan/v1/root', incarnation: '', since: 0 });
  expect(await raw.next('closed')).toMatchObject({ reason: 'not-allowed' });
  raw.close();
  await ana.leave();
});

test('R5: a role that is taken away holds on open sockets within two seconds; what was typed is kept aside', async () => {
  const ana = await company();
  const grant = newId();
  const ben = await ana.invite({}, server.url, { id: grant, role: 'controller' }, { role: 'viewer', areas: ['ops'] });
  ben.attach('plan/v1/root');
  ben.type('first', 1, 'plan/v1/root');
  await ben.synced();
  const start = performance.now();
  expect(await ana.ask({ kind: 'revoke-grant', member: ben.member, grant })).toMatchObject({ ok: true });
  // Typed while the news is under way, and after it.
  ben.type('racing', 2, 'plan/v1/root');
  ben.type('racing', 2, 'plan/v1/ops');
  await until(() => ben.store.parked.length >= 2);
  expect(performance.now() - start).toBeLessThan(2000);
  await ben.synced();
  await ana.synced();
  expect(ana.content('plan/v1/root')).toMatchObject({ first: 1 });
  expect(ana.content('plan/v1/root')).not.toHaveProperty('racing');
  expect(ana.content('plan/v1/ops')).not.toHaveProperty('racing');
  expect(ben.lies).toBe(0);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('R5: who is removed has to go at once and cannot come back; a role that is given works without a new connection', async () => {
  const ana = await company();
  const ben = await ana.invite({}, server.url, viewer);
  expect(ben.content('plan/v1/root')).toEqual({});
  const grant = { id: newId(), role: 'budget-holder', areas: ['root'], from: null, until: null, limit: null } as const;
  await ana.ask({ kind: 'grant', member: ben.member, grant });
  await until(() => 'secret of plan/v1/root' in ben.content('plan/v1/root'));
  ben.type('mine', 1, 'plan/v1/root');
  await ben.synced();
  await ana.ask({ kind: 'remove-member', member: ben.member });
  await until(() => ben.status.kind === 'refused');
  expect(ben.status.reason).toBe('no-role');
  const again = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ben.device);
  expect(await again.closed).toBe(CLOSE.noRole);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('R3: what a role may not ask for is refused by the server, whatever the app offers', async () => {
  const ana = await company();
  const ben = await ana.invite({}, server.url, viewer);
  expect(await ben.ask({ kind: 'rename-workspace', name: 'Mine' })).toMatchObject({ error: { kind: 'not-allowed' } });
  const grant = { id: newId(), role: 'owner', areas: null, from: null, until: null, limit: null } as const;
  expect(await ben.ask({ kind: 'grant', member: ben.member, grant })).toMatchObject({ error: { kind: 'not-allowed' } });
  await Promise.all([ana.leave(), ben.leave()]);
});

test('P2: two devices with one token: one comes in', async () => {
  const ana = await company();
  const { token } = await ana.invitation();
  const devices = await Promise.all([0, 1].map(async () => deviceOf(await newDeviceKeys())));
  const hello = { intent: 'join', workspace: ana.workspace, token } as const;
  const raws = await Promise.all(devices.map((device) => RawDevice.greeted(server.url, hello, device)));
  const ends = await Promise.all(raws.map((raw) => Promise.race([raw.closed, raw.next('welcome').catch(() => null)])));
  expect(ends.filter((end) => end === CLOSE.linkInvalid)).toHaveLength(1);
  for (const raw of raws) raw.close();
  await ana.leave();
});
