/**
 * Replacing runs of rows by one that holds the same updates. Reading and writing go on while a run is merged, so what is
 * replaced is looked at again: a run that is not as it was stays. Whoever is reading a document page by page finds
 * everything after the number they have reached, in rows or in the one that took their place.
 */
import type { DatabaseSync } from 'node:sqlite';
import { isIntact, updateChecksum } from '#lib/documents/update-row.ts';
import { mergeOffThread } from '../update/merge-off-thread.ts';
import { runsToMerge } from './compaction.ts';
import type { RowSize } from './compaction.ts';
import { leavesOf } from './leaves.ts';
import { transact } from './sqlite-transaction.ts';
import type { StoredRow } from './storage.ts';

/** True when it merged something. */
export async function compactRows(db: DatabaseSync, document: number): Promise<boolean> {
  const sizes = db.prepare('SELECT first, seq, length(bytes) AS bytes, gap FROM rows WHERE document = ? ORDER BY seq');
  const rows = sizes.all(document).map((row) => ({ ...row, gap: row['gap'] === 1 }) as unknown as RowSize);
  let hasMerged = false;
  for (const run of runsToMerge(rows)) hasMerged = (await mergeRun(db, document, run)) || hasMerged;
  return hasMerged;
}

async function mergeRun(db: DatabaseSync, document: number, run: readonly RowSize[]): Promise<boolean> {
  const rows = rowsOf(db, document, run);
  // A damaged row stays where it is, to be found by who reads it.
  if (!rows.every((row) => isIntact({ ...row, format: 'v1' }))) return false;
  const bytes = await mergeOffThread(rows.map((row) => row.bytes));
  return transact(db, () => {
    const now = rowsOf(db, document, run);
    const isAsBefore = now.length === rows.length && now.every((row, index) => isSame(row, rows[index]));
    if (isAsBefore) replace(db, document, rows, bytes);
    return isAsBefore;
  });
}

function rowsOf(db: DatabaseSync, document: number, run: readonly RowSize[]): readonly StoredRow[] {
  const select = `SELECT first, seq, key, bytes, checksum FROM rows ${RUN} ORDER BY seq`;
  return db.prepare(select).all(...rangeOf(document, run)) as unknown as readonly StoredRow[];
}

function isSame(row: StoredRow, other: StoredRow | undefined): boolean {
  return row.key === other?.key && row.first === other.first && row.checksum === other.checksum;
}

function replace(db: DatabaseSync, document: number, rows: readonly StoredRow[], bytes: Uint8Array): void {
  const [firstRow] = rows;
  const lastRow = rows.at(-1);
  if (firstRow === undefined || lastRow === undefined) return;
  const keep = db.prepare('INSERT OR REPLACE INTO leaves VALUES (?, ?, ?)');
  for (const { first, hashes } of leavesOf(rows)) keep.run(document, first, hashes);
  db.prepare(`DELETE FROM rows ${RUN}`).run(...rangeOf(document, rows));
  const insert = db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, 0, NULL, NULL, NULL)');
  insert.run(document, lastRow.seq, firstRow.first, lastRow.key, bytes, updateChecksum(bytes, 'v1'));
}

const RUN = 'WHERE document = ? AND seq BETWEEN ? AND ?';

function rangeOf(document: number, run: readonly { readonly seq: number }[]): [number, number, number] {
  return [document, run[0]?.seq ?? 0, run.at(-1)?.seq ?? 0];
}
