/** What both commands need before they can do anything: packages, Node 24, a browser, a build. Runs on Node 20. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
const stamps = path.join(root, '.outlay');

/** Install the locked packages when they are missing or the lock file changed since. */
export function ensurePackages() {
  const wanted = digest([path.join(root, 'package-lock.json')]);
  if (existsSync(path.join(root, 'node_modules', '.bin')) && readStamp('packages') === wanted) return;
  say('Installing packages (once, about a minute) …');
  // Not `npm ci`: it refuses a lock file whose optional packages of other platforms a registry does not carry.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  writeStamp('packages', wanted);
}

/** The path of a Node that is at least version 24: this one, or the one among the packages. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const packaged = path.join(root, 'node_modules', '.bin', 'node');
  const version = spawnSync(packaged, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0)
    fail('Node 24 is needed and could not be installed among the packages. Install Node 24 and try again.');
  return packaged;
}

/** The environment in which `node` and every package's command run on Node 24. */
export function environment() {
  const bins = [path.dirname(node24()), path.join(root, 'node_modules', '.bin')];
  return { ...process.env, PATH: [...bins, process.env.PATH].join(path.delimiter) };
}

/** Build the app when a source changed since the last build. */
export function ensureBuild() {
  const configs = ['package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];
  const sources = ['src', 'static', path.join('scripts', 'verifier'), ...configs];
  const wanted = digest(sources.flatMap((name) => filesBelow(path.join(root, name))));
  const isBuilt = () => existsSync(path.join(root, 'build', 'index.html')) && readStamp('build') === wanted;
  if (isBuilt()) return;
  alone('building', () => {
    if (isBuilt()) return;
    say('Building the app …');
    // A test runner that asks for a build has another NODE_ENV, and would get another app.
    run('vite', ['build', '--logLevel', 'error'], { quiet: true, extra: { NODE_ENV: 'production' } });
    run('node', [path.join('scripts', 'verifier', 'build.ts')], { quiet: true });
    writeStamp('build', wanted);
  });
}

/** Runs `work` while no other process of this checkout does; a lock older than five minutes is a dead process's. */
function alone(name, work) {
  const lock = path.join(stamps, name);
  mkdirSync(stamps, { recursive: true });
  while (!takeLock(lock)) {
    if (Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > 300_000) rmSync(lock, { recursive: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  process.once('exit', () => rmSync(lock, { recursive: true, force: true }));
  work();
  rmSync(lock, { recursive: true, force: true });
}

function takeLock(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium for the tests: the one named by CHROMIUM, the system's, or Debian's package where we may install it. */
export function ensureChromium() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('Installing Chromium for the browser tests …');
    run('apt-get', ['update', '-qq'], { quiet: true });
    run('apt-get', ['install', '-y', '-qq', 'chromium'], { quiet: true });
    return '/usr/bin/chromium';
  }
  return fail('The browser tests need Chromium. Install it, or say where it is: CHROMIUM=/path/to/chromium npm test');
}

/** PostgreSQL 15 or newer and Redis 7 for the tests of several servers: the system's, or Debian's packages. */
export function ensureDatabases() {
  const missing = [
    ...(hasPostgres() ? [] : ['postgresql']),
    ...(spawnSync('redis-server', ['--version']).status === 0 ? [] : ['redis-server']),
  ];
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    fail(`The tests of several servers need PostgreSQL 15 or newer and Redis 7. Install: ${missing.join(', ')}`);
  }
  say(`Installing ${missing.join(' and ')} for the tests of several servers …`);
  // Only the programs are wanted: the tests start their own, so Debian's are not to be started or given a cluster.
  const extra = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  run('apt-get', ['update', '-qq'], { quiet: true });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { quiet: true, extra });
}

function hasPostgres() {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder).map(Number) : [];
  if (versions.some((version) => version >= 15 && existsSync(path.join(folder, String(version), 'bin', 'initdb')))) {
    return true;
  }
  const [, version] = /(\d+)/.exec(spawnSync('postgres', ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? [];
  return Number(version) >= 15;
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

export function fail(sentence) {
  say(sentence);
  process.exit(1);
}

/** Run a command in the project's root; with `quiet`, its output is shown only when it fails. */
function run(command, args, { quiet, extra = {} }) {
  const usual = existsSync(path.join(root, 'node_modules', '.bin', 'node')) ? environment() : process.env;
  const env = { ...usual, ...extra };
  try {
    execFileSync(command, args, { cwd: root, env, stdio: quiet ? 'pipe' : 'inherit', maxBuffer: 1 << 28 });
  } catch (cause) {
    process.stderr.write(cause.stdout ?? '');
    process.stderr.write(cause.stderr ?? '');
    fail(`This did not work: ${command} ${args.join(' ')}`);
  }
}

function filesBelow(target) {
  if (!existsSync(target)) return [];
  if (!statSync(target).isDirectory()) return [target];
  return readdirSync(target)
    .sort()
    .flatMap((name) => filesBelow(path.join(target, name)));
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function readStamp(name) {
  const file = path.join(stamps, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function writeStamp(name, value) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(path.join(stamps, name), value);
}
