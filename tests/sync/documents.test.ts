import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { join } from 'node:path';
import { renewedIncarnation } from '#lib/documents/incarnation.ts';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { rangesOf } from '#server/update/read-update.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { FlakyNetwork } from './support/flaky-network.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.dispose());

test('forty documents travel over one socket', async () => {
  const network = await FlakyNetwork.to(server.port);
  const ana = await Person.found(network.url);
  const names = Array.from({ length: 40 }, (_, n) => `plan/v${n}/root`);
  for (const name of names) ana.attach(name);
  for (const [n, name] of names.entries()) ana.type('n', n, name);
  await ana.synced();
  expect(network.connections).toBe(1);
  const ben = await ana.invite();
  await ben.synced();
  expect(names.map((name) => ben.content(name)['n'])).toEqual(names.map((_, n) => n));
  await Promise.all([ana.leave(), ben.leave()]);
  network.close();
});

test('rows reach the log in the order of typing, also those typed before the document was on the wire', async () => {
  const ana = await Person.found(server.url);
  for (let n = 0; n < 50; n += 1) ana.type(`k${n}`, n, 'plan/new/root');
  await ana.synced();
  expect(ana.store.rows('plan/new/root').map(({ serverSeq }) => serverSeq)).toEqual(
    Array.from({ length: 50 }, (_, n) => n + 1),
  );
  await ana.leave();
});

test('documents that nobody has open are pulled too, and only those that changed', async () => {
  const network = await FlakyNetwork.to(server.port);
  const ana = await Person.found(server.url);
  for (let n = 0; n < 30; n += 1) ana.type('text', 'x'.repeat(2000), `plan/v${n}/root`);
  await ana.synced();
  const { token } = await ana.invitation();
  const ben = await Person.arrive({
    url: network.url,
    workspace: ana.workspace,
    token,
  });
  await ben.synced();
  network.goDown();
  await until(() => ben.status.kind === 'unreachable');
  ana.type('text', 'changed', 'plan/v7/root');
  await ana.synced();
  network.comeBack();
  const before = network.received;
  ben.connection.tryNow();
  await ben.synced();
  expect(ben.content('plan/v7/root')).toEqual({ text: 'changed' });
  expect(network.received - before).toBeLessThan(6000);
  await Promise.all([ana.leave(), ben.leave()]);
  network.close();
});

test('a document that begins anew on the server is built again; what was not sent is kept aside', async () => {
  const ana = await Person.found(server.url);
  ana.attach();
  ana.type('old', 1);
  await ana.synced();
  await server.stop();
  ana.type('unsent', 2);
  const anew = new Y.Doc();
  anew.getMap('entries').set('new', 3);
  const bytes = Y.encodeStateAsUpdate(anew);
  const ranges = rangesOf(bytes);
  if (!ranges.ok) throw new Error(ranges.error);
  const storage = openSqlite(join(server.dataDir, 'outlay.sqlite'));
  const author = { member: 'decider', device: 'restore' };
  const incarnation = renewedIncarnation('another');
  await storage.reincarnate(ana.workspace, 'core', incarnation, [
    {
      workspace: ana.workspace,
      document: 'core',
      incarnation,
      key: 'restored',
      bytes,
      checksum: updateChecksum(bytes, 'v1'),
      author,
      ranges: ranges.value,
      receivedAt: 0,
      epoch: 0,
    },
  ]);
  await storage.close();
  await server.startAgain();
  ana.connection.tryNow();
  await ana.synced();
  expect(ana.rebuilds).toEqual(['core: incarnation']);
  expect(ana.content()).toEqual({ new: 3 });
  expect(ana.store.parked).toMatchObject([{ reason: 'restarted' }]);
  ana.type('after', 4);
  await ana.synced();
  await ana.leave();
});

test('a refused row is parked with what came after it, and the document is built again', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  ana.attach();
  ben.doc();
  ana.type('a', 1);
  await until(() => ben.content()['a'] === 1);
  ben.doc().clientID = ana.doc().clientID;
  ben.type('forged', 1);
  ben.type('and after it', 2);
  await until(() => ben.rebuilds.length > 0);
  await ben.synced();
  expect(ben.store.parked.map(({ reason }) => reason)).toEqual(['client-taken', 'client-taken']);
  expect(ben.content()).toEqual({ a: 1 });
  ben.type('own', 3);
  await until(() => ana.content()['own'] === 3);
  expect(ana.content()).toEqual({ a: 1, own: 3 });
  expect(ben.lies).toBe(0);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('rows found damaged on the device are fetched again while the line stands', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  ana.type('theirs', 1);
  await ana.synced();
  await until(() => ben.store.rows('core').length === 1);
  ben.type('own', 2);
  await ben.synced();
  for (const seq of [2, 1]) {
    ben.store.lose('core', seq);
    ben.connection.fetchAgain('core');
    await until(() => ben.store.rows('core').length === 2);
    expect(
      ben.store
        .rows('core')
        .map(({ serverSeq }) => serverSeq)
        .toSorted(),
    ).toEqual([1, 2]);
  }
  await ben.synced();
  ben.type('after', 3);
  await ben.synced();
  await until(() => ana.store.rows('core').length === 3);
  expect(ben.lies).toBe(0);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('an update larger than may be sent arrives in parts', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  const doc = ana.doc();
  doc.transact(() => {
    for (let n = 0; n < 3000; n += 1) doc.getMap('entries').set(`k${n}`, 'x'.repeat(200));
  });
  expect(ana.store.rows('core')[0]?.bytes.length).toBeGreaterThan(600_000);
  await ana.synced();
  await ben.synced();
  ben.doc();
  await until(() => Object.keys(ben.content()).length === 3000);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('two tabs of one device, with one store, send each row once', async () => {
  const ana = await Person.found(server.url);
  const { workspace, device, store } = ana;
  const tab = await Person.arrive({ url: server.url, workspace, device, store });
  await tab.synced();
  ana.type('a', 1);
  tab.type('b', 2);
  await Promise.all([ana.synced(), tab.synced()]);
  const ben = await ana.invite();
  ben.doc();
  expect(ben.content()).toEqual({ a: 1, b: 2 });
  expect(ben.store.rows('core')).toHaveLength(2);
  await Promise.all([ana.leave(), tab.leave(), ben.leave()]);
});

test('who is here is seen, and that they left', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  const [here, there] = [ana.attach().presence, ben.attach().presence];
  here.show({ name: 'Ana', cell: 'b2' });
  await until(() => there.others().length === 1);
  expect(there.others()[0]?.state).toEqual({ name: 'Ana', cell: 'b2' });
  there.show({ name: 'Ben' });
  await until(() => here.others().length === 1);
  await ana.leave();
  await until(() => there.others().length === 0);
  await ben.leave();
});

test('a device that reads slowly is not waited for, and misses nothing', async () => {
  const ana = await Person.found(server.url);
  const { token } = await ana.invitation();
  const slow = await RawDevice.greeted(server.url, { intent: 'join', workspace: ana.workspace, token });
  await slow.next('welcome');
  slow.say({ kind: 'open', channel: 1, document: 'core', incarnation: '', since: 0 });
  await slow.next('opened');
  slow.socket.pause();
  for (let n = 0; n < 60; n += 1) ana.type(`k${n}`, 'x'.repeat(120_000));
  await ana.synced();
  slow.socket.resume();
  const seqs = (): number[] =>
    slow.heard.flatMap((message) => (message.kind === 'rows' ? message.rows.map(({ seq }) => seq) : []));
  await until(() => seqs().length === 60);
  expect(seqs()).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
  slow.close();
  await ana.leave();
});
