/** All or nothing in PostgreSQL, and what its failures mean to the server. */
import pg from 'pg';
import type { ClientBase, Pool, PoolClient, PoolConfig, QueryResult, QueryResultRow } from 'pg';
import type { Result } from '#lib/domain/result.ts';
import { StorageTrouble } from './storage.ts';

/** A server that has not answered for so long is gone. */
const ANSWER_WITHIN_MS = 30_000;
const CONNECT_WITHIN_MS = 5000;
const CONNECTIONS = 10;

/** Statements go out without waiting for the answers to those before: a batch is two journeys, whatever is in it. */
export function openPool(url: string, ontrouble: (cause: Error) => void): Pool {
  const options: PoolConfig & { readonly pipeline: true } = {
    connectionString: url,
    pipeline: true,
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    statement_timeout: ANSWER_WITHIN_MS,
    application_name: 'outlay',
    // Whatever the database's own setting is: acknowledged means on its disk.
    options: '-c synchronous_commit=on',
    types: { getTypeParser: (oid, format) => (oid === pg.types.builtins.INT8 ? Number : parserOf(oid, format)) },
  };
  const pool = new pg.Pool(options);
  pool.on('error', ontrouble);
  // While a connection is in use, whoever uses it hears that it broke; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function parserOf(...[oid, format]: Parameters<typeof pg.types.getTypeParser>) {
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
}

/** What a transaction is done with: its statements are sent at once and answered in order. */
export interface Session {
  query<R extends QueryResultRow>(text: string, values?: readonly unknown[], name?: string): Promise<QueryResult<R>>;
}

/**
 * Runs `work` in one transaction, alone with what the names stand for: on every server, whoever locks one of them waits.
 * On return it is committed and synced; on a throw nothing of it is there.
 */
export function transact<T>(pool: Pool, names: readonly string[], work: (session: Session) => Promise<T>): Promise<T> {
  return within(pool, names, work, () => true);
}

/** The same, but nothing is there either when the result is an error. */
export function transactIfOk<T, E>(
  pool: Pool,
  names: readonly string[],
  work: (session: Session) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  return within(pool, names, work, ({ ok }) => ok);
}

async function within<T>(
  pool: Pool,
  names: readonly string[],
  work: (session: Session) => Promise<T>,
  isToKeep: (result: T) => boolean,
): Promise<T> {
  const client = await connected(pool);
  try {
    const session = sessionOf(client);
    const begun = Promise.all([
      session.query('BEGIN'),
      // In one order everywhere, so that two servers never wait for each other.
      session.query(LOCK, [[...new Set(names)].sort()], 'lock'),
    ]);
    const [result] = await Promise.all([work(session), begun]);
    const wanted = isToKeep(result) ? 'COMMIT' : 'ROLLBACK';
    const { command } = await session.query(wanted);
    if (command !== wanted) throw new Error('a transaction was rolled back');
    client.release();
    return result;
  } catch (cause) {
    await abandon(client);
    throw asTrouble(cause);
  }
}

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name';

/** A statement on its own. */
export async function ask<R extends QueryResultRow>(
  pool: Pool,
  text: string,
  values: readonly unknown[],
  name?: string,
): Promise<R[]> {
  try {
    return (await pool.query<R>(statement(text, values, name))).rows;
  } catch (cause) {
    throw asTrouble(cause);
  }
}

async function connected(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw asTrouble(cause);
  }
}

function sessionOf(client: ClientBase): Session {
  return { query: (text, values = [], name) => client.query(statement(text, values, name)) };
}

function statement(text: string, values: readonly unknown[], name: string | undefined) {
  // Several statements in one text go out only when there is nothing to fill in.
  return values.length === 0 && name === undefined
    ? { text }
    : { text, values: [...values], ...(name === undefined ? {} : { name }) };
}

/** Nobody knows what state the connection is in: it goes, and the database undoes what it had begun. */
async function abandon(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

/** PostgreSQL's own errors as `StorageTrouble`; anything else is a fault of ours and stays what it is. */
function asTrouble(cause: unknown): unknown {
  const kind = cause instanceof pg.DatabaseError ? kindOf(cause.code ?? '') : isOfConnection(cause) && 'unreachable';
  return kind ? new StorageTrouble(kind, cause) : cause;
}

const DISK_FULL = '53100';
/** Classes of errors (the first two characters) that pass: connections, resources, an operator at work, a standby. */
const PASSING = ['08', '53', '57', '25'];
/** What is on the disk is not what was written, or could not be. */
const BROKEN = ['58', 'XX'];

function kindOf(code: string): StorageTrouble['kind'] | null {
  if (code === DISK_FULL) return 'disk-full';
  if (BROKEN.includes(code.slice(0, 2))) return 'storage-failed';
  return PASSING.includes(code.slice(0, 2)) ? 'unreachable' : null;
}

/** A connection that broke has a code of the system's or, where the driver noticed first, only words. */
function isOfConnection(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return 'syscall' in cause || cause instanceof AggregateError || DRIVER_WORDS.test(cause.message);
}

const DRIVER_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded)/;
