/**
 * What a shared edit costs: until it is on the server's disk and acknowledged, until others see it, how many a second,
 * how soon everybody is in step again after the servers were killed, what idle connections weigh, how soon a role that is
 * taken away stops its writer, and how soon a device that knows many documents is in step and has 40 of them open.
 *
 *   node bench/sync.ts --clients 50 --documents 5 --rate 100 --seconds 20 --idle 0 --known 1000 --storage sqlite --servers 1
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Person, until } from '#tests/sync/support/person.ts';
import { idleSockets } from './support/idle-sockets.ts';
import { measureKnown } from './support/known-documents.ts';
import { measureRevocation } from './support/revocation.ts';
import { startServers } from './support/servers.ts';
import { measureEdits } from './support/shared-edits.ts';
import { measureThroughput } from './support/throughput.ts';

const options = readArguments();
/** How many join at the same time. */
const AT_ONCE = 50;

// Every provider listens for the end of the process.
process.setMaxListeners(0);

const place = await startServers(options.storage, options.servers);
const people = await gather(options.clients);
const documents = Array.from({ length: options.documents }, (_, n) => `plan/v${n}/root`);
const edits = await measureEdits(people, documents, options);
const resyncMs = await measureResync();
const lost = await countLost();
await Promise.all(people.splice(1).map((person) => person.leave()));
const durablePerSecond = await measureThroughput(people[0] as Person);
// Before the servers have seen many documents: what they still hold of those is not the weight of sockets.
const idle = await idleSockets(people[0] as Person, place.server(0).url, options.idle);
const serverRssMB = place.servers.map(({ pid }) => residentMB(pid)).reduce(sumOf);
idle.close();
// Somebody at the last server, where there are several.
const revokedMs = await measureRevocation(people[0] as Person, place.server(options.servers - 1).socketUrl);
const known = options.known === 0 ? {} : await measureKnown(people[0] as Person, place.server(0).url, options.known);
await Promise.all(people.map((person) => person.leave()));
await place.dispose();
const { storage, servers, clients } = options;
console.log(
  JSON.stringify({
    ...edits.summary,
    durablePerSecond,
    lost,
    resyncMs,
    revokedMs,
    serverRssMB,
    idle: options.idle,
    ...known,
    clients,
    storage,
    servers,
  }),
);
process.exit(0);

/** Everybody in one workspace, spread over the servers. */
async function gather(count: number): Promise<Person[]> {
  const founder = await Person.found(place.server(0).url);
  const people = [founder];
  while (people.length < count) {
    const more = Array.from({ length: Math.min(AT_ONCE, count - people.length) }, (_, n) =>
      founder.invite({ url: place.server(people.length + n).socketUrl }),
    );
    people.push(...(await Promise.all(more)));
  }
  return people;
}

/** Everybody types once while no server is there; until everybody is in step, counted from when all answer again. */
async function measureResync(): Promise<number> {
  await Promise.all(place.servers.map((server) => server.kill()));
  for (const [n, person] of people.entries()) edits.type(person, documents[n % documents.length] as string);
  await Promise.all(place.servers.map((server) => server.startAgain()));
  const since = performance.now();
  await until(() => people.every(({ status }) => status.kind === 'synced'), undefined, 60_000);
  return Math.round(performance.now() - since);
}

/** Edits that were acknowledged and that somebody who joins now does not get. */
async function countLost(): Promise<number> {
  const newcomer = await (people[0] as Person).invite();
  const found = new Set(documents.flatMap((document) => Object.keys(newcomer.content(document))));
  await newcomer.leave();
  return edits.acknowledged().filter((edit) => !found.has(edit)).length;
}

/** Memory of a process in main memory, where the system tells it. */
function residentMB(pid: number): number | null {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

function sumOf(sum: number | null, more: number | null): number | null {
  return sum === null || more === null ? null : sum + more;
}

function readArguments() {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  try {
    const { values } = parseArgs({
      options: {
        clients: text('50'),
        documents: text('5'),
        rate: text('100'),
        seconds: text('20'),
        idle: text('0'),
        known: text('1000'),
        storage: text('sqlite'),
        servers: text('1'),
      },
    });
    const storage = storageFrom(values.storage);
    const servers = atLeast(1, 'servers', values.servers);
    if (storage === 'sqlite' && servers !== 1) fail(`--servers ${servers}: SQLite is for one server.`);
    return {
      storage,
      servers,
      clients: atLeast(2, 'clients', values.clients),
      documents: atLeast(1, 'documents', values.documents),
      rate: atLeast(1, 'rate', values.rate),
      seconds: atLeast(1, 'seconds', values.seconds),
      idle: atLeast(0, 'idle', values.idle),
      known: values.known === '0' ? 0 : atLeast(40, 'known', values.known),
    };
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message : 'bad arguments');
  }
}

function storageFrom(text: string): 'sqlite' | 'postgres' {
  return text === 'sqlite' || text === 'postgres' ? text : fail(`--storage ${text}: sqlite or postgres.`);
}

function atLeast(least: number, name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least) fail(`--${name} must be a whole number from ${least}.`);
  return number;
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
