import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, ServerProcess } from '#tests/support/server-process.ts';
import { Person } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.dispose());

/** Starts a second server and says how it ended. */
async function ending(environment: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../sync-server/main.ts')], {
    env: { ...process.env, HOST: 'localhost', ...environment },
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'exit')) as unknown[];
  return { code, said };
}

test('a second server on the same data is refused with a sentence', async () => {
  const { code, said } = await ending({ PORT: String(await freePort()), DATA_DIR: server.dataDir });
  expect(code).toBe(1);
  expect(said).toMatch(/^Another Outlay server is using .*outlay\.sqlite\. Stop it first, or set DATA_DIR/);
});

test('a port in use, and one that is none, are refused with a sentence', async () => {
  const dataDir = join(server.dataDir, 'other');
  const inUse = await ending({ PORT: String(server.port), DATA_DIR: dataDir });
  expect([inUse.code, inUse.said]).toEqual([1, `Port ${server.port} is in use. Set PORT to another one.\n`]);
  const none = await ending({ PORT: 'http', DATA_DIR: dataDir });
  expect([none.code, none.said]).toEqual([1, 'PORT must be a number from 0 to 65535, not "http".\n']);
});

test('asked to stop, it acknowledges what has arrived and lets go at once', async () => {
  const ana = await Person.found(server.url);
  ana.type('a', 1);
  await ana.synced();
  const asked = performance.now();
  await server.stop();
  expect(performance.now() - asked).toBeLessThan(2000);
  await server.startAgain();
  ana.type('b', 2);
  ana.connection.tryNow();
  await ana.synced();
  await ana.leave();
});

test('asked to stop, it is gone in time whatever others hold open', async () => {
  const ana = await Person.found(server.url);
  const unread = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await unread.next('welcome');
  unread.socket.pause();
  const halfAsked = connect(server.port, 'localhost');
  halfAsked.write('PUT /receipts/w/h?for=x&size=9&from=0 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf');
  const halfGreeted = await RawDevice.connect(server.url);
  const asked = performance.now();
  await server.stop();
  expect(performance.now() - asked).toBeLessThan(4000);
  halfAsked.destroy();
  halfGreeted.close();
  unread.close();
  await ana.leave();
});
