/** Cycles of typing, breaking and comparing on a real server, one fault after the other. */
import { numbersFrom } from '#tests/support/seeded-numbers.ts';
import { Company } from './company.ts';
import { PROCESS_DEEDS } from './process-deeds.ts';
import type { Tally } from './tally.ts';

/** A server and its people go through so many cycles; then others begin anew. */
const CYCLES_TOGETHER = 25;

export async function runCycles({ cycles, seed }: { readonly cycles: number; readonly seed: number }, tally: Tally) {
  const random = numbersFrom(seed);
  for (const [fault] of PROCESS_DEEDS.slice(0, cycles)) tally.expect(fault);
  for (let from = 0; from < cycles; from += CYCLES_TOGETHER) {
    const company = await Company.gather();
    for (let cycle = from; cycle < Math.min(cycles, from + CYCLES_TOGETHER); cycle += 1) {
      if (!(await runCycle(company, cycle, random, tally))) break;
    }
    tally.add({ acknowledged: company.acknowledged.size, lost: 0, divergent: 0, silentDrops: 0, forbidden: 0 });
    await company.disperse();
  }
}

/** False when it cannot go on with these people. */
async function runCycle(company: Company, cycle: number, random: () => number, tally: Tally): Promise<boolean> {
  const [fault, deed] = PROCESS_DEEDS[cycle % PROCESS_DEEDS.length] as (typeof PROCESS_DEEDS)[number];
  tally.cycles += 1;
  try {
    const hasFired = await deed(company, random);
    await company.settle();
    const { broken, ...figures } = await company.compare();
    tally.add({ acknowledged: 0, forbidden: 0, ...figures });
    tally.tried(fault, hasFired ? 1 : 0, hasFired && broken.length === 0 ? 1 : 0);
    if (broken.length > 0) tally.broke(`cycle ${cycle}, ${fault}: ${broken.slice(0, 5).join('\n  ')}`);
    return broken.length === 0;
  } catch (cause) {
    tally.tried(fault, 1, 0);
    tally.broke(`cycle ${cycle}, ${fault}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    return false;
  }
}
