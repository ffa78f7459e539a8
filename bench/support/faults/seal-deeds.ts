/** Servers that are killed while they seal a plan or a month: it is sealed wholly afterwards, or not at all. */
import path from 'node:path';
import { sealFaults } from '#tests/support/record.ts';
import type { Company } from './company.ts';
import { arm, BURST, root, typeMuch } from './deed.ts';
import type { NamedDeed } from './deed.ts';

const FIRES_WITHIN_MS = 15_000;

/** `hooks`: the module that breaks the storage of the server. */
export function sealDeeds(hooks: string): readonly NamedDeed[] {
  return [
    ['killed-in-submitting', (company) => sealing(company, hooks, 'killed-in-seal', submit)],
    ['killed-in-closing', (company) => sealing(company, hooks, 'killed-in-seal', close)],
    ['killed-after-sealing', (company) => sealing(company, hooks, 'killed-after-seal', submit)],
  ];
}

async function sealing(
  company: Company,
  hooks: string,
  fault: string,
  seal: (company: Company) => string,
): Promise<boolean> {
  const { server, house, founder, office, keeper } = company;
  // What was submitted today has its answer before it is taken back.
  await company.settle();
  office.withdraw(founder);
  await company.settle();
  await server.kill();
  const flags = ['--import', path.join(root, 'bench/support/faults', hooks)];
  await house.startAgain(server, { flags, environment: { FAULT: fault } });
  await company.settle();
  await arm(server);
  const asked = seal(company);
  await typeMuch(company, BURST);
  const hasFired = await server.ends(FIRES_WITHIN_MS);
  const [found, isThere] = await keeper.read(async (storage) => [
    await sealFaults(storage, founder.workspace),
    (await storage.answer(founder.workspace, asked)) !== null,
  ]);
  if (found.length > 0) throw new Error(`right after the kill: ${found.join('; ')}`);
  if (hasFired && isThere !== (fault === 'killed-after-seal'))
    throw new Error(`it is there after the kill: ${isThere}`);
  await server.kill();
  await house.startAgain(server);
  await company.settle();
  const whyNot = office.whyNotDone(asked);
  if (whyNot !== null) throw new Error(`what was being sealed was not sealed in the end: ${whyNot}`);
  return hasFired;
}

function submit({ office, founder }: Company): string {
  return office.submit(founder);
}

function close({ office, founder }: Company): string {
  return office.close(founder);
}
