/** What every deed that breaks real servers is made of. Each resolves when the servers run again as they should. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ServerProcess } from '#tests/support/server-process.ts';
import { until } from '#tests/sync/support/person.ts';
import { RawDevice } from '#tests/sync/support/raw-device.ts';
import { DOCUMENTS } from './company.ts';
import type { Company } from './company.ts';

/** True when the fault was seen to happen. */
type ProcessDeed = (company: Company, random: () => number) => Promise<boolean>;
export type NamedDeed = readonly [name: string, deed: ProcessDeed];

export const root = path.resolve(import.meta.dirname, '..', '..', '..');
/** Edits of everybody together while something breaks, and enough for one document to be compacted. */
export const BURST = 30;
export const MANY = 700;
const FIRES_WITHIN_MS = 15_000;

export async function typeMuch(
  company: Company,
  count: number,
  random: () => number = Math.random,
  people = company.people,
): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const person = people[n % people.length];
    const document = count === MANY ? 'plan/v1/root' : DOCUMENTS[Math.floor(random() * DOCUMENTS.length)];
    if (person !== undefined && document !== undefined) company.type(person, document);
    if (n % 8 === 0) await later(2);
  }
}

/** The first server runs on a storage that breaks with the next commit; afterwards on a sound one again. */
export async function withStorage(company: Company, hooks: string, fault: string, edits: number): Promise<boolean> {
  const { server, house } = company;
  await server.kill();
  const flags = ['--import', path.join(root, 'bench/support/faults', hooks)];
  await house.startAgain(server, { flags, environment: { FAULT: fault } });
  await company.settle();
  await arm(server);
  await typeMuch(company, edits, Math.random, company.peopleAt(server));
  const hasFired = fault.startsWith('killed')
    ? await server.ends(FIRES_WITHIN_MS)
    : await untilOrNot(() => server.hasSaid(`fired ${fault}`));
  if (fault === 'slow-sync' || fault === 'disk-full') await company.settle();
  if (fault === 'input-output-error') {
    await until(() => company.people.some(({ status }) => status.reason === 'storage-failed'));
  }
  await server.kill();
  await house.startAgain(server);
  return hasFired;
}

/** From here on its storage breaks. */
export async function arm(server: ServerProcess): Promise<void> {
  process.kill(server.pid, 'SIGUSR2');
  await until(() => server.hasSaid('armed'));
}

/** Runs the server's program with words of its command line. */
export async function command({ server, house }: Company, ...words: readonly string[]): Promise<void> {
  const DATABASE_URL = house.shared?.database ?? '';
  const child = spawn(process.execPath, [path.join(root, 'sync-server', 'main.ts'), ...words], {
    env: { ...process.env, DATA_DIR: server.dataDir, DATABASE_URL },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'exit')) as unknown[];
  if (code !== 0) throw new Error(`${words.join(' ')}: ${said}`);
}

/** The founder's device on a socket of its own, welcomed. */
export async function deviceOf({ server, founder }: Company, url = server.url): Promise<RawDevice> {
  const raw = await RawDevice.greeted(url, { workspace: founder.workspace }, founder.device, 60_000);
  await raw.next('welcome', 60_000);
  return raw;
}

export function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function untilOrNot(isSo: () => boolean): Promise<boolean> {
  return until(isSo, undefined, FIRES_WITHIN_MS).then(
    () => true,
    () => false,
  );
}
