import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseServer } from '#lib/sync/protocol.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { OddServer } from './support/odd-server.ts';
import { Person, until } from './support/person.ts';

let server: ServerProcess;
let odd: OddServer;
let ana: Person;
let ben: Person;

beforeEach(async () => {
  server = await ServerProcess.start();
  odd = await OddServer.before(server.url);
  ana = await Person.found(server.url);
  const { token } = await ana.invitation();
  ben = await Person.arrive({ url: odd.url, workspace: ana.workspace, token });
  await ben.synced();
  ben.doc();
});
afterEach(async () => {
  await Promise.all([ana.leave(), ben.leave()]);
  odd.close();
  await server.dispose();
});

const isRows = (frame: Uint8Array): boolean => {
  const message = parseServer(frame);
  return message.ok && message.value.kind === 'rows';
};

test.each([
  ['of an unknown type', new Uint8Array([99])],
  ['that ends early', new Uint8Array([4, 1, 20, 65])],
  ['of random bytes', Uint8Array.from({ length: 400 }, (_, n) => (n * 197 + 31) % 256)],
  ['of nothing', new Uint8Array(0)],
])('a frame from the server %s: the device begins a new connection, and nothing is lost', async (_what, frame) => {
  const before = odd.connections;
  odd.say(frame);
  ben.type('own', 1);
  ana.type('theirs', 2);
  await until(() => odd.connections > before);
  await until(() => ben.content()['theirs'] === 2 && ana.store.rows('core').length === 2);
  await ben.synced();
  expect(ben.faults.length).toBeGreaterThan(0);
  expect(ben.lies).toBe(0);
});

test('rows delivered twice are here once', async () => {
  odd.onframe = (frame) => (isRows(frame) ? [frame, frame] : [frame]);
  for (let n = 0; n < 5; n += 1) ana.type(`k${n}`, n);
  await until(() => Object.keys(ben.content()).length === 5);
  await ben.synced();
  expect(ben.store.rows('core')).toHaveLength(5);
});

test('rows cut short on the way are not kept: they come whole over the next connection', async () => {
  let cuts = 0;
  odd.onframe = (frame) => {
    if (!isRows(frame) || cuts > 0) return [frame];
    cuts += 1;
    return [frame.subarray(0, frame.length - 5)];
  };
  ana.type('whole', 'a text that is long enough to be cut');
  await until(() => ben.content()['whole'] !== undefined);
  await ben.synced();
  expect(cuts).toBe(1);
  expect(ben.store.rows('core')).toHaveLength(1);
});

test('rows that come late, after those behind them, are all here in the end', async () => {
  ben.attach();
  ana.type('first', 0);
  await until(() => ben.content()['first'] === 0);
  const late: Uint8Array[] = [];
  odd.onframe = (frame) => {
    if (!isRows(frame)) return [frame];
    late.push(frame);
    return late.length < 3 ? [] : late.splice(0).reverse();
  };
  for (let n = 0; n < 3; n += 1) {
    ana.type(`k${n}`, n);
    await ana.synced();
  }
  await until(() => Object.keys(ben.content()).length === 4);
  expect(ben.content()).toEqual({ first: 0, k0: 0, k1: 1, k2: 2 });
  expect(ben.store.rows('core')).toHaveLength(4);
});
