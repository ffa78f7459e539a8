/**
 * Broken on purpose: cycles of typing, breaking and comparing on real server processes, and simulated schedules with the
 * real code of server and client in virtual time. One seed is one schedule; a run of that one alone repeats it.
 *
 *   node bench/faults.ts --cycles 50 --schedules 2000 --seed 1 --storage sqlite
 *
 * With `--storage postgres` the cycles run on two servers that share a PostgreSQL and a Redis, which are broken as well.
 */
import { parseArgs } from 'node:util';
import { runCycles } from './support/faults/cycles.ts';
import { isMistake } from './support/faults/mistaken-source.ts';
import { SEEDED_BUGS } from './support/faults/seeded-bugs.ts';
import { simulate } from './support/faults/simulate.ts';
import { Tally } from './support/faults/tally.ts';

const SHOWN = 10;

const options = readArguments();
const tally = new Tally();
// Every provider listens for the end of the process.
process.setMaxListeners(0);
await Promise.all([runCycles(options, tally), simulate(options, tally)]);

for (const item of tally.items) console.log(JSON.stringify(item));
console.log(JSON.stringify(tally.summary));
for (const sentence of tally.broken.slice(0, SHOWN)) console.error(sentence);
const { neverFired } = tally;
if (neverFired.length > 0) console.error(`Never happened: ${neverFired.join(', ')}.`);
process.exit(tally.broken.length + neverFired.length > 0 ? 1 : 0);

function readArguments() {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    options: {
      cycles: text('50'),
      schedules: text('2000'),
      seed: text('1'),
      storage: text('sqlite'),
      // To repeat one of the faults of the cycles.
      fault: text(''),
      // For the self-test: a mistake that has to be found.
      bug: text(''),
    },
  });
  const bug = SEEDED_BUGS.find((name) => name === values.bug) ?? null;
  if (values.bug !== '' && bug === null) fail(`--bug ${values.bug}: there is no such mistake.`);
  const cycles = atLeast(0, 'cycles', values.cycles);
  if (cycles > 0 && bug !== null && !isMistake(bug)) fail(`--bug ${bug} is for schedules only.`);
  const { storage } = values;
  if (storage !== 'sqlite' && storage !== 'postgres') fail('--storage must be sqlite or postgres.');
  return {
    cycles,
    schedules: atLeast(0, 'schedules', values.schedules),
    seed: atLeast(0, 'seed', values.seed),
    storage,
    fault: values.fault,
    bug,
  } as const;
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
