import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '#server/server.ts';
import { Person, until } from './support/person.ts';
import { presenceOf } from './support/presence.ts';
import { RawDevice } from './support/raw-device.ts';
import { serverHere } from './support/server-here.ts';

let folder: string;
let server: RunningServer;
let url: string;
let lagMs = 0;

beforeEach(async () => {
  lagMs = 0;
  folder = mkdtempSync(join(tmpdir(), 'outlay-'));
  const started = await serverHere(folder, {
    pressure: () => ({ lagMs, unreadBytes: 0, memory: 0 }),
    lookEveryMs: 20,
  });
  server = started;
  url = started.url;
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Puts the server under the pressure of a level, and waits until it acts on it. */
async function press(ms: number): Promise<void> {
  lagMs = ms;
  await new Promise((resolve) => setTimeout(resolve, 100));
}

async function opened(ana: Person, document = 'core'): Promise<RawDevice> {
  const raw = await RawDevice.greeted(url, { workspace: ana.workspace }, ana.device);
  raw.say({ kind: 'open', channel: 1, document, incarnation: '', since: 0 });
  await raw.next('opened');
  return raw;
}

test('level 1 lets go of presence, and of nothing else', async () => {
  const ana = await Person.found(url);
  const [speaker, listener] = [await opened(ana), await opened(ana)];
  await press(500);
  speaker.say({ kind: 'presence', channel: 1, states: presenceOf(1, 'under load') });
  ana.type('a', 1);
  await ana.synced();
  await listener.next('rows');
  expect(listener.heard.some(({ kind }) => kind === 'presence')).toBe(false);
  await press(0);
  speaker.say({ kind: 'presence', channel: 1, states: presenceOf(1, 'again', 2) });
  await listener.next('presence');
  speaker.close();
  listener.close();
  await ana.leave();
});

test('level 2 tells later which documents changed, but tells', async () => {
  const ana = await Person.found(url);
  const listener = await opened(ana);
  await listener.next('heads');
  await press(1000);
  ana.type('a', 1, 'talk/2027/root');
  await ana.synced();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(listener.heard.some(({ kind }) => kind === 'heads')).toBe(false);
  await until(() => listener.heard.some(({ kind }) => kind === 'heads'), undefined, 6000);
  expect((await listener.next('heads')).heads.map(({ document }) => document)).toContain('talk/2027/root');
  listener.close();
  await ana.leave();
});

test('level 3 lets go of whoever does not read; it comes back and has everything', async () => {
  const ana = await Person.found(url);
  const slow = await opened(ana);
  slow.socket.pause();
  for (let n = 0; n < 60; n += 1) {
    ana.type(`k${n}`, 'x'.repeat(200_000));
    await ana.synced();
  }
  await press(2000);
  expect(
    (await (await fetch(`${url}/metrics`)).text()).match(/outlay_shed_total\{what="slow-reader"\} (\d+)/)?.[1],
  ).toBe('1');
  slow.socket.resume();
  await slow.closed;
  expect(ana.status.kind).toBe('synced');
  const back = await opened(ana);
  const rows: number[] = [];
  await until(() => {
    for (const message of back.heard.splice(0)) {
      if (message.kind === 'rows') rows.push(...message.rows.map(({ seq }) => seq));
    }
    return rows.at(-1) === 60;
  });
  back.close();
  await ana.leave();
});

test('level 4 lets nobody new in, and says when to come back', async () => {
  const ana = await Person.found(url);
  await press(4000);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync`);
  socket.on('error', () => undefined);
  const [status, after] = await new Promise<readonly unknown[]>((resolve) => {
    socket.once('unexpected-response', (_request, answer) =>
      resolve([answer.statusCode, answer.headers['retry-after']]),
    );
  });
  expect([status, after]).toEqual([503, '5']);
  await press(0);
  (await opened(ana)).close();
  await ana.leave();
});

test('at every level each update is written, acknowledged and passed on', async () => {
  const ana = await Person.found(url);
  const ben = await ana.invite();
  ben.attach();
  for (const [level, ms] of [0, 500, 1000, 2000, 4000].entries()) {
    await press(ms);
    ana.type(`level ${level}`, level);
    await ana.synced();
    await until(() => ben.content()[`level ${level}`] === level);
  }
  expect([ana.lies, ben.lies]).toEqual([0, 0]);
  await Promise.all([ana.leave(), ben.leave()]);
});
