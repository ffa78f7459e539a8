/** All or nothing on the disk, and what SQLite's failures mean to the server. */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '#lib/domain/result.ts';
import { StorageTrouble } from './storage.ts';

/** Runs `work` in one transaction. On return it is committed and synced; on a throw nothing of it is there. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  return transactIf(db, work, () => true);
}

/** The same; and nothing of it is there either when its result is an error. */
export function transactIfOk<T, E>(db: DatabaseSync, work: () => Result<T, E>): Result<T, E> {
  return transactIf(db, work, ({ ok }) => ok);
}

function transactIf<T>(db: DatabaseSync, work: () => T, isKept: (result: T) => boolean): T {
  try {
    db.exec('BEGIN IMMEDIATE');
    const result = work();
    db.exec(isKept(result) ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw asTrouble(cause);
  }
}

/** A synchronous storage behind an asynchronous interface: what it throws becomes a rejection. */
export function attempt<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_FULL = 13;

/** SQLite's own errors as `StorageTrouble`; anything else is a fault of ours and stays what it is. */
export function asTrouble(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('errcode' in cause) || typeof cause.errcode !== 'number') return cause;
  // The low byte is the error, the rest says more about it.
  const code = cause.errcode & 0xff;
  if (code === SQLITE_BUSY || code === SQLITE_LOCKED) return new StorageTrouble('locked', cause);
  return new StorageTrouble(code === SQLITE_FULL ? 'disk-full' : 'storage-failed', cause);
}
