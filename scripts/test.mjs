/** `npm test`: install what is missing, run every check and test, end with one line `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild, ensureChromium, ensureDatabases, ensurePackages, environment, root, say } from './setup.mjs';

ensurePackages();
const env = { ...environment(), CHROMIUM: ensureChromium(), FORCE_COLOR: '0' };
ensureDatabases();
const results = path.join(root, 'test-results');
mkdirSync(results, { recursive: true });

const checks = [
  ['types prepared', 'svelte-kit', ['sync']],
  ['formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['types', 'tsc', ['--noEmit']],
  ['components', 'svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']],
  ['lint', 'eslint', ['.', '--max-warnings', '0']],
  ['floors', 'depcruise', ['src', 'sync-server', 'bench', 'tests', '--config', '.dependency-cruiser.js']],
  ['dead code', 'knip', ['--no-progress']],
  ['picture of the house', 'node', ['scripts/house.mjs', '--check']],
];
const suites = [
  ['unit', 'vitest', vitest('unit')],
  ['component', 'vitest', vitest('component')],
  ['sync', 'vitest', vitest('sync')],
  ['cluster', 'vitest', vitest('cluster')],
  ['end to end', 'playwright', ['test'], 'e2e'],
];

let passed = 0;
let failed = 0;
for (const [name, command, args] of checks)
  tally(name, call(name, command, args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
ensureBuild();
for (const [name, command, args, report = name] of suites) {
  const file = path.join(results, `${report}.json`);
  rmSync(file, { force: true });
  const succeeded = call(name, command, args);
  tally(name, counted(file, succeeded));
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function vitest(project) {
  return [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=test-results/${project}.json`,
  ];
}

function call(name, command, args) {
  say(`── ${name}`);
  const limitMs = 30 * 60_000;
  return (
    spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], timeout: limitMs }).status === 0
  );
}

/** What a suite's own report counted. A suite that failed without a failing test (a crash, no report) counts as one. */
function counted(file, succeeded) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const counts =
    report.stats === undefined
      ? { passed: report.numPassedTests, failed: report.numFailedTests }
      : { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
  if (!succeeded && counts.failed === 0) return { ...counts, failed: 1 };
  return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
}

function tally(name, counts) {
  passed += counts.passed;
  failed += counts.failed;
  say(`   ${name}: ${counts.passed} passed, ${counts.failed} failed`);
}
