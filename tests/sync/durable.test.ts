import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerProcess } from '#tests/support/server-process.ts';
import { FlakyNetwork } from './support/flaky-network.ts';
import { Person, until } from './support/person.ts';

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.dispose());

test('killed with -9 during 200 edits: nothing acknowledged is lost, nothing unacknowledged is called synced', async () => {
  const ana = await Person.found(server.url);
  ana.attach();
  for (let n = 0; n < 200; n += 1) {
    ana.type(`k${n}`, n);
    if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 4));
    if (n === 120) void server.kill();
  }
  await until(() => ana.status.kind === 'unreachable');
  const acknowledged = ana.store.rows('core').filter(({ state }) => state === 'durable').length;
  expect(acknowledged).toBeLessThan(200);
  expect(acknowledged).toBeGreaterThan(0);
  expect(ana.lies).toBe(0);
  expect(ana.status).toMatchObject({ kind: 'unreachable', pending: 200 - acknowledged });
  await ana.leave();

  await server.startAgain();
  const store = ana.store;
  const again = await Person.arrive({ url: server.url, workspace: ana.workspace, device: ana.device, store });
  const ben = await again.invite();
  await again.synced();
  ben.doc();
  expect(Object.keys(ben.content())).toHaveLength(200);
  await Promise.all([again.leave(), ben.leave()]);
});

test('a device that vanishes after its rows were acknowledged leaves them for the others', async () => {
  const ana = await Person.found(server.url);
  ana.type('a', 1);
  await ana.synced();
  await server.kill();
  await server.startAgain();
  const joined = await ana.synced().then(() => ana.invite());
  await joined.synced();
  joined.doc();
  expect(joined.content()).toEqual({ a: 1 });
  await Promise.all([ana.leave(), joined.leave()]);
});

test('a socket cut in the middle of typing: everything arrives once', async () => {
  const network = await FlakyNetwork.to(server.port);
  const ana = await Person.found(network.url);
  ana.attach();
  for (let n = 0; n < 120; n += 1) {
    ana.type(`k${n}`, n);
    if (n % 25 === 13) network.cut();
    if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await ana.synced();
  const ben = await ana.invite();
  ben.doc();
  await until(() => Object.keys(ben.content()).length === 120);
  const seqs = ana.store.rows('core').map(({ serverSeq }) => serverSeq);
  expect(new Set(seqs).size).toBe(120);
  await Promise.all([ana.leave(), ben.leave()]);
  network.close();
});

test('a network that goes silent is found out, and its return too', async () => {
  const network = await FlakyNetwork.to(server.port);
  const ana = await Person.found(network.url);
  network.goSilent();
  ana.type('a', 1);
  expect(ana.status).toMatchObject({ kind: 'syncing', pending: 1 });
  await until(
    () => ana.status.kind === 'unreachable',
    () => ana.status.kind,
    12_000,
  );
  network.comeBack();
  ana.connection.tryNow();
  await ana.synced();
  expect(ana.store.rows('core')[0]).toMatchObject({ state: 'durable', serverSeq: 1 });
  await ana.leave();
  network.close();
});

test('coming back, only what is missing is sent', async () => {
  const network = await FlakyNetwork.to(server.port);
  const ana = await Person.found(server.url);
  for (let n = 0; n < 300; n += 1) ana.type(`k${n}`, 'x'.repeat(400));
  await ana.synced();
  const { token } = await ana.invitation();
  const ben = await Person.arrive({ url: network.url, workspace: ana.workspace, token });
  await ben.synced();
  expect(network.received).toBeGreaterThan(120_000);
  network.goDown();
  await until(() => ben.status.kind === 'unreachable');
  expect(ben.status.retryAt).not.toBeNull();
  ana.type('late', 1);
  await ana.synced();
  network.comeBack();
  const before = network.received;
  ben.connection.tryNow();
  await ben.synced();
  ben.doc();
  expect(ben.content()['late']).toBe(1);
  expect(network.received - before).toBeLessThan(3000);
  await Promise.all([ana.leave(), ben.leave()]);
  network.close();
});
