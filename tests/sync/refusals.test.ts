import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { updatesOf } from '#lib/documents/replica.ts';
import { newId } from '#lib/domain/id.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import { CLOSE, LIMITS } from '#lib/sync/protocol.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

let server: ServerProcess;
let ana: Person;
let silent: RawDevice;

beforeAll(async () => {
  server = await ServerProcess.start();
  silent = await RawDevice.connect(server.url);
  ana = await Person.found(server.url);
});
afterAll(async () => {
  await ana.leave();
  await server.dispose();
});

async function joined(): Promise<RawDevice> {
  const { token } = await ana.invitation();
  return RawDevice.greeted(server.url, { intent: 'join', workspace: ana.workspace, token });
}

function typed(key: string, value: unknown, doc = new Y.Doc()): Uint8Array {
  const [update = new Uint8Array()] = updatesOf(doc, () => doc.getMap('entries').set(key, value));
  return update;
}

test('a wrong token lets nobody in', async () => {
  const raw = await RawDevice.greeted(server.url, { intent: 'join', workspace: ana.workspace, token: 'x'.repeat(43) });
  expect(await raw.closed).toBe(CLOSE.linkInvalid);
});

test('an invitation lets one device in, which stays; it lets nobody in once used, taken back or expired', async () => {
  const { id, token } = await ana.invitation();
  const arrive = (offered: string): Promise<Person> =>
    Person.arrive({ url: server.url, workspace: ana.workspace, token: offered });
  const ben = await arrive(token);
  await ben.synced();
  expect(await ana.ask({ kind: 'revoke-invitation', id })).toMatchObject({ ok: false, error: { why: 'accepted' } });
  const takenBack = await ana.invitation();
  expect(await ana.ask({ kind: 'revoke-invitation', id: takenBack.id })).toMatchObject({ ok: true });
  const brief = await ana.invitation({ expires: new Date(Date.now() + 300).toISOString() });
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const spent of [token, takenBack.token, brief.token]) {
    const cleo = await arrive(spent);
    await until(() => cleo.status.kind === 'refused');
    expect(cleo.status.reason).toBe('link-invalid');
    await cleo.leave();
  }
  ben.type('still here', 1);
  await ben.synced();
  await ben.leave();
  const back = await Person.arrive({ url: server.url, workspace: ana.workspace, device: ben.device });
  await back.synced();
  expect(back.member).toBe(ben.member);
  await back.leave();
});

test('nobody joins by asking for it', async () => {
  const { id } = await ana.invitation();
  const ben = await ana.invite();
  for (const member of [ben.member, 'another']) {
    const answer = await ben.ask({ kind: 'join', invitation: id, member, name: 'Mine' });
    expect(answer).toMatchObject({ ok: false });
  }
  await ben.leave();
});

test('a device that is not known, or does not hold the key it names, is not let in', async () => {
  const stranger = await RawDevice.greeted(server.url, { workspace: ana.workspace });
  expect(await stranger.closed).toBe(CLOSE.deviceUnknown);
  const other = await deviceOf(await newDeviceKeys());
  const impostor = await RawDevice.greeted(
    server.url,
    { workspace: ana.workspace },
    { ...other, publicKey: ana.device.publicKey },
  );
  expect(await impostor.closed).toBe(CLOSE.deviceUnknown);
});

test('a workspace that is not here is not told apart by anything but its name', async () => {
  const raw = await RawDevice.greeted(server.url, { workspace: newId() });
  expect(await raw.closed).toBe(CLOSE.workspaceUnknown);
});

test('more than 4 KB before hello, or a hello that is none, closes the socket', async () => {
  const large = await RawDevice.connect(server.url);
  large.socket.send(new Uint8Array(LIMITS.greeting + 1));
  expect(await large.closed).toBe(CLOSE.tooLarge);
  const early = await RawDevice.connect(server.url);
  early.say({ kind: 'ping', echo: 1 });
  expect(await early.closed).toBe(CLOSE.badFrame);
});

