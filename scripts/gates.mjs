/**
 * Short runs of the benchmarks, for CI: sizes and correctness are held to the letter; times only to a bound no healthy
 * machine misses, because CI's machine is shared. Ends with `N gates passed, N gates failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium, ensureDatabases, ensurePackages, environment, node24, root, say } from './setup.mjs';

ensurePackages();
ensureDatabases();
const env = { ...environment(), CHROMIUM: ensureChromium() };
const payments = path.join(root, '..', 'shared', 'data', 'payments');
const paymentFiles = existsSync(payments)
  ? readdirSync(payments)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => path.join(payments, name))
  : [];

const gates = [
  { bench: 'bundle', args: [], holds: ({ over }) => over === 0 },
  {
    bench: 'documents',
    args: ['--records', '100000', '--edits', '300'],
    holds: ({ loadMs, editMs, editBytes, heapMB }) => loadMs < 9000 && editMs < 15 && editBytes <= 300 && heapMB <= 100,
  },
  {
    bench: 'sync',
    args: ['--seconds', '5', '--idle', '200'],
    holds: ({ lost, ackP50Ms }) => lost === 0 && ackP50Ms < 150,
  },
  {
    bench: 'sync',
    args: ['--storage', 'postgres', '--servers', '2', '--clients', '20', '--seconds', '3', '--known', '100'],
    holds: ({ lost, revokedMs }) => lost === 0 && revokedMs < 2000,
  },
  {
    bench: 'ledger',
    args: ['--rows', '20000'],
    holds: ({ checked, reportMs, heapMB }) => checked === true && reportMs < 250 && heapMB <= 250,
  },
  {
    bench: 'faults',
    args: ['--cycles', '50', '--schedules', '2000'],
    holds: ({ lost, divergent, silentDrops, forbidden }) => lost + divergent + silentDrops + forbidden === 0,
  },
  {
    bench: 'faults',
    args: ['--storage', 'postgres', '--cycles', '31', '--schedules', '0'],
    holds: ({ lost, divergent, silentDrops, forbidden }) => lost + divergent + silentDrops + forbidden === 0,
  },
  {
    bench: 'workspace-forecast',
    args: [],
    holds: ({ series, wallMs, longestTaskCpuMs, againRemembered }) =>
      wallMs < 30_000 && longestTaskCpuMs <= 50 && againRemembered === series,
  },
  {
    bench: 'scenario',
    args: [],
    holds: ({ checked, incrementalMs, formulaMs, pathsPerSecond, sobolRmseP10, plainRmseP10 }) =>
      checked === true &&
      incrementalMs <= 50 &&
      formulaMs <= 150 &&
      pathsPerSecond >= 60_000 &&
      sobolRmseP10 <= plainRmseP10 / 2,
  },
  { bench: 'grid', args: [], holds: ({ domNodes, keyScriptP95Ms }) => domNodes <= 1500 && keyScriptP95Ms < 40 },
];
const competition = path.join(root, '..', 'shared', 'data', 'forecast', 'm3_monthly.json');
if (existsSync(competition)) {
  gates.push({
    bench: 'forecast',
    args: [competition],
    holds: ({ owa, smape, coverage80, coverage95, msis, failures }) =>
      owa <= 0.81 &&
      smape <= 13.6 &&
      coverage80 >= 78 &&
      coverage80 <= 84 &&
      coverage95 >= 93 &&
      coverage95 <= 97 &&
      msis <= 6.7 &&
      failures === 0,
  });
} else say('bench/forecast: ../shared/data/forecast is not there, skipped');
if (paymentFiles.length > 0) {
  gates.push({ bench: 'import', args: paymentFiles, holds: ({ again, rows }) => again === 0 && rows > 0 });
} else say('bench/import: ../shared/data/payments is not there, skipped');

let failed = 0;
for (const { bench, args, holds } of gates) {
  const run = spawnSync(node24(), [path.join(root, 'bench', `${bench}.ts`), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 10 * 60_000,
    maxBuffer: 1 << 28,
  });
  const summary = run.stdout.trim().split('\n').at(-1) ?? '';
  const held = run.status === 0 && holds(JSON.parse(summary));
  if (!held) failed += 1;
  say(`${held ? 'held  ' : 'BROKEN'} bench/${bench} ${summary}`);
  if (!held) say(`${run.stdout}${run.stderr}`);
}
process.stdout.write(`${gates.length - failed} gates passed, ${failed} gates failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
