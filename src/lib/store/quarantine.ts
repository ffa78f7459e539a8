import type { Database, StoredDocument, StoredRow } from './database.ts';

/**
 * Moves damaged rows out of the log and asks for them again: the document's cursor goes back to before the first of
 * them, so that the server sends them at the next opening, and what was derived from them is derived afresh. (S5)
 */
export async function setAside(database: Database, name: string, rows: readonly StoredRow[]): Promise<void> {
  const numbers = rows.map((row) => row.number);
  const lost = rows.flatMap((row) => (row.firstSeq === null ? [] : [row.firstSeq - 1]));
  await database.transaction('rw', database.updates, database.documents, database.quarantine, async () => {
    await database.quarantine.bulkPut(rows.map((row) => ({ number: row.number, document: name, row })));
    await database.updates.bulkDelete(numbers);
    const document = await documentNamed(database, name);
    const cursor = Math.min(document.cursor, ...lost);
    await database.documents.put({ ...document, cursor, epoch: document.epoch + 1 });
  });
}

/** What is known of a document; a document never heard of has no incarnation and no rows from a server. */
export async function documentNamed(database: Database, name: string): Promise<StoredDocument> {
  return (await database.documents.get(name)) ?? { name, incarnation: null, cursor: 0, epoch: 0 };
}
