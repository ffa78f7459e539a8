import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { access, begin, lookAtLink, recover, signIn, signUp } from '#lib/sync/accounts.ts';
import type { AccountServer, SignedIn } from '#lib/sync/accounts.ts';
import { ServerProcess, SETUP_TOKEN } from '#tests/support/server-process.ts';
import { deviceAt, own, ownerOn, PASSWORD, signedInBy, signedUp, well } from '../support/account.ts';

let server: ServerProcess;
let laptop: AccountServer;
let ana: SignedIn;

beforeAll(async () => {
  server = await ServerProcess.start();
  laptop = await deviceAt(server.url);
  ana = await ownerOn(laptop);
});
afterAll(() => server.dispose());

test('the opener of the set-up link owns the server, and nobody after them', async () => {
  expect(ana.account).toMatchObject({ name: 'Ana', isOwner: true });
  const late = await deviceAt(server.url);
  const { challenge, hasOwner } = well(await begin(late));
  expect(hasOwner).toBe(true);
  expect(await lookAtLink(late, SETUP_TOKEN)).toEqual({ ok: false, error: { kind: 'link-invalid' } });
  const by = { kind: 'ticket', token: SETUP_TOKEN } as const;
  const credential = { kind: 'password', password: PASSWORD } as const;
  expect(await signUp(late, challenge, { name: 'Eve', credential, by })).toMatchObject({
    error: { kind: 'link-invalid' },
  });
});

test('a password signs another device in; a wrong one and a name that nobody has are told alike', async () => {
  const phone = await deviceAt(server.url);
  expect(well(await signedInBy(phone, ' ANA ')).account).toEqual(ana.account);
  expect(well(await access(phone)).account).toEqual(ana.account);
  const wrong = await signedInBy(await deviceAt(server.url), 'Ana', 'not her password');
  const nobody = await signedInBy(await deviceAt(server.url), 'Nobody', 'not her password');
  expect([wrong, nobody]).toEqual(Array(2).fill({ ok: false, error: { kind: 'wrong-credentials' } }));
});

test('an account is made by a link of the owner, once, under a name that is free', async () => {
  const { token } = well(await own(laptop, ana).personLink());
  const by = { kind: 'ticket', token } as const;
  const tablet = await deviceAt(server.url);
  expect(well(await lookAtLink(tablet, token))).toEqual({ kind: 'person', name: null });
  await expect(signedUp(tablet, 'ana', by)).rejects.toThrow('name-taken');
  const ben = await signedUp(tablet, 'Ben', by);
  expect(ben.account).toMatchObject({ name: 'Ben', isOwner: false });
  await expect(signedUp(await deviceAt(server.url), 'Carl', by)).rejects.toThrow('link-invalid');
  expect(await own(tablet, ben).personLink()).toMatchObject({ error: { kind: 'owner-only' } });
  expect(await own(tablet, ben).people()).toMatchObject({ error: { kind: 'owner-only' } });
});

test('a link of the owner gives back an account: new password, old one void, other devices signed out', async () => {
  const before = await deviceAt(server.url);
  const { token } = well(await own(laptop, ana).personLink());
  const dora = await signedUp(before, 'Dora', { kind: 'ticket', token });
  const link = well(await own(laptop, ana).recoveryLink(dora.account.id));
  const found = await deviceAt(server.url);
  expect(well(await lookAtLink(found, link.token))).toEqual({ kind: 'recovery', name: 'Dora' });
  const { challenge } = well(await begin(found));
  const credential = { kind: 'password', password: 'a new one for Dora' } as const;
  expect(well(await recover(found, challenge, { token: link.token, credential })).account).toEqual(dora.account);
  expect(await access(before)).toMatchObject({ error: { kind: 'sign-in-needed' } });
  expect(await own(before, dora).account()).toMatchObject({ error: { kind: 'sign-in-needed' } });
  expect(await signedInBy(before, 'Dora')).toMatchObject({ error: { kind: 'wrong-credentials' } });
  expect(await recover(found, challenge, { token: link.token, credential })).toMatchObject({
    error: { kind: 'link-invalid' },
  });
});

