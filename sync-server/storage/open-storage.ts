/** The storage that the process is told to use: one file of its own, or a database that others use as well. */
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { openPostgres } from './postgres.ts';
import type { SharedStorage } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { SqliteStorage } from './sqlite.ts';
import { StorageTrouble } from './storage.ts';

/** Opens the file. What is wrong with it is said as a sentence. */
export function openFile(file: string): Result<SqliteStorage, string> {
  try {
    return ok(openSqlite(file));
  } catch (cause) {
    if (!(cause instanceof StorageTrouble)) throw cause;
    switch (cause.kind) {
      case 'locked':
        return err(`Another Outlay server is using ${file}. Stop it first, or set DATA_DIR to another folder.`);
      case 'too-new':
        return err(`${file} was written by a newer Outlay. Start that one, or set DATA_DIR to another folder.`);
      default:
        return err(`${file} cannot be opened: ${String(cause.cause)}`);
    }
  }
}

/** Opens the database that an address names. The address may hold a password, so no sentence repeats it. */
export async function openDatabase(
  url: string,
  ontrouble: (cause: Error) => void,
): Promise<Result<SharedStorage, string>> {
  try {
    return ok(await openPostgres(url, ontrouble));
  } catch (cause) {
    if (cause instanceof StorageTrouble && cause.kind === 'too-new') {
      return err(
        'The database was written by a newer Outlay. Start that one, or set DATABASE_URL to another database.',
      );
    }
    return err(`The database that DATABASE_URL names cannot be opened: ${reasonOf(cause)}`);
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof StorageTrouble ? cause.cause : cause;
  return inner instanceof AggregateError ? inner.errors.map(String).join('; ') : String(inner);
}
