/**
 * `node sync-server/main.ts`: one process for the app and the wire; with `backup FILE` or `restore FILE` it does only
 * that. docs/running.md lists the variables it reads.
 */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { newId } from '#lib/domain/id.ts';
import type { ProviderOptions } from './accounts/identity-provider.ts';
import { setUpToken } from './accounts/set-up-link.ts';
import { openBackupDoor } from './backup/backup-door.ts';
import { runCommand } from './backup/command-line.ts';
import { folderFiles } from './files/folder-files.ts';
import type { Shared } from './cluster/neighbours.ts';
import { openPost } from './cluster/post.ts';
import type { Post } from './cluster/post.ts';
import { originsFrom } from './http/origins.ts';
import { isLogLevel, standardLog } from './operate/log.ts';
import type { LogLevel } from './operate/log.ts';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';
import { openDatabase, openFile } from './storage/open-storage.ts';
import type { StorageWithAccounts } from './accounts/account-storage.ts';

const DEFAULT_PORT = 4810;
const PROBE_EVERY_MS = 5000;
/** How long a clean stop may take before the process ends anyway. */
const STOP_WITHIN_MS = 5000;

const root = resolve(import.meta.dirname, '..');
const host = process.env['HOST'] ?? 'localhost';
const dataFolder = resolve(root, process.env['DATA_DIR'] ?? 'data');
const databaseUrl = process.env['DATABASE_URL'] ?? '';

const words = process.argv.slice(2);
if (words.length > 0) {
  const { done, sentence } = await runCommand(words, { dataFolder, databaseUrl }, new Date());
  if (!done) giveUp(sentence);
  console.log(sentence);
  process.exit(0);
}

const log = standardLog(logLevelFrom(process.env['LOG_LEVEL'] ?? 'info'));
const drainMs = secondsFrom('DRAIN_SECONDS') * 1000;
const receiptQuotaBytes = gigabytesFrom('RECEIPT_QUOTA_GB', 20) * 1024 ** 3;
const setUpSecret = setUpSecretFrom(process.env['SETUP_TOKEN'] ?? '');
const redisUrl = process.env['REDIS_URL'] ?? '';
const shared = databaseUrl === '' ? null : await openShared();
const storage = shared?.storage ?? openOwn();
const files = shared?.storage.files ?? folderFiles(join(dataFolder, 'receipts'));
const server = await start(storage, portFrom(process.env['PORT']));
const address = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
console.log(`Outlay is running at ${address}`);
const place = databaseUrl === '' ? dataFolder : 'the database';
console.log(`Open it in a browser. Shared workspaces are kept in ${place}. Ctrl-C stops it.`);
await printSetUpLink();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(server));

function portFrom(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  return giveUp(`PORT must be a number from 0 to 65535, not "${text}".`);
}

/** A number of seconds up to five minutes; none when the variable is not set. */
function secondsFrom(name: string): number {
  const text = process.env[name] ?? '';
  const seconds = Number(text);
  return seconds >= 0 && seconds <= 300 ? seconds : giveUp(`${name} must be a number from 0 to 300, not "${text}".`);
}

/** A number of gigabytes above zero. */
function gigabytesFrom(name: string, otherwise: number): number {
  const text = process.env[name] ?? '';
  const gigabytes = text === '' ? otherwise : Number(text);
  return gigabytes > 0 ? gigabytes : giveUp(`${name} must be a number above 0, not "${text}".`);
}

function logLevelFrom(text: string): LogLevel {
  return isLogLevel(text) ? text : giveUp(`LOG_LEVEL must be info, error or silent, not "${text}".`);
}

/** Pages of other origins that may connect, and by their names the ones this server goes by behind a proxy. */
function allowedOrigins(text: string): readonly string[] {
  const { origins, wrong } = originsFrom(text);
  return wrong === null
    ? origins
    : giveUp(`ALLOWED_ORIGINS must be addresses like https://outlay.example.com, and "${wrong}" is not.`);
}

/** The secret of the set-up link, where it has to be known before the first start; one is made otherwise. */
function setUpSecretFrom(text: string): string | undefined {
  if (text === '') return undefined;
  return text.length >= 32 ? text : giveUp('SETUP_TOKEN must have at least 32 characters.');
}

function providerFrom(env: NodeJS.ProcessEnv): ProviderOptions | undefined {
  const [issuer, clientId, clientSecret] = [env['OIDC_ISSUER'], env['OIDC_CLIENT_ID'], env['OIDC_CLIENT_SECRET']];
  if (issuer === undefined || issuer === '') return undefined;
  if (URL.parse(issuer) !== null && clientId && clientSecret) return { issuer, clientId, clientSecret };
  return giveUp('OIDC_ISSUER must be an address, and needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it.');
}

function openOwn(): StorageWithAccounts {
  if (redisUrl !== '') giveUp('REDIS_URL is for several servers on one database: set DATABASE_URL too, or neither.');
  const opened = openFile(join(dataFolder, 'outlay.sqlite'));
  if (!opened.ok) return giveUp(opened.error);
  openBackupDoor(dataFolder, (file) => opened.value.copyTo(file), log);
  return opened.value;
}

async function openShared(): Promise<Shared> {
  const opened = await openDatabase(databaseUrl, (cause) => log('A connection to the database broke.', cause));
  if (!opened.ok) return giveUp(opened.error);
  const server = newId();
  const { channel } = opened.value;
  return { storage: opened.value, server, post: redisUrl === '' ? null : openRedis(channel, server) };
}

function openRedis(channel: string, server: string): Post {
  try {
    return openPost({ url: redisUrl, channel, server, log });
  } catch {
    // The address may hold a password: it is not repeated.
    return giveUp('REDIS_URL must be an address like redis://localhost:6379.');
  }
}

async function start(opened: StorageWithAccounts, port: number): Promise<RunningServer> {
  try {
    return await startServer({
      storage: opened,
      accounts: opened.accounts,
      provider: providerFrom(process.env),
      behindProxy: process.env['BEHIND_PROXY'] === '1',
      files,
      receiptQuotaBytes,
      shared,
      host,
      port,
      appFolder: join(root, 'build'),
      now: () => new Date(),
      newId: () => newId(),
      newSalt: () => randomBytes(16).toString('hex'),
      log,
      probeEveryMs: PROBE_EVERY_MS,
      origins: allowedOrigins(process.env['ALLOWED_ORIGINS'] ?? ''),
      metricsToken: process.env['METRICS_TOKEN'] || null,
      drainMs,
    });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'EADDRINUSE') return giveUp(`Port ${port} is in use. Set PORT to another one.`);
    throw cause;
  }
}

/** Whoever opens it first becomes this server's owner, who lets others in. */
async function printSetUpLink(): Promise<void> {
  const token = await setUpToken(storage.accounts, new Date(), setUpSecret);
  if (token === null) return;
  const [at = address] = allowedOrigins(process.env['ALLOWED_ORIGINS'] ?? '');
  console.log(`Nobody owns this server yet. Open this link to set it up; it works once:\n${at}/setup#${token}`);
}

let isStopping = false;

/** Ctrl-C in a terminal reaches the process and the one that started it, which passes it on: once is enough. */
function stop(running: RunningServer): void {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), drainMs + STOP_WITHIN_MS).unref();
  log('Stopping: what has arrived is acknowledged, then everybody is sent home.');
  running.stop().then(
    () => process.exit(0),
    (cause: unknown) => {
      log('The server did not stop cleanly.', cause);
      process.exit(1);
    },
  );
}

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
