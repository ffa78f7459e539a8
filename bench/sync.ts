/**
 * What a shared edit costs: until it is on the server's disk and acknowledged, until others see it, how many a second,
 * how soon everybody is in step again after the server was killed, and what idle connections weigh.
 *
 *   node bench/sync.ts --clients 50 --documents 5 --rate 100 --seconds 20 --idle 0 --storage sqlite --servers 1
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { idleSockets } from './support/idle-sockets.ts';
import { measureEdits } from './support/shared-edits.ts';
import { measureThroughput } from './support/throughput.ts';

const options = readArguments();
// Every provider listens for the end of the process.
process.setMaxListeners(0);

const server = await ServerProcess.start();
const people = await gather(options.clients);
const documents = Array.from({ length: options.documents }, (_, n) => `plan/v${n}/root`);
const edits = await measureEdits(people, documents, options);
const resyncMs = await measureResync();
const lost = await countLost();
await Promise.all(people.splice(1).map((person) => person.leave()));
const durablePerSecond = await measureThroughput(people[0] as Person);
const idle = await idleSockets(people[0] as Person, server.url, options.idle);
const serverRssMB = residentMB(server.pid);
idle.close();
await Promise.all(people.map((person) => person.leave()));
await server.dispose();
console.log(JSON.stringify({ ...edits.summary, durablePerSecond, lost, resyncMs, serverRssMB, idle: options.idle }));
process.exit(0);

async function gather(count: number): Promise<Person[]> {
  const founder = await Person.found(server.url);
  const rest = await Promise.all(Array.from({ length: count - 1 }, () => founder.invite()));
  return [founder, ...rest];
}

/** Everybody types once while the server is dead; until everybody is in step, counted from when it answers again. */
async function measureResync(): Promise<number> {
  await server.kill();
  for (const [n, person] of people.entries()) edits.type(person, documents[n % documents.length] as string);
  await server.startAgain();
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
        storage: text('sqlite'),
        servers: text('1'),
      },
    });
    if (values.storage !== 'sqlite') fail(`--storage ${values.storage}: only sqlite is built.`);
    if (values.servers !== '1') fail(`--servers ${values.servers}: SQLite is for one server.`);
    return {
      clients: atLeast(2, 'clients', values.clients),
      documents: atLeast(1, 'documents', values.documents),
      rate: atLeast(1, 'rate', values.rate),
      seconds: atLeast(1, 'seconds', values.seconds),
      idle: atLeast(0, 'idle', values.idle),
    };
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message : 'bad arguments');
  }
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
