/** A thread that plays schedules one after the other, in virtual time. */
import '#tests/support/simulation/install.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { isMistake, mistake } from './mistaken-source.ts';
import { spoilWith } from './seeded-bugs.ts';
import type { SeededBug } from './seeded-bugs.ts';

const { seeds, bug } = workerData as { readonly seeds: readonly number[]; readonly bug: SeededBug | null };
if (isMistake(bug)) mistake(bug);
const { runSchedule } = await import('#tests/support/simulation/schedule.ts');
process.setMaxListeners(0);
for (const seed of seeds) parentPort?.postMessage(await runSchedule(seed, spoilWith(bug)));
