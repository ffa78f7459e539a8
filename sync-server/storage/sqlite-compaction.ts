/** Replacing runs of rows by one that holds the same updates. */
import type { DatabaseSync } from 'node:sqlite';
import { isIntact, updateChecksum } from '#lib/documents/update-row.ts';
import { mergeUpdates } from '../update/merge-updates.ts';
import { runsToMerge } from './compaction.ts';
import type { RowSize } from './compaction.ts';
import type { StoredRow } from './storage.ts';

/** Inside the caller's transaction. True when it merged something. */
export function compactRows(db: DatabaseSync, document: number): boolean {
  const sizes = db.prepare('SELECT first, seq, length(bytes) AS bytes, gap FROM rows WHERE document = ? ORDER BY seq');
  const rows = sizes.all(document).map((row) => ({ ...row, gap: row['gap'] === 1 }) as unknown as RowSize);
  return runsToMerge(rows).filter((run) => mergeRun(db, document, run)).length > 0;
}

function mergeRun(db: DatabaseSync, document: number, run: readonly RowSize[]): boolean {
  const range = [document, run[0]?.seq ?? 0, run.at(-1)?.seq ?? 0] as const;
  const where = 'WHERE document = ? AND seq BETWEEN ? AND ?';
  const select = db.prepare(`SELECT first, seq, key, bytes, checksum FROM rows ${where} ORDER BY seq`);
  const rows = select.all(...range) as unknown as readonly StoredRow[];
  // A damaged row stays where it is, to be found by who reads it.
  if (!rows.every((row) => isIntact({ ...row, format: 'v1' }))) return false;
  const [firstRow] = rows;
  const lastRow = rows.at(-1);
  if (firstRow === undefined || lastRow === undefined) return false;
  const bytes = mergeUpdates(rows.map((row) => row.bytes));
  db.prepare(`DELETE FROM rows ${where}`).run(...range);
  const insert = db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, 0, NULL, NULL, NULL)');
  insert.run(document, lastRow.seq, firstRow.first, lastRow.key, bytes, updateChecksum(bytes, 'v1'));
  return true;
}
