import type { UpdateRow } from '#lib/documents/update-row.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { openDatabase, type Database } from './database.ts';
import { failureOf, type StoreFailure } from './failure.ts';

/**
 * Adds rows in one transaction of strict durability. With the database open, everything is handed to the browser before
 * this function first waits, so that it still works while the page is being put away; Dexie's own transactions would
 * start a turn later. `again` says that an earlier try may have reached the disk after all. (S2)
 */
export async function writeAtOnce(
  database: Database,
  rows: readonly UpdateRow[],
  again: boolean,
): Promise<Result<null, StoreFailure>> {
  try {
    if (!database.isOpen()) {
      const opened = await openDatabase(database);
      if (!opened.ok) return opened;
    }
    const missing = again ? await withoutStored(database, rows) : rows;
    await committed(database.backendDB(), missing);
    return ok(null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

async function withoutStored(database: Database, rows: readonly UpdateRow[]): Promise<readonly UpdateRow[]> {
  const stored = await database.updates
    .where('key')
    .anyOf(rows.map((row) => row.key))
    .toArray();
  const keys = new Set(stored.map((row) => row.key));
  return rows.filter((row) => !keys.has(row.key));
}

function committed(connection: IDBDatabase, rows: readonly UpdateRow[]): Promise<void> {
  const transaction = connection.transaction('updates', 'readwrite', { durability: 'strict' });
  const updates = transaction.objectStore('updates');
  for (const row of rows) updates.add({ ...row, firstSeq: row.serverSeq });
  transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
  });
}
