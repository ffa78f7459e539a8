import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from './support/person.ts';

let server: ServerProcess;
let ana: Person;
let token: string;
const providers: WebsocketProvider[] = [];

beforeAll(async () => {
  server = await ServerProcess.start();
  ana = await Person.found(server.url);
  ana.attach();
  ({ token } = await ana.invitation());
});
afterAll(async () => {
  for (const provider of providers) provider.destroy();
  await ana.leave();
  await server.dispose();
});

/** A y-websocket client as it comes from npm, with nothing of ours. */
function stock(document: string, doc = new Y.Doc(), offered = token): WebsocketProvider {
  const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/y/${ana.workspace}`, document, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    protocols: ['outlay', offered],
    disableBc: true,
  });
  providers.push(provider);
  return provider;
}

function entries(doc: Y.Doc): Record<string, unknown> {
  return doc.getMap('entries').toJSON();
}

test('a stock client and ours edit one document', async () => {
  ana.type('ours', 1);
  const { doc } = stock('core');
  await until(() => entries(doc)['ours'] === 1);
  doc.getMap('entries').set('stock', 2);
  await until(() => ana.content()['stock'] === 2);
  ana.type('later', 3);
  await until(() => entries(doc)['later'] === 3);
});

test('two stock clients edit one document, and what one typed before it connected arrives too', async () => {
  const before = new Y.Doc();
  before.getMap('entries').set('offline', 1);
  const [one, two] = [stock('plan/v1/root', before), stock('plan/v1/root')];
  await until(() => one.synced && two.synced);
  await until(() => entries(two.doc)['offline'] === 1);
  two.doc.getMap('entries').set('back', 2);
  await until(() => entries(one.doc)['back'] === 2);
});

test('presence passes between a stock client and ours', async () => {
  const provider = stock('core');
  provider.awareness.setLocalState({ name: 'Stock' });
  const attached = ana.attach();
  await until(() => attached.presence.others().some(({ state }) => (state as { name?: string }).name === 'Stock'));
});

test('a wrong token closes with a code after which a stock client does not come back', async () => {
  const provider = stock('core', new Y.Doc(), 'wrong');
  const code = await new Promise((resolve) => provider.once('closed', (event) => resolve(event.code)));
  expect(code).toBe(4403);
});

test('a token in the address lets nobody in: it would stand in every log on the way', async () => {
  const address = `${server.url.replace('http', 'ws')}/y/${ana.workspace}/core?token=${token}`;
  const socket = new WebSocket(address, ['outlay']);
  expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(4403);
});

test('a stock client does not write what only the decider writes', async () => {
  const provider = stock('ledger/2027-03/root');
  await until(() => provider.synced);
  const closed = new Promise((resolve) => provider.once('closed', (event) => resolve(event.code)));
  provider.doc.getMap('entries').set('forged', 1);
  expect(await closed).toBe(4403);
});

test('a stock client leaves when its invitation is taken back', async () => {
  const { id, token: fresh } = await ana.invitation();
  const provider = stock('core', new Y.Doc(), fresh);
  await until(() => provider.synced);
  const closed = new Promise((resolve) => provider.once('closed', (event) => resolve(event.code)));
  await ana.ask({ kind: 'revoke-invitation', id });
  expect(await closed).toBe(4403);
});