test.each([
  ['an unknown message type', new Uint8Array([99])],
  ['a frame that ends early', new Uint8Array([4, 1, 20, 65])],
  ['a length that points past the frame', new Uint8Array([5, 1, 1])],
  ['nothing at all', new Uint8Array(0)],
])('%s closes the socket with a code', async (_what, frame) => {
  const raw = await joined();
  await raw.next('welcome');
  raw.socket.send(frame);
  expect(await raw.closed).toBe(CLOSE.badFrame);
});

test('text instead of bytes closes the socket', async () => {
  const raw = await joined();
  await raw.next('welcome');
  raw.socket.send('hello');
  expect(await raw.closed).toBe(CLOSE.badFrame);
});

test('an oversized frame closes the socket, and the server goes on', async () => {
  const raw = await joined();
  await raw.next('welcome');
  raw.socket.send(new Uint8Array(LIMITS.frame + 1));
  expect(await raw.closed).toBe(1009);
  ana.type('after', 1);
  await ana.synced();
});

test('an update that is too large is refused, with nothing stored', async () => {
  const raw = await joined();
  await raw.send('talk/2027/root', typed('a', 'x'.repeat(LIMITS.update)));
  expect(await raw.next('nack')).toMatchObject({ n: 1, reason: 'too-large' });
  raw.close();
});

test('the largest update that may be sent is taken', async () => {
  const raw = await joined();
  const around = typed('a', 'x'.repeat(200_000)).length - 200_000;
  const largest = typed('a', 'x'.repeat(LIMITS.update - around));
  expect(largest.length).toBe(LIMITS.update);
  await raw.send('talk/2029/root', largest);
  expect(await raw.next('ack')).toMatchObject({ n: 1 });
  raw.close();
});

test('a command of more than 128 KB is answered as too large, one of more than 256 KB closes the socket', async () => {
  const raw = await joined();
  await raw.next('welcome');
  const expenses = Array.from({ length: 400 }, (_, n) => makeExpense({ id: `x${n}` }));
  const command = { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null };
  raw.say({
    kind: 'command',
    given: JSON.stringify({ id: 'large', command, by: 'ana', at: '2027-01-01T00:00:00.000Z' }),
  });
  expect(JSON.parse((await raw.next('answer')).answer)).toMatchObject({ ok: false, error: { kind: 'too-large' } });
  raw.say({ kind: 'command', given: 'x'.repeat(LIMITS.command + 1) });
  expect(await raw.closed).toBe(CLOSE.badFrame);
});

test('a truncated update is refused, also when its checksum was made of what is left', async () => {
  const whole = typed('a', 'a value of some length');
  for (const length of [whole.length - 1, whole.length - 5, 4]) {
    const raw = await joined();
    await raw.send('talk/2027/root', whole.subarray(0, length));
    expect(await raw.next('nack')).toMatchObject({ reason: 'damaged' });
    raw.close();
  }
});

test('a flipped bit on the way is refused', async () => {
  const raw = await joined();
  await raw.send('talk/2027/root', typed('a', 1), 12345);
  expect(await raw.next('nack')).toMatchObject({ reason: 'damaged' });
  const heads = await raw.next('heads');
  expect(heads.heads.some(({ document }) => document === 'talk/2027/root')).toBe(false);
  raw.close();
});

test('an update in Yjs’s second encoding is not taken for an empty one', async () => {
  const raw = await joined();
  await raw.send('talk/2027/root', Y.convertUpdateFormatV1ToV2(typed('a', 1)));
  expect(await raw.next('nack')).toMatchObject({ reason: 'damaged' });
  raw.close();
});

test('an update delivered twice is acknowledged twice and stored once', async () => {
  const raw = await joined();
  const update = typed('twice', 1);
  await raw.send('plan/twice/root', update, undefined, 'same-key');
  const first = await raw.next('ack');
  raw.say({ kind: 'close', channel: 1 });
  await raw.next('closed');
  await raw.send('plan/twice/root', update, undefined, 'same-key');
  expect((await raw.next('ack')).seqs).toEqual(first.seqs);
  raw.close();
});

