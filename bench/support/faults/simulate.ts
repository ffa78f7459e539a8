/** Many simulated schedules, spread over the processor's cores. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { DEED_FAULTS } from '#tests/support/simulation/faults.ts';
import type { Outcome } from '#tests/support/simulation/schedule.ts';
import type { SeededBug } from './seeded-bugs.ts';
import type { Tally } from './tally.ts';

/** Below so many schedules, that a fault did not happen says nothing. */
const ENOUGH = 500;
const THREADS = 2;
/** Schedules that a thread plays before another takes over: what the engine keeps of each goes with it. */
const PER_THREAD = 250;

export async function simulate(
  { schedules, seed, bug }: { readonly schedules: number; readonly seed: number; readonly bug: SeededBug | null },
  tally: Tally,
): Promise<void> {
  if (schedules === 0) return;
  if (schedules >= ENOUGH) for (const fault of DEED_FAULTS) tally.expect(`simulated ${fault}`);
  const seeds = Array.from({ length: schedules }, (_, n) => seed + n);
  const threads = Math.min(THREADS, availableParallelism());
  const work = Array.from({ length: threads }, async (_, thread) => {
    const own = seeds.filter((_seed, n) => n % threads === thread);
    for (let from = 0; from < own.length; from += PER_THREAD) {
      const workerData = { seeds: own.slice(from, from + PER_THREAD), bug };
      const worker = new Worker(new URL('simulation-thread.ts', import.meta.url), { workerData });
      worker.on('message', (outcome: Outcome) => note(outcome, tally));
      await once(worker, 'exit');
    }
  });
  await Promise.all(work);
}

function note({ seed, fired, broken, ...figures }: Outcome, tally: Tally): void {
  tally.schedules += 1;
  tally.add(figures);
  for (const [fault, times] of fired) tally.tried(`simulated ${fault}`, times, broken.length === 0 ? times : 0);
  if (broken.length > 0) tally.broke(`schedule ${seed}: ${broken.join('\n  ')}`);
}
