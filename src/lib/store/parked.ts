/** Rows that the server will not have: kept on the device, shown, exported, never sent and never in a document. */
import { isDecided } from '#lib/documents/decided.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { Database, ParkedRow, StoredRow } from './database.ts';
import { documentNamed } from './quarantine.ts';
import type { UpdateLog } from './update-log.ts';

/** Parks the rows of these keys and every later unacknowledged row of the document. (S9) */
export async function park(log: UpdateLog, name: string, keys: readonly string[], reason: string): Promise<void> {
  await log.flush();
  const refused = new Set(keys);
  await takeAway(log, name, async (database) => {
    const waiting = await unacknowledgedRows(database, name);
    const first = waiting.findIndex((row) => refused.has(row.key));
    if (first === -1) return false;
    await moveToParked(database, waiting.slice(first), reason);
    return true;
  });
}

/**
 * Begins a document anew under another incarnation: durable rows go, unacknowledged ones are parked. Those of a
 * document that only the decider writes go too: the server makes them again from the log. (S10)
 */
export async function restart(log: UpdateLog, name: string, incarnation: string): Promise<void> {
  await log.flush();
  await takeAway(log, name, async (database) => {
    if (!isDecided(name)) await moveToParked(database, await unacknowledgedRows(database, name), 'restarted');
    const rest = database.updates.where('[document+number]').between([name, 0], [name, Number.MAX_SAFE_INTEGER]);
    await rest.delete();
    const document = await documentNamed(database, name);
    await database.documents.put({ ...document, incarnation, cursor: 0 });
    return true;
  });
}

/** What is parked, for the person to read, post again or export. */
export function parkedRows(database: Database): Promise<ParkedRow[]> {
  return database.parked.toArray();
}

/** Forgets parked rows that somebody has dealt with. */
export function discardParked(database: Database, keys: readonly string[]): Promise<void> {
  return database.parked.bulkDelete([...keys]);
}

/** A document's rows on disk that no server has acknowledged, in the order they were typed. */
export function unacknowledgedRows(database: Database, document: string): Promise<StoredRow[]> {
  return database.updates.where('[state+document]').equals(['unacknowledged', document]).sortBy('number');
}

/** Takes rows out of a document in one transaction, when `work` says that it did; what was derived of them is derived afresh. */
export async function takeAway(
  log: UpdateLog,
  name: string,
  work: (database: Database) => Promise<boolean>,
): Promise<void> {
  const { database } = log;
  const { updates, documents, parked } = database;
  const isTaken = await database.transaction('rw', updates, documents, parked, async () => {
    if (!(await work(database))) return false;
    const document = await documentNamed(database, name);
    await documents.put({ ...document, epoch: document.epoch + 1 });
    return true;
  });
  if (isTaken) log.tell({ kind: 'rows-taken', document: name });
}

export async function moveToParked(database: Database, rows: readonly StoredRow[], reason: string): Promise<void> {
  await database.parked.bulkPut(rows.map((row) => parkedRow(row, reason)));
  await database.updates.bulkDelete(rows.map((row) => row.number));
}

function parkedRow(stored: StoredRow, reason: string): ParkedRow {
  const { number: _number, firstSeq: _firstSeq, ...row } = stored;
  const rejected: UpdateRow = { ...row, state: 'rejected' };
  return { key: row.key, document: row.document, row: rejected, reason };
}