test('an update that arrives before its predecessor is kept, and whole once that arrives', async () => {
  const doc = new Y.Doc();
  const [first, second] = [typed('first', 1, doc), typed('second', 2, doc)];
  const raw = await joined();
  await raw.send('plan/late/root', second);
  await raw.next('ack');
  raw.say({ kind: 'close', channel: 1 });
  await raw.next('closed');
  await raw.send('plan/late/root', first);
  await raw.next('ack');
  raw.close();
  ana.doc('plan/late/root');
  await until(() => Object.keys(ana.content('plan/late/root')).length === 2);
});

test('a client id belongs to who wrote under it first: another device is refused', async () => {
  const raw = await joined();
  ana.type('mine', 1, 'plan/own/root');
  await ana.synced();
  const copy = new Y.Doc();
  for (const { bytes } of ana.store.rows('plan/own/root')) Y.applyUpdate(copy, bytes);
  copy.clientID = ana.doc('plan/own/root').clientID;
  await raw.send('plan/own/root', typed('forged', 1, copy));
  expect(await raw.next('nack')).toMatchObject({ reason: 'client-taken' });
  await ana.synced();
  expect(ana.content('plan/own/root')).toEqual({ mine: 1 });
  raw.close();
});

test('a refused row ends the channel: what was sent after it is not stored', async () => {
  const raw = await joined();
  await raw.send('talk/2028/root', typed('a', 1), 1);
  const good = typed('b', 2);
  raw.say({ kind: 'data', channel: 1, n: 2, key: 'late', checksum: 0, bytes: good });
  expect(await raw.next('nack')).toMatchObject({ n: 1 });
  raw.say({ kind: 'open', channel: 2, document: 'talk/2028/root', incarnation: '', since: 0 });
  expect(await raw.next('opened')).toMatchObject({ channel: 2, head: 0 });
  raw.close();
});

test.each(['ledger/2027-03/root', 'decisions/root'])('only the decider writes %s', async (document) => {
  const raw = await joined();
  await raw.send(document, typed('a', 1));
  expect(await raw.next('nack')).toMatchObject({ reason: 'decider-only' });
  raw.close();
});

test('an inbox is written by its member only', async () => {
  const raw = await joined();
  const { member } = await raw.next('welcome');
  await raw.send(`inbox/${ana.member}`, typed('a', 1));
  expect(await raw.next('nack')).toMatchObject({ reason: 'not-allowed' });
  raw.say({ kind: 'open', channel: 2, document: `inbox/${member}`, incarnation: '', since: 0 });
  await raw.next('opened');
  raw.close();
});

test('a document that no app knows cannot be opened', async () => {
  const raw = await joined();
  raw.say({ kind: 'open', channel: 1, document: 'secrets/root', incarnation: '', since: 0 });
  expect(await raw.next('closed')).toMatchObject({ reason: 'not-allowed' });
  raw.close();
});

test('rows that do not count on from each other close the socket', async () => {
  const raw = await joined();
  raw.say({ kind: 'open', channel: 1, document: 'core', incarnation: '', since: 0 });
  await raw.next('opened');
  raw.say({ kind: 'data', channel: 1, n: 2, key: 'k', checksum: 0, bytes: typed('a', 1) });
  expect(await raw.closed).toBe(CLOSE.badFrame);
});

test('an app that is too old or too new is told which', async () => {
  const old = await RawDevice.connect(server.url);
  old.hello({ workspace: ana.workspace, newest: 0, oldest: 0 });
  expect(await old.closed).toBe(CLOSE.appTooOld);
  const young = await RawDevice.connect(server.url);
  young.hello({ workspace: ana.workspace, newest: 99, oldest: 98 });
  expect(await young.closed).toBe(CLOSE.appTooNew);
});

test('whoever connects and says nothing is let go', async () => {
  expect(await silent.closed).toBe(CLOSE.silent);
});
