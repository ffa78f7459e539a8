/** Replacing runs of rows by one that holds the same updates. */
import type { Pool } from 'pg';
import { assert } from '#lib/domain/result.ts';
import { isIntact, updateChecksum } from '#lib/documents/update-row.ts';
import { mergeOffThread } from '../update/merge-off-thread.ts';
import { runsToMerge } from './compaction.ts';
import type { RowSize } from './compaction.ts';
import { leavesOf } from './leaves.ts';
import { transact } from './postgres-transaction.ts';
import type { Session } from './postgres-transaction.ts';

/** True when it merged something. Appending goes on meanwhile: only rows that stand are touched, by one at a time. */
export function compactDocument(pool: Pool, workspace: string, name: string): Promise<boolean> {
  return transact(pool, [compactionOf(workspace, name)], async (session) => {
    const sizes = await session.query<RowSize & { document: number }>(SIZES, [workspace, name]);
    const document = sizes.rows[0]?.document ?? 0;
    let hasMerged = false;
    for (const run of runsToMerge(sizes.rows)) hasMerged = (await mergeRun(session, document, run)) || hasMerged;
    return hasMerged;
  });
}

/** What somebody locks who takes rows away. */
export function compactionOf(workspace: string, name: string): string {
  return `compaction of ${workspace}\n${name}`;
}

/** Nothing is in the document any more, and it goes on under this incarnation. */
export async function emptyDocument(
  session: Session,
  workspace: string,
  document: string,
  incarnation: string,
): Promise<void> {
  const names = [workspace, document];
  for (const table of ['rows', 'row_keys', 'clients', 'leaves']) {
    await session.query(
      `DELETE FROM ${table} WHERE document = (SELECT id FROM documents WHERE workspace = $1 AND name = $2)`,
      names,
    );
  }
  await session.query(
    `INSERT INTO documents (workspace, name, incarnation, head, version) VALUES ($1, $2, $3, 0, 0)
    ON CONFLICT (workspace, name) DO UPDATE SET head = 0, incarnation = excluded.incarnation`,
    [...names, incarnation],
  );
}

async function mergeRun(session: Session, document: number, run: readonly RowSize[]): Promise<boolean> {
  const range = [document, run[0]?.seq ?? 0, run.at(-1)?.seq ?? 0];
  const { rows } = await session.query<KeptRow>(ROWS, range);
  // A damaged row stays where it is, to be found by who reads it.
  if (!rows.every((row) => isIntact({ ...row, format: 'v1' }))) return false;
  const [firstRow] = rows;
  const lastRow = rows.at(-1);
  if (firstRow === undefined || lastRow === undefined) return false;
  const bytes = await mergeOffThread(rows.map((row) => row.bytes));
  for (const { first, hashes } of leavesOf(rows)) await session.query(KEEP, [document, first, hashes]);
  const removed = await session.query(REMOVE, range);
  assert(removed.rowCount === run.length, 'nobody else takes rows away');
  const merged = [document, lastRow.seq, firstRow.first, lastRow.key, bytes, updateChecksum(bytes, 'v1')];
  await session.query('INSERT INTO rows VALUES ($1, $2, $3, $4, $5, $6, false, NULL, NULL, NULL)', merged);
  return true;
}

interface KeptRow {
  readonly first: number;
  readonly seq: number;
  readonly key: Buffer;
  readonly bytes: Buffer;
  readonly checksum: number;
}

const SIZES = `
  SELECT document, first, seq, octet_length(bytes) AS bytes, gap FROM rows
  WHERE document = (SELECT id FROM documents WHERE workspace = $1 AND name = $2) ORDER BY seq`;
const ROWS =
  'SELECT first, seq, key, bytes, checksum FROM rows WHERE document = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq';
const KEEP = 'INSERT INTO leaves VALUES ($1, $2, $3)';
const REMOVE = 'DELETE FROM rows WHERE document = $1 AND seq BETWEEN $2 AND $3';
