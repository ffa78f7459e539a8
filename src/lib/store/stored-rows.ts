import type { Database, StoredRow } from './database.ts';

/** A document's rows with a number above `since`, in order, as they stand on disk. */
export function rowsSince(database: Database, document: string, since: number): Promise<readonly StoredRow[]> {
  return database.updates
    .where('[document+number]')
    .between([document, since], [document, Number.MAX_SAFE_INTEGER], false, true)
    .toArray();
}
