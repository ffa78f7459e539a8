/** What is done to a real server while people type. Each deed resolves when the server runs again as it should. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { encodeClient, LIMITS } from '#lib/sync/protocol.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { RawDevice } from '#tests/sync/support/raw-device.ts';
import type { Company } from './company.ts';
import { DOCUMENTS, QUIET } from './company.ts';
import type { WayFault } from './fault-proxy.ts';

/** True when the fault was seen to happen. */
export type ProcessDeed = (company: Company, random: () => number) => Promise<boolean>;

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const BURST = 30;
const MANY = 700;
const CROWD = 500;
const CHANNELS = 10_000;
const OFFLINE_EDITS = 1000;
const FIRES_WITHIN_MS = 15_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export const PROCESS_DEEDS: readonly (readonly [string, ProcessDeed])[] = [
  ['killed', killed],
  ['killed-before-commit', (company) => withDisk(company, 'killed-before-commit', BURST)],
  ['killed-inside-commit', (company) => withDisk(company, 'killed-inside-commit', BURST)],
  ['killed-after-commit', (company) => withDisk(company, 'killed-after-commit', BURST)],
  ['killed-in-compaction', (company) => withDisk(company, 'killed-in-compaction', MANY)],
  ['disk-full', (company) => withDisk(company, 'disk-full', MANY)],
  ['input-output-error', (company) => withDisk(company, 'input-output-error', BURST)],
  ['slow-sync', (company) => withDisk(company, 'slow-sync', BURST)],
  ['torn-page', tornPage],
  ['flipped-bit', flippedBit],
  ['stopped', stopped],
  ...(
    ['cut', 'truncated', 'half-open', 'replies-dropped', 'uploads-late', 'delayed', 'one-byte-a-second'] as const
  ).map((fault) => [fault, (company: Company) => onTheWay(company, fault)] as const),
  ['second-server', secondServer],
  ['huge-presence', hugePresence],
  ['many-channels', manyChannels],
  ['crowd', crowd],
  ['months-offline', monthsOffline],
  ['restored-backup', restoredBackup],
];

async function typeMuch(company: Company, count: number, random: () => number = Math.random): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const person = company.people[n % company.people.length] as Person;
    company.type(person, count === MANY ? 'plan/v1/root' : (DOCUMENTS[Math.floor(random() * 3)] as string));
    if (n % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function killed(company: Company, random: () => number): Promise<boolean> {
  const typing = typeMuch(company, BURST, random);
  await new Promise((resolve) => setTimeout(resolve, random() * 40));
  await company.server.kill();
  await typing;
  await company.server.startAgain();
  return true;
}

async function stopped(company: Company): Promise<boolean> {
  const typing = typeMuch(company, BURST);
  await company.server.stop();
  await typing;
  await company.server.startAgain();
  return true;
}

/** The server runs on a disk that breaks; afterwards on a sound one again. */
async function withDisk(company: Company, fault: string, edits: number): Promise<boolean> {
  const { server } = company;
  await server.kill();
  const flags = ['--import', path.join(root, 'bench/support/faults/process-faults.ts')];
  await server.startAgain({ flags, environment: { ...QUIET.environment, FAULT: fault } });
  await company.settle();
  process.kill(server.pid, 'SIGUSR2');
  await typeMuch(company, edits);
  const hasFired = fault.startsWith('killed')
    ? await server.ends(FIRES_WITHIN_MS)
    : await untilOrNot(() => server.hasSaid(`fired ${fault}`));
  if (fault === 'slow-sync' || fault === 'disk-full') await company.settle();
  if (fault === 'input-output-error') {
    await until(() => company.people.some(({ status }) => status.reason === 'storage-failed'));
  }
  await server.kill();
  await server.startAgain(QUIET);
  return hasFired;
}

async function untilOrNot(isSo: () => boolean): Promise<boolean> {
  return until(isSo, undefined, FIRES_WITHIN_MS).then(
    () => true,
    () => false,
  );
}

/** The power went while a page was written: half of it stands at the end of the journal. */
async function tornPage(company: Company): Promise<boolean> {
  await typeMuch(company, BURST);
  await company.server.kill();
  appendFileSync(path.join(company.server.dataDir, 'outlay.sqlite-wal'), Buffer.alloc(2000, 0x5a));
  await company.server.startAgain();
  return true;
}

/** One bit of one row is another one: who comes anew is told, and is not told that all is well. */
async function flippedBit(company: Company): Promise<boolean> {
  company.type(company.founder, 'core');
  await company.settle();
  await company.server.kill();
  flip(company);
  await company.server.startAgain();
  const { device, workspace } = company.founder;
  const fresh = await Person.arrive({ url: company.server.url, workspace, device });
  await until(
    () => fresh.status.reason === 'damaged',
    () => JSON.stringify(fresh.status),
  );
  const wasToldSynced = fresh.statuses.some(({ kind }) => kind === 'synced');
  await fresh.leave();
  await company.server.kill();
  flip(company);
  await company.server.startAgain();
  if (wasToldSynced) throw new Error('a damaged document was said to be synced');
  return true;
}

function flip({ server }: Company): void {
  const db = new DatabaseSync(path.join(server.dataDir, 'outlay.sqlite'));
  const where = `document = (SELECT id FROM documents WHERE name = 'core') ORDER BY seq DESC LIMIT 1`;
  const row = db.prepare(`SELECT document, seq, bytes FROM rows WHERE ${where}`).get();
  const bytes = row?.['bytes'] as Uint8Array;
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 4;
  const place = [row?.['document'] as number, row?.['seq'] as number] as const;
  db.prepare('UPDATE rows SET bytes = ? WHERE document = ? AND seq = ?').run(bytes, ...place);
  db.close();
}

async function onTheWay(company: Company, fault: WayFault): Promise<boolean> {
  const proxy = company.proxies[1];
  await company.settle();
  const hasFired = proxy?.spoil(fault) ?? false;
  await typeMuch(company, BURST);
  return hasFired;
}

async function secondServer(company: Company): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(root, 'sync-server', 'main.ts')], {
    env: { ...process.env, PORT: '0', HOST: 'localhost', DATA_DIR: company.server.dataDir },
    stdio: 'ignore',
  });
  const typing = typeMuch(company, BURST);
  const [code] = (await once(child, 'exit')) as unknown[];
  await typing;
  if (code === 0) throw new Error('a second server took the same file');
  return true;
}

