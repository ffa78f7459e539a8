import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { updatesOf } from '#lib/documents/replica.ts';
import { CLOSE } from '#lib/sync/protocol.ts';
import type { RunningServer } from '#server/server.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { StorageTrouble } from '#server/storage/storage.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';
import { serverHere } from './support/server-here.ts';
import type { OptionsHere } from './support/server-here.ts';

let folder: string;
let server: RunningServer | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-'));
});
afterEach(async () => {
  await server?.stop();
  server = null;
  rmSync(folder, { recursive: true });
});

async function serve(options: OptionsHere = {}): Promise<string> {
  const started = await serverHere(folder, options);
  server = started;
  return started.url;
}

async function ask(url: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, { headers });
  return { status: answer.status, text: await answer.text() };
}

/** How a socket with these headers ends: open, or the status it is turned away with. */
function knock(url: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync`, { headers });
  return new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', () => undefined);
  }).finally(() => socket.terminate()) as Promise<string>;
}

test('a server that can write is alive and ready', async () => {
  const url = await serve();
  expect(await ask(`${url}/healthz`)).toEqual({ status: 200, text: 'alive\n' });
  expect(await ask(`${url}/readyz`)).toEqual({ status: 200, text: 'ready\n' });
});

test('a full disk: alive, not ready, and ready again when there is room', async () => {
  let isFull = false;
  const storage = openSqlite(join(folder, 'b.sqlite'));
  const full = (): Promise<never> => Promise.reject(new StorageTrouble('disk-full', null));
  const url = await serve({
    storage: {
      ...storage,
      append: (rows) => (isFull ? full() : storage.append(rows)),
      probe: () => (isFull ? full() : storage.probe()),
    },
  });
  const ana = await Person.found(url);
  isFull = true;
  expect(await ask(`${url}/readyz`)).toEqual({ status: 503, text: 'the storage cannot be written\n' });
  ana.type('a', 1);
  await until(() => ana.status.kind === 'refused');
  expect(await ask(`${url}/readyz`)).toEqual({ status: 503, text: 'disk-full\n' });
  expect((await ask(`${url}/healthz`)).status).toBe(200);
  expect((await ask(`${url}/metrics`)).text).toContain('outlay_storage_state{state="disk-full"} 1');
  isFull = false;
  await ana.synced();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await ask(`${url}/readyz`)).status).toBe(200);
  await ana.leave();
});

test('figures count connections, rows, refusals and how long an acknowledgement takes', async () => {
  const url = await serve();
  const ana = await Person.found(url);
  for (let n = 0; n < 5; n += 1) ana.type(`k${n}`, n);
  await ana.synced();
  const doc = new Y.Doc();
  const [forged = new Uint8Array()] = updatesOf(doc, () => doc.getMap('entries').set('forged', 1));
  const raw = await RawDevice.greeted(url, { workspace: ana.workspace }, ana.device);
  await raw.send('ledger/2027-03/root', forged);
  await raw.next('nack');
  raw.close();
  await until(() => raw.socket.readyState === WebSocket.CLOSED);
  const { text } = await ask(`${url}/metrics`);
  expect(text).toContain('outlay_connections{kind="device"} 1');
  expect(text).toContain('outlay_rooms 1');
  expect(text).toContain('outlay_rows_total 5');
  expect(text).toMatch(/outlay_commits_total [1-5]\n/);
  expect(text).toContain('outlay_rows_refused_total{reason="decider-only"} 1');
  expect(text).toContain('outlay_ack_seconds_count 5');
  expect(text).toContain('outlay_storage_state{state="writable"} 1');
  expect(text).toMatch(/process_resident_memory_bytes \d+/);
  await ana.leave();
});

test('figures are read from this machine, but not through a proxy on it', async () => {
  const url = await serve();
  expect((await ask(`${url}/metrics`)).status).toBe(200);
  expect((await ask(`${url}/metrics`, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
});

test('with a token, figures are for whoever brings it', async () => {
  const url = await serve({ metricsToken: 'a long one' });
  expect((await ask(`${url}/metrics`)).status).toBe(403);
  expect((await ask(`${url}/metrics`, { authorization: 'Bearer a long two' })).status).toBe(403);
  const through = { authorization: 'Bearer a long one', 'x-forwarded-for': '203.0.113.9' };
  expect((await ask(`${url}/metrics`, through)).status).toBe(200);
});

test('a page of another origin gets no socket, nor does a name that is not ours', async () => {
  const url = await serve({ origins: ['https://outlay.example.com'] });
  expect(await knock(url, {})).toBe('open');
  expect(await knock(url, { origin: url })).toBe('open');
  expect(await knock(url, { origin: 'https://outlay.example.com' })).toBe('open');
  expect(await knock(url, { origin: 'https://evil.example' })).toBe('403');
  expect(await knock(url, { origin: 'http://evil.example', host: 'evil.example' })).toBe('403');
});

test('asked to stop: not ready at once, nobody new, those who are here go on until it is time and lose nothing', async () => {
  const url = await serve({ drainMs: 400 });
  const ana = await Person.found(url);
  const stopping = server?.stop();
  server = null;
  expect(await ask(`${url}/readyz`)).toEqual({ status: 503, text: 'stopping\n' });
  expect((await ask(`${url}/healthz`)).status).toBe(200);
  expect(await knock(url, {})).toBe('503');
  for (let n = 0; n < 50; n += 1) ana.type(`k${n}`, n);
  await ana.synced();
  await stopping;
  expect(ana.lies).toBe(0);
  await ana.leave();
});

test('sent home, a device is told over how long to spread its coming back', async () => {
  const url = await serve();
  const sockets = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/sync`);
      await new Promise((resolve) => socket.once('open', resolve));
      return socket;
    }),
  );
  const goodbyes = sockets.map(
    (socket) => new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, String(reason)]))),
  );
  await server?.stop();
  server = null;
  expect(new Set((await Promise.all(goodbyes)).map(String))).toEqual(new Set([`${CLOSE.serverStopping},300`]));
});

test('what is written, and what fails, has a line in the log under the id its answer carries; paths and tokens do not', async () => {
  const lines: unknown[] = [];
  const url = await serve({ log: (...line) => lines.push(line) });
  const answer = await fetch(`${url}/receipts/secret-workspace/secret-hash?for=x`, { method: 'PUT', body: 'x' });
  await ask(`${url}/healthz`);
  await until(() => lines.length > 0);
  const facts = { request: answer.headers.get('x-request-id'), method: 'PUT', to: '/receipts', status: answer.status };
  expect(lines).toEqual([['A request was answered.', null, { ...facts, ms: expect.any(Number) as unknown }]]);
});
