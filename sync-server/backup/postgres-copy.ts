/** Copies of a PostgreSQL database, by its own tools; restored into an empty database and marked as a copy there. */
import { execFile } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { newId } from '#lib/domain/id.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import pg from 'pg';
import { openPostgres } from '../storage/postgres.ts';
import { sync } from './copy.ts';

const run = promisify(execFile);

/** One moment of the database, while servers go on. On an error: what the tool said. */
export async function copyDatabase(url: string, file: string): Promise<Result<null, string>> {
  const part = `${file}.part-${newId()}`;
  try {
    await run('pg_dump', ['--format=custom', '--no-owner', '--file', part], { env: environmentOf(url) });
    sync(part);
    renameSync(part, file);
    return ok(null);
  } catch (cause) {
    return err(saidBy(cause));
  } finally {
    rmSync(part, { force: true });
  }
}

/** Into an empty database only: nothing is overwritten. On an error: what the tool said, or why not. */
export async function restoreDatabase(url: string, file: string): Promise<Result<null, string>> {
  try {
    // Marked before there is anything in it: whoever opens it after a restoring that broke off knows, too.
    if (!(await markEmpty(url))) return err('the database is not empty. Make a new one and set DATABASE_URL to it.');
    const words = ['--single-transaction', '--exit-on-error', '--no-owner', '--dbname', databaseOf(url), file];
    await run('pg_restore', words, { env: environmentOf(url) });
    await (await openPostgres(url, () => undefined)).close();
    return ok(null);
  } catch (cause) {
    return err(saidBy(cause));
  }
}

async function markEmpty(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'copies'`);
    if (tables.rows.length > 0) return false;
    await client.query('CREATE TABLE IF NOT EXISTS copies (id integer PRIMARY KEY)');
    return true;
  } finally {
    await client.end();
  }
}

/** The address for the tools; as variables, so that no password is seen among the running processes. */
function environmentOf(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const named = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: databaseOf(url),
    PGSSLMODE: searchParams.get('sslmode') ?? '',
  };
  const known = Object.entries(named).filter(([, value]) => value !== '');
  return { ...process.env, ...Object.fromEntries(known) };
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function saidBy(cause: unknown): string {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
  return said || (cause instanceof Error ? cause.message : String(cause));
}
