import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
const SCHEDULES = ['--cycles', '0', '--schedules', '12'];
/** As many as it takes to submit a plan, and to write into it then. */
const CYCLES = ['--cycles', '3', '--schedules', '0', '--fault', 'cut'];
/** Runs at a time: there may be no more cores. */
const AT_ONCE = 2;

interface Run {
  readonly passed: boolean;
  /** Its last line, and what it found broken. */
  readonly summary: Readonly<Record<string, number>>;
  readonly found: string;
}

async function bench(...args: readonly string[]): Promise<Run> {
  const run = promisify(execFile)(process.execPath, ['bench/faults.ts', ...args], { cwd: root });
  const { stdout, stderr, code } = await run.then(
    (ended) => ({ ...ended, code: 0 }),
    (cause: unknown) => cause as { readonly stdout: string; readonly stderr: string; readonly code: number },
  );
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Run['summary'];
  return { passed: code === 0, summary, found: stderr };
}

/** Mistakes that are made in the server, and what is found of each. */
const MISTAKES: readonly (readonly [bug: string, found: RegExp])[] = [
  ['skipped-check', /accepted though not allowed|without a role that may/],
  ['entry-left-out', /has rows from \d+ of .*, where \d+ comes next/],
  ['chain-broken', /the audit chain does not hold: .*does-not-follow/],
  ['write-through-seal', /wrote plan\/v9\/root after it was sealed/],
  ['snapshot-left-out', /is sealed, and what was sealed is not kept/],
  ['seal-overwritten', /was sealed as [0-9a-f]{64}, and its seal says x/],
  ['posted-again', /stands in the ledger [2-9] times/],
  ['posting-dropped', /stands in the ledger 0 times/],
];
/** Mistakes between the server and its storage, which schedules alone can make. */
const BETWEEN: readonly (readonly [bug: string, found: RegExp])[] = [
  ['early-acknowledgement', /acknowledged and gone|said to be synced before|has another/],
  ['dropped-update', /acknowledged and gone|has another/],
];

/** Every mistake with what the bench says when it makes it, as far as that is not what it should say. */
async function unfound(mistakes: typeof MISTAKES, how: readonly string[]): Promise<readonly unknown[]> {
  const left = [...mistakes];
  const missed: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [bug, words] = next;
      const { passed, summary, found } = await bench(...how, '--bug', bug);
      if (passed || (summary['broken'] ?? 0) === 0 || !words.test(found)) missed.push({ bug, passed, found });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return missed;
}

const SOUND = { lost: 0, divergent: 0, silentDrops: 0, forbidden: 0, broken: 0 };

test('simulated schedules find nothing wrong, and find each of ten mistakes made on purpose', async () => {
  expect(await bench(...SCHEDULES)).toMatchObject({ passed: true, summary: { schedules: 12, ...SOUND } });
  expect(await unfound([...MISTAKES, ...BETWEEN], SCHEDULES)).toEqual([]);
}, 400_000);

test('cycles on a real server find nothing wrong, and find each of eight mistakes made on purpose', async () => {
  expect(await bench(...CYCLES)).toMatchObject({ passed: true, summary: { cycles: 3, ...SOUND } });
  expect(await unfound(MISTAKES, CYCLES)).toEqual([]);
}, 400_000);
