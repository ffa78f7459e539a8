import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import { CLOSE, proofText } from '#lib/sync/protocol.ts';
import { localLog } from '../support/found-log.ts';
import { Person, until } from '../support/person.ts';
import { RawDevice } from '../support/raw-device.ts';
import { deviceAt, own, ownerOn, signedInBy, signedUp, well } from '../support/account.ts';
import { serverHere } from '../support/server-here.ts';
import type { OptionsHere, ServerHere } from '../support/server-here.ts';

let folder: string;
let server: ServerHere | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-'));
});
afterEach(async () => {
  await server?.stop();
  server = null;
  rmSync(folder, { recursive: true });
});

async function serve(options: OptionsHere = {}): Promise<string> {
  server = await serverHere(folder, options);
  return server.url;
}

test('a session that is ended closes its sockets within two seconds; what is typed waits, and goes when signed in', async () => {
  const url = await serve();
  const laptop = await deviceAt(url);
  const ana = await ownerOn(laptop);
  const phone = await deviceAt(url);
  const there = well(await signedInBy(phone, 'Ana'));
  const person = await Person.arrive({ url, workspace: newId(), device: phone.device, log: localLog('ana', []) });
  await person.synced();
  person.type('a', 1);
  await person.synced();

  const asked = performance.now();
  await own(laptop, ana).signOut(there.session);
  await until(() => person.status.kind === 'sign-in');
  expect(performance.now() - asked).toBeLessThan(2000);
  person.type('b', 2);
  expect(person.status).toMatchObject({ kind: 'sign-in', pending: 1, retryAt: null });
  expect(person.content()).toEqual({ a: 1, b: 2 });

  await signedInBy(phone, 'Ana');
  person.connection.tryNow();
  await person.synced();
  expect(person.lies).toBe(0);
  await person.leave();
});

test('a session that was not used for thirty days is over, and one that was used is not', async () => {
  let now = Date.parse('2027-03-01T08:00:00Z');
  const days = (count: number): void => void (now += count * 24 * 60 * 60_000);
  const url = await serve({ now: () => new Date(now) });
  const laptop = await deviceAt(url);
  await ownerOn(laptop);
  const hello = { intent: 'create', workspace: 'w' } as const;
  for (const workspace of ['v', 'u']) {
    days(20);
    await (await RawDevice.greeted(url, { ...hello, workspace }, laptop.device)).next('founding');
  }
  days(31);
  const late = await RawDevice.greeted(url, { ...hello, newest: 2 }, laptop.device);
  expect(await late.closed).toBe(CLOSE.signInNeeded);
  const old = await RawDevice.greeted(url, hello, laptop.device);
  expect(await old.closed).toBe(CLOSE.deviceUnknown);
});

test('a server that is owned takes workspaces from its people only', async () => {
  const url = await serve();
  await (await Person.found(url)).leave();
  await ownerOn(await deviceAt(url));
  const stranger = await RawDevice.greeted(url, { newest: 2, intent: 'create', workspace: newId() });
  expect(await stranger.closed).toBe(CLOSE.signInNeeded);
});

test('on another device the same person is the same member, without an invitation', async () => {
  const url = await serve();
  const laptop = await deviceAt(url);
  await ownerOn(laptop);
  const workspace = newId();
  const first = await Person.arrive({ url, workspace, device: laptop.device, log: localLog('ana', []) });
  await first.synced();
  first.type('a', 1);
  await first.synced();
  const phone = await deviceAt(url);
  const signedIn = well(await signedInBy(phone, 'Ana'));
  expect(well(await own(phone, signedIn).account()).workspaces).toMatchObject([{ id: workspace }]);
  const second = await Person.arrive({ url, workspace, device: phone.device });
  second.doc();
  await until(() => second.content()['a'] === 1);
  expect(second.member).toBe(first.member);
  await Promise.all([first.leave(), second.leave()]);
});

test('who is signed in as somebody else does not come in by a device that is another’s', async () => {
  const url = await serve();
  const founder = await Person.found(url);
  const laptop = await deviceAt(url);
  const ana = await ownerOn(laptop);
  const { token } = well(await own(laptop, ana).personLink());
  const stranger = await deviceAt(url);
  await signedUp(stranger, 'Eve', { kind: 'ticket', token });
  const hello = { newest: 2, intent: 'enter', workspace: founder.workspace } as const;
  const raw = await RawDevice.greeted(url, hello, stranger.device);
  expect(await raw.closed).toBe(CLOSE.deviceUnknown);
  await founder.leave();
});

test('an access token comes with the welcome and is renewed in band, for a device that proves its key again', async () => {
  const url = await serve({ renewAccessMs: 100 });
  const tokens: string[] = [];
  const phone = await deviceAt(url);
  await ownerOn(phone);
  const onaccess = ({ token }: { readonly token: string }): void => void tokens.push(token);
  const log = localLog('ana', []);
  const person = await Person.arrive({ url, workspace: newId(), device: phone.device, log, sync: { onaccess } });
  await until(() => tokens.length >= 3);
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of [tokens[0], tokens.at(-1)]) {
    const answer = await fetch(`${url}/auth/account`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url, Authorization: `Bearer ${token ?? ''}` },
      body: '{}',
    });
    expect(await answer.json()).toMatchObject({ ok: true, value: { account: { name: 'Ana' } } });
  }
  expect(person.status.kind).toBe('synced');
  await person.leave();

  const hello = { newest: 2, intent: 'enter', workspace: person.workspace } as const;
  const raw = await RawDevice.greeted(url, hello, phone.device);
  await raw.next('access');
  const { nonce } = await raw.next('challenge');
  const other = await deviceAt(url);
  raw.say({ kind: 'proof', signature: await other.device.sign(proofText(nonce, person.workspace)) });
  expect(await raw.closed).toBe(CLOSE.signInNeeded);
});

test('a device of the first protocol comes in as before, hears nothing of tokens, and is listed', async () => {
  const url = await serve({ renewAccessMs: 50 });
  const founder = await Person.found(url);
  const raw = await RawDevice.greeted(url, { intent: 'enter', workspace: founder.workspace }, founder.device);
  await raw.next('heads');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(raw.heard.filter(({ kind }) => kind === 'access' || kind === 'challenge')).toEqual([]);
  raw.close();
  await founder.leave();
});
