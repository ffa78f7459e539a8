import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#server/storage/open-storage.ts';
import { openPostgres } from '#server/storage/postgres.ts';
import type { SharedStorage } from '#server/storage/postgres.ts';
import { migrate, MIGRATIONS } from '#server/storage/postgres-schema.ts';
import { openPool } from '#server/storage/postgres-transaction.ts';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { hashOf } from '#tests/sync/files/contract.ts';
import { expectOldContent } from '#tests/sync/storage/old-content.ts';
import { HALT, statementsIn } from './support/halts.ts';
import { kindsIn, makeOldDatabase, OLD_PART, OLD_RECEIPT, OLD_VERSIONS } from './support/old-databases.ts';

let postgres: PostgresProcess;
beforeAll(async () => {
  postgres = await PostgresProcess.start();
});
afterAll(() => postgres.dispose());

function open(url: string): Promise<SharedStorage> {
  return openPostgres(url, () => undefined);
}

async function oldDatabase(version: number): Promise<string> {
  const url = await postgres.newDatabase();
  await makeOldDatabase(url, version);
  return url;
}

/** Opens the database as a server does. */
async function expectWhole(url: string, version: number): Promise<void> {
  const storage = await open(url);
  const has = kindsIn(version);
  await expectOldContent(storage, has);
  expect(await storage.position('w')).toBe(4);
  if (has.files) await expectFiles(storage);
  await storage.close();
}

async function expectFiles({ files }: SharedStorage): Promise<void> {
  expect(await files.givenFor('w', hashOf(OLD_RECEIPT))).toEqual(['inbox/ana']);
  const page = await files.read('w', hashOf(OLD_RECEIPT), 0, 10_000);
  expect(new Uint8Array(page?.bytes ?? [])).toEqual(OLD_RECEIPT);
  const begun = { workspace: 'w', hash: hashOf(OLD_PART), document: 'inbox/ana', size: OLD_PART.length };
  expect(await files.append(begun, 500, OLD_PART.subarray(500))).toBe(OLD_PART.length);
  expect(await files.finish(begun)).toBe('kept');
}

/** Everything that the tables and indexes are, in words. */
async function schemaOf(url: string): Promise<unknown> {
  const columns = await postgres.query(
    url,
    `SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name`,
  );
  const indexes = await postgres.query(
    url,
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`,
  );
  const options = await postgres.query(
    url,
    `SELECT relname, reloptions FROM pg_class WHERE reloptions IS NOT NULL AND relnamespace = 'public'::regnamespace
    ORDER BY relname`,
  );
  return { columns, indexes, options, version: await versionOf(url) };
}

async function versionOf(url: string): Promise<number> {
  const [row] = await postgres.query(url, 'SELECT version FROM schema_version');
  return Number(row?.['version']);
}

test.each(OLD_VERSIONS)('a database of version %i is brought forward with everything in it', async (version) => {
  const [url, fresh] = [await oldDatabase(version), await postgres.newDatabase()];
  await expectWhole(url, version);
  await (await open(fresh)).close();
  expect(await schemaOf(url)).toEqual(await schemaOf(fresh));
});

test('the newest version is the only one that is not tried as an old one', () => {
  expect(OLD_VERSIONS.length).toBeGreaterThanOrEqual(MIGRATIONS.length - 1);
});

test('a database that a newer server wrote is refused with a sentence, and not touched', async () => {
  const url = await oldDatabase(1);
  const pool = openPool(url, () => undefined);
  await migrate(pool, [...MIGRATIONS, 'CREATE TABLE later (id integer)']);
  await pool.end();
  const before = await schemaOf(url);
  await expect(open(url)).rejects.toMatchObject({ kind: 'too-new' });
  expect(await openDatabase(url, () => undefined)).toEqual({
    ok: false,
    error: 'The database was written by a newer Outlay. Start that one, or set DATABASE_URL to another database.',
  });
  expect(await schemaOf(url)).toEqual(before);
});

test('three servers that start at once on an old database bring it forward once', async () => {
  const url = await oldDatabase(1);
  const servers = await Promise.all([open(url), open(url), open(url)]);
  expect(new Set(servers.map(({ channel }) => channel)).size).toBe(1);
  expect(await versionOf(url)).toBe(MIGRATIONS.length);
  await Promise.all(servers.map((server) => server.close()));
  await expectWhole(url, 1);
});

test('a migration that fails leaves the version before', async () => {
  const url = await oldDatabase(1);
  const before = await schemaOf(url);
  const pool = openPool(url, () => undefined);
  await expect(migrate(pool, [...MIGRATIONS, 'CREATE TABLE later (id integer); SELECT nonsense'])).rejects.toThrow();
  await pool.end();
  expect(await schemaOf(url)).toEqual(before);
});

/** A migration that has done so many statements and waits; `release` lets it go on, if it still can. */
async function haltedAfter(url: string, statements: number) {
  const holder = new pg.Client({ connectionString: url });
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [HALT]);
  const script = fileURLToPath(new URL('./support/halting-migration.ts', import.meta.url));
  const child = spawn(process.execPath, [script, url, String(statements)], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${HALT} AND NOT granted`;
  while ((await holder.query(waiting)).rows.length === 0) {
    if (child.exitCode !== null) throw new Error('the migration ended before it halted');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { child, ended, release: () => holder.end() };
}

async function kill(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

test('a server killed with -9 anywhere in a migration leaves the old version, whole', async () => {
  // Every third statement: what is between two of them is the same transaction.
  for (let halt = statementsIn(MIGRATIONS.slice(0, 1)) + 1; halt <= statementsIn(MIGRATIONS); halt += 3) {
    const url = await oldDatabase(1);
    const before = await schemaOf(url);
    const { child, ended, release } = await haltedAfter(url, halt);
    await kill(child, ended);
    await release();
    expect(await schemaOf(url)).toEqual(before);
    await expectWhole(url, 1);
    await postgres.drop(url);
  }
});

test('PostgreSQL killed in the middle of a migration leaves the old version, whole', async () => {
  const url = await oldDatabase(1);
  const before = await schemaOf(url);
  const { child, ended } = await haltedAfter(url, statementsIn(MIGRATIONS));
  await postgres.kill();
  await kill(child, ended);
  await postgres.startAgain();
  expect(await schemaOf(url)).toEqual(before);
  await expectWhole(url, 1);
});
