import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLOSE, LIMITS } from '#lib/sync/protocol.ts';
import type { RunningServer } from '#server/server.ts';
import { Person, until } from './support/person.ts';
import { presenceOf, presenceOfAll } from './support/presence.ts';
import { RawDevice } from './support/raw-device.ts';
import { serverHere } from './support/server-here.ts';
import type { OptionsHere } from './support/server-here.ts';

let folder: string;
let server: RunningServer | null = null;
let url = '';
let ana: Person;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-'));
});
afterEach(async () => {
  await ana.leave();
  await server?.stop();
  server = null;
  rmSync(folder, { recursive: true });
});

async function begin(options: OptionsHere = {}): Promise<void> {
  const started = await serverHere(folder, options);
  server = started;
  url = started.url;
  ana = await Person.found(url);
}

async function device(): Promise<RawDevice> {
  const raw = await RawDevice.greeted(url, { workspace: ana.workspace }, ana.device);
  await raw.next('welcome');
  return raw;
}

async function opened(document = 'core'): Promise<RawDevice> {
  const raw = await device();
  raw.say({ kind: 'open', channel: 1, document, incarnation: '', since: 0 });
  await raw.next('opened');
  return raw;
}

/** The server goes on as if nothing had happened. */
async function goesOn(): Promise<void> {
  ana.type('still', Math.random());
  await ana.synced();
}

function presencesHeard(raw: RawDevice): number {
  return raw.heard.filter(({ kind }) => kind === 'presence').length;
}

test('presence is passed on four times a second and let go of beyond that, before anything else is', async () => {
  await begin();
  const [speaker, listener] = [await opened(), await opened()];
  for (let clock = 1; clock <= 40; clock += 1) {
    speaker.say({ kind: 'presence', channel: 1, states: presenceOf(7, { clock }, clock) });
  }
  await goesOn();
  await listener.next('rows');
  expect(presencesHeard(listener)).toBeGreaterThanOrEqual(1);
  expect(presencesHeard(listener)).toBeLessThanOrEqual(LIMITS.presencePerSecond + 1);
  expect(speaker.socket.readyState).toBe(speaker.socket.OPEN);
  speaker.close();
  listener.close();
});

test('a megabyte of awareness closes the socket it comes by, and reaches nobody', async () => {
  await begin();
  const listener = await opened();
  for (const bytes of [LIMITS.presence + 1, 900_000]) {
    const speaker = await opened();
    speaker.say({ kind: 'presence', channel: 1, states: new Uint8Array(bytes) });
    expect(await speaker.closed).toBe(CLOSE.badFrame);
  }
  await goesOn();
  await listener.next('rows');
  expect(presencesHeard(listener)).toBe(0);
  listener.close();
});

test('a megabyte of awareness, one small frame after the other, is not gathered', async () => {
  await begin();
  const speaker = await opened();
  for (let from = 0; from < 8; from += 1) {
    const clients = Array.from({ length: 300 }, (_, n) => from * 300 + n);
    speaker.say({ kind: 'presence', channel: 1, states: presenceOfAll(clients, 'here') });
    await new Promise((resolve) => setTimeout(resolve, 260));
  }
  const newcomer = await opened();
  const { states } = await newcomer.next('presence');
  expect(states.length).toBeLessThan(100);
  expect(presencesHeard(newcomer)).toBe(0);
  speaker.close();
  newcomer.close();
});

test('a device that does not read is let go after a while; it comes back and has everything', async () => {
  await begin({ stuckAfterMs: 300 });
  const slow = await opened();
  slow.socket.pause();
  for (let n = 0; n < 60; n += 1) {
    ana.type(`k${n}`, 'x'.repeat(200_000));
    await ana.synced();
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  slow.socket.resume();
  expect(await slow.closed).toBe(CLOSE.tooSlow);
  const back = await opened();
  const seqs = new Set<number>();
  await until(() => {
    for (const message of back.heard.splice(0)) {
      if (message.kind === 'rows') for (const row of message.rows) seqs.add(row.seq);
    }
    return seqs.size === 60;
  });
  expect(ana.lies).toBe(0);
  back.close();
});

test('a device that says nothing is let go; one that pings is not', async () => {
  await begin({ patience: { silenceMs: 400, everyMs: 50 } });
  const [silent, alive] = [await opened(), await opened()];
  const pinging = setInterval(() => alive.say({ kind: 'ping', echo: 1 }), 100);
  expect(await silent.closed).toBe(1006);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  clearInterval(pinging);
  alive.close();
});

test('one channel too many closes the socket', async () => {
  await begin();
  const greedy = await device();
  for (let channel = 1; channel <= LIMITS.channels + 1; channel += 1) {
    greedy.say({ kind: 'open', channel, document: `talk/2027/a${channel}`, incarnation: '', since: 0 });
  }
  expect(await greedy.closed).toBe(CLOSE.badFrame);
  await goesOn();
});

test('ten thousand channels at once: all are open, an edit goes on within a second, and nothing stays of them', async () => {
  await begin();
  const before = process.memoryUsage().rss;
  const devices = await Promise.all(Array.from({ length: 40 }, () => device()));
  for (const [n, raw] of devices.entries()) {
    for (let channel = 1; channel <= 250; channel += 1) {
      raw.say({ kind: 'open', channel, document: `talk/2027/a${n}.${channel}`, incarnation: '', since: 0 });
    }
  }
  const isOpen = (raw: RawDevice): boolean => raw.heard.filter(({ kind }) => kind === 'opened').length === 250;
  await until(() => devices.every(isOpen), undefined, 30_000);
  const asked = performance.now();
  await goesOn();
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
  for (const raw of devices) raw.close();
  await until(() => devices.every(({ socket }) => socket.readyState === socket.CLOSED));
  await goesOn();
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('outlay_connections{kind="device"} 1\n');
}, 60_000);
