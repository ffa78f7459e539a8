/** What is done to servers and to those who use them, whatever the servers keep things in. */
import path from 'node:path';
import { encodeClient, LIMITS } from '#lib/sync/protocol.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { DOCUMENTS } from './company.ts';
import type { Company } from './company.ts';
import { BURST, command, deviceOf, later, typeMuch } from './deed.ts';
import type { NamedDeed } from './deed.ts';
import type { WayFault } from './fault-proxy.ts';

const CROWD = 500;
const CHANNELS = 10_000;
const OFFLINE_EDITS = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const WAY_FAULTS: readonly WayFault[] = [
  ...(['cut', 'truncated', 'half-open', 'replies-dropped', 'uploads-late', 'delayed', 'one-byte-a-second'] as const),
];

export const COMMON_DEEDS: readonly NamedDeed[] = [
  ['killed', killed],
  ['stopped', stopped],
  ...WAY_FAULTS.map((fault) => [fault, (company: Company) => onTheWay(company, fault)] as const),
  ['huge-presence', hugePresence],
  ['many-channels', manyChannels],
  ['crowd', crowd],
  ['months-offline', monthsOffline],
  ['restored-backup', restoredBackup],
];

async function killed(company: Company, random: () => number): Promise<boolean> {
  const { house } = company;
  const server = house.servers[Math.floor(random() * house.servers.length)] ?? company.server;
  const typing = typeMuch(company, BURST, random);
  await later(random() * 40);
  await server.kill();
  await typing;
  await house.startAgain(server);
  return true;
}

async function stopped(company: Company): Promise<boolean> {
  const typing = typeMuch(company, BURST);
  await company.server.stop();
  await typing;
  await company.house.startAgain(company.server);
  return true;
}

async function onTheWay(company: Company, fault: WayFault): Promise<boolean> {
  const proxy = company.proxies[1];
  await company.settle();
  const hasFired = proxy?.spoil(fault) ?? false;
  await typeMuch(company, BURST);
  return hasFired;
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
  const { servers } = company.house;
  const typing = typeMuch(company, BURST);
  const joining = Array.from({ length: CROWD }, (_, n) => deviceOf(company, servers[n % servers.length]?.url));
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

/** The servers go on from a copy of earlier: devices that are still there bring back what it lost of theirs. */
async function restoredBackup(company: Company): Promise<boolean> {
  const { house, server } = company;
  const copy = path.join(server.dataDir, `copy-${Date.now()}`);
  await company.settle();
  await command(company, 'backup', copy);
  await typeMuch(company, BURST);
  await company.settle();
  await company.keeper.look();
  await Promise.all(house.servers.map((each) => each.kill()));
  const { shared } = house;
  if (shared !== null) {
    const old = shared.database;
    shared.database = await shared.postgres.newDatabase();
    await shared.postgres.drop(old);
  }
  await command(company, 'restore', copy);
  for (const each of house.servers) await house.startAgain(each);
  return true;
}
