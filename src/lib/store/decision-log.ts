/** The decision log of a workspace that this device decides for, and everything a decision writes, kept as one. */
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { EMPTY_LOG, type Head, type LogEntry } from '#lib/governance/decision-log.ts';
import type { Database, StoredRow } from './database.ts';
import { failureOf, type StoreFailure } from './failure.ts';
import type { UpdateLog } from './update-log.ts';

/** Runs `work` while no other tab of this database decides. */
export function decideAlone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`outlay-decide:${database.name}`, work);
}

/** The log's entries after a number, in order. */
export async function entriesAfter(
  database: Database,
  seq: number,
): Promise<Result<readonly LogEntry[], StoreFailure>> {
  try {
    return ok(await database.log.where('seq').above(seq).toArray());
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

/**
 * Adds an entry and the document updates it makes in one transaction: either all of it is on disk or nothing. Refused
 * when the log does not end at `expected`. Gives the rows, to be applied where their documents are open. (S12)
 */
export async function keepDecision(
  log: UpdateLog,
  expected: Head,
  entry: LogEntry,
  updates: readonly { readonly document: string; readonly bytes: Uint8Array }[],
): Promise<Result<readonly UpdateRow[], StoreFailure>> {
  const { database } = log;
  const rows = updates.map(({ document, bytes }) => log.rowOf(document, bytes));
  try {
    const isKept = await database.transaction('rw', database.log, database.updates, async () => {
      const last = await database.log.orderBy('seq').last();
      if ((last ?? EMPTY_LOG).hash !== expected.hash) return false;
      await database.log.add(entry);
      await database.updates.bulkAdd(rows.map((row) => ({ ...row, firstSeq: null })) as StoredRow[]);
      return true;
    });
    if (!isKept) return err({ kind: 'head-moved' });
  } catch (thrown) {
    return err(failureOf(thrown));
  }
  if (rows.length > 0) log.tell({ kind: 'rows-added', documents: [...new Set(rows.map((row) => row.document))] });
  return ok(rows);
}