test('devices are listed, named and signed out; a token of one that was is worth nothing', async () => {
  const phone = await deviceAt(server.url);
  const there = well(await signedInBy(phone, 'Ana'));
  await own(laptop, ana).nameDevice(there.session, 'Phone');
  const { devices, session } = well(await own(phone, there).account());
  expect(session).toBe(there.session);
  expect(devices.find(({ id }) => id === session)).toMatchObject({ name: 'Phone' });
  expect(await own(laptop, ana).signOut(there.session)).toEqual({ ok: true, value: null });
  expect(await own(phone, there).account()).toMatchObject({ error: { kind: 'sign-in-needed' } });
  expect(await access(phone)).toMatchObject({ error: { kind: 'sign-in-needed' } });
  expect(well(await own(laptop, ana).account()).devices.some(({ id }) => id === there.session)).toBe(false);
  expect(well(await signedInBy(phone, 'Ana')).session).not.toBe(there.session);
});

test('a password is changed by whoever knows it, and is no shorter than ten', async () => {
  const phone = await deviceAt(server.url);
  const { token } = well(await own(laptop, ana).personLink());
  const eva = own(phone, await signedUp(phone, 'Eva', { kind: 'ticket', token }));
  expect(await eva.changePassword('guess', 'another password')).toMatchObject({ error: { kind: 'wrong-credentials' } });
  expect(await eva.changePassword(PASSWORD, 'short')).toMatchObject({ error: { kind: 'password-short' } });
  expect(await eva.changePassword(PASSWORD, 'another password')).toMatchObject({ ok: true });
  expect(await signedInBy(await deviceAt(server.url), 'Eva', 'another password')).toMatchObject({ ok: true });
});

test('a challenge is for the device it was given to, and a device belongs to one account for good', async () => {
  const [one, other] = [await deviceAt(server.url), await deviceAt(server.url)];
  const { challenge } = well(await begin(one));
  const credential = { kind: 'password', name: 'Ana', password: PASSWORD } as const;
  expect(await signIn(other, challenge, credential)).toMatchObject({ error: { kind: 'challenge-old' } });
  const { token } = well(await own(laptop, ana).personLink());
  await signedUp(other, 'Fay', { kind: 'ticket', token });
  expect(await signedInBy(other, 'Ana')).toMatchObject({ error: { kind: 'device-taken' } });
});

test('another site, another method and another kind of body are turned away before anything is read', async () => {
  const body = JSON.stringify({ device: Buffer.from(laptop.device.publicKey).toString('base64url') });
  const post = { method: 'POST', body };
  const json = { 'Content-Type': 'application/json' };
  const asked = [
    { ...post, headers: { ...json, Origin: 'http://evil.example' } },
    { ...post, headers: json },
    { ...post, headers: { 'Content-Type': 'text/plain', Origin: server.url } },
    { method: 'GET', headers: { Origin: server.url } },
  ];
  for (const init of asked) expect((await fetch(`${server.url}/auth/begin`, init)).status).toBe(403);
  expect((await fetch(`${server.url}/auth/begin`, { ...post, headers: { ...json, Origin: server.url } })).status).toBe(
    200,
  );
  const answer = await fetch(`${server.url}/auth/begin`, {
    method: 'POST',
    headers: { ...json, Origin: server.url },
    body: `{"device": "${'x'.repeat(70_000)}"}`,
  });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([400, 'no-store']);
  expect(
    (await fetch(`${server.url}/auth/nothing`, { ...post, headers: { ...json, Origin: server.url } })).status,
  ).toBe(404);
});

test('five wrong passwords from one place, and the next is not even looked at', async () => {
  const fresh = await ServerProcess.start();
  const device = await deviceAt(fresh.url);
  await ownerOn(device);
  for (let wrong = 0; wrong < 5; wrong += 1) {
    expect(await signedInBy(device, 'Ana', 'wrong password')).toMatchObject({ error: { kind: 'wrong-credentials' } });
  }
  const waiting = await signedInBy(device, 'Ana');
  expect(waiting).toMatchObject({ ok: false, error: { kind: 'wait' } });
  // The device that is signed in notices nothing of it.
  expect((await access(device)).ok).toBe(true);
  await fresh.dispose();
});

test('after a restart everybody is still signed in, and no link is printed for a server that is owned', async () => {
  await server.stop();
  await server.startAgain();
  expect(well(await access(laptop)).account).toEqual(ana.account);
  expect(well(await own(laptop, ana).account()).account).toEqual(ana.account);
});

test('a device’s id is what follows from its key', () => {
  const id = createHash('sha256').update(laptop.device.publicKey).digest('base64url').slice(0, 22);
  const words = ana.access.token.split('.');
  expect([words[0], words[1]]).toEqual([ana.session, id]);
});