async function hugePresence(company: Company): Promise<boolean> {
  const raw = await deviceOf(company);
  raw.say({ kind: 'open', channel: 1, document: 'core', incarnation: '', since: 0 });
  await raw.next('opened');
  const typing = typeMuch(company, BURST);
  const frame = encodeClient({ kind: 'presence', channel: 1, states: new Uint8Array(LIMITS.frame) });
  raw.socket.send(frame);
  await raw.closed;
  await typing;
  return true;
}

async function manyChannels(company: Company): Promise<boolean> {
  const raw = await deviceOf(company);
  const typing = typeMuch(company, BURST);
  for (let channel = 1; channel <= CHANNELS; channel += 1) {
    raw.say({ kind: 'open', channel, document: `talk/${channel}/root`, incarnation: '', since: 0 });
  }
  await raw.closed;
  await typing;
  return true;
}

/** Everybody comes at once, each with nothing. */
async function crowd(company: Company): Promise<boolean> {
  const typing = typeMuch(company, BURST);
  const joining = Array.from({ length: CROWD }, () => deviceOf(company));
  const raws = await Promise.all(joining);
  await typing;
  await Promise.all(raws.map((raw) => raw.next('heads', 60_000)));
  for (const raw of raws) raw.close();
  return true;
}

/** A device that typed for ninety days without a network comes back, by a clock that has stood still. */
async function monthsOffline(company: Company): Promise<boolean> {
  const { workspace } = company.founder;
  const member = await company.founder.invite();
  await member.leave();
  const away = { visible: () => false, online: () => false, onchange: () => () => undefined };
  const { device, store } = member;
  const then = (): number => Date.now() - 90 * DAY_MS;
  const offline = await Person.arrive({
    url: company.server.url,
    workspace,
    device,
    store,
    sync: { surroundings: away, now: then },
  });
  for (let n = 0; n < OFFLINE_EDITS; n += 1) company.type(offline, DOCUMENTS[n % DOCUMENTS.length] as string);
  await offline.leave();
  await typeMuch(company, BURST);
  const back = await Person.arrive({ url: company.server.url, workspace, device, store, sync: { now: then } });
  await until(
    () => back.status.kind === 'synced',
    () => JSON.stringify(back.status),
    60_000,
  );
  await back.leave();
  return store.parked.length === 0;
}

/** The server goes on from a copy of earlier: devices that are still there bring back what it lost of theirs. */
async function restoredBackup(company: Company): Promise<boolean> {
  const copy = path.join(company.server.dataDir, 'earlier.copy');
  await company.settle();
  await command(company, 'backup', copy);
  await typeMuch(company, BURST);
  await company.settle();
  await company.server.kill();
  await command(company, 'restore', copy);
  await company.server.startAgain();
  return true;
}

async function command({ server }: Company, ...words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, 'sync-server', 'main.ts'), ...words], {
    env: { ...process.env, DATA_DIR: server.dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'exit')) as unknown[];
  if (code !== 0) throw new Error(`${words.join(' ')}: ${said}`);
}

async function deviceOf({ server, founder }: Company): Promise<RawDevice> {
  const raw = await RawDevice.greeted(server.url, { workspace: founder.workspace }, founder.device, 60_000);
  await raw.next('welcome', 60_000);
  return raw;
}
