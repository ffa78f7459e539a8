import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');

/** What a short run of the bench says in its last line, and whether it counts as passed. */
async function figures(...args: readonly string[]): Promise<{ readonly passed: boolean; readonly summary: unknown }> {
  const run = promisify(execFile)(
    process.execPath,
    ['bench/faults.ts', '--cycles', '0', '--schedules', '12', ...args],
    { cwd: root },
  );
  const { stdout, code } = await run.then(
    (ended) => ({ ...ended, code: 0 }),
    (cause: unknown) => cause as { readonly stdout: string; readonly code: number },
  );
  return { passed: code === 0, summary: JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') };
}

const BUGS = ['early-acknowledgement', 'dropped-update', 'skipped-check'] as const;

test('simulated schedules find nothing wrong, and find each of three mistakes made on purpose', async () => {
  const [sound, ...spoilt] = await Promise.all([figures(), ...BUGS.map((bug) => figures('--bug', bug))]);
  expect(sound).toMatchObject({
    passed: true,
    summary: { schedules: 12, lost: 0, divergent: 0, silentDrops: 0, forbidden: 0 },
  });
  expect(spoilt.map(({ passed }) => passed)).toEqual([false, false, false]);
  for (const [n, bug] of BUGS.entries()) {
    const { lost = 0, divergent = 0, forbidden = 0 } = spoilt[n]?.summary as Readonly<Record<string, number>>;
    expect([bug, (bug === 'skipped-check' ? forbidden : lost + divergent) > 0]).toEqual([bug, true]);
  }
}, 180_000);
