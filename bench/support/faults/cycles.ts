/** Cycles of typing, breaking and comparing on a real server, one fault after the other. */
import { numbersFrom } from '#tests/support/seeded-numbers.ts';
import { Company } from './company.ts';
import { COMMON_DEEDS } from './common-deeds.ts';
import type { NamedDeed } from './deed.ts';
import { Street } from './house.ts';
import type { StorageKind } from './house.ts';
import { POSTGRES_DEEDS } from './postgres-deeds.ts';
import { sealDeeds } from './seal-deeds.ts';
import type { SeededBug } from './seeded-bugs.ts';
import { SQLITE_DEEDS } from './sqlite-deeds.ts';
import type { Tally } from './tally.ts';

/** After these the servers go on from a copy of earlier. */
const GOES_BACK = 'restored-backup';
/** A server and its people go through so many cycles; then others begin anew. */
const CYCLES_TOGETHER = 25;

const DEEDS: Readonly<Record<StorageKind, readonly NamedDeed[]>> = {
  sqlite: [...COMMON_DEEDS, ...SQLITE_DEEDS, ...sealDeeds('process-faults.ts')],
  postgres: [...COMMON_DEEDS, ...POSTGRES_DEEDS, ...sealDeeds('postgres-faults.ts')],
};

export interface CycleOptions {
  readonly cycles: number;
  readonly seed: number;
  readonly storage: StorageKind;
  /** The only fault to make; all in turn when empty. */
  readonly fault: string;
  /** A mistake that the servers make, for the self-test. */
  readonly bug: SeededBug | null;
}

export async function runCycles(
  { cycles, seed, storage, fault: only, bug }: CycleOptions,
  tally: Tally,
): Promise<void> {
  if (cycles === 0) return;
  const random = numbersFrom(seed);
  const deeds = DEEDS[storage].filter(([fault]) => only === '' || fault === only);
  if (deeds.length === 0) throw new Error(`there is no fault ${only} with ${storage}`);
  for (const [fault] of deeds.slice(0, cycles)) tally.expect(fault);
  const street = await Street.of(storage);
  for (let from = 0; from < cycles; from += CYCLES_TOGETHER) {
    const company = await Company.gather(await street.nextHouse(bug));
    for (let cycle = from; cycle < Math.min(cycles, from + CYCLES_TOGETHER); cycle += 1) {
      const deed = deeds[cycle % deeds.length] as NamedDeed;
      if (!(await runCycle(company, cycle, deed, random, tally))) break;
    }
    tally.add({ acknowledged: company.acknowledged.size, lost: 0, divergent: 0, silentDrops: 0, forbidden: 0 });
    await company.disperse();
  }
  await street.close();
}

/** False when it cannot go on with these people. */
async function runCycle(
  company: Company,
  cycle: number,
  [fault, deed]: NamedDeed,
  random: () => number,
  tally: Tally,
): Promise<boolean> {
  tally.cycles += 1;
  try {
    company.office.work(random);
    const hasFired = await deed(company, random);
    await company.settle();
    const { broken, ...figures } = await company.compare(fault === GOES_BACK);
    tally.add({ acknowledged: 0, ...figures });
    tally.tried(fault, hasFired ? 1 : 0, hasFired && broken.length === 0 ? 1 : 0);
    if (broken.length > 0) tally.broke(`cycle ${cycle}, ${fault}: ${broken.slice(0, 5).join('\n  ')}`);
    return broken.length === 0;
  } catch (cause) {
    tally.tried(fault, 1, 0);
    tally.broke(`cycle ${cycle}, ${fault}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    return false;
  }
}
