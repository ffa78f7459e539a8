import type { Doc } from '#lib/documents/new-document.ts';
import type { Identified } from '#lib/documents/record-schema.ts';
import type { Table } from '#lib/documents/record-table.ts';
import { partByPart } from '#lib/documents/split-transactions.ts';

/**
 * Inserts many records in transactions small enough to travel. Between two of them the page may answer its user, so
 * that a long import never holds it for longer than one part takes.
 */
export async function insertInParts<R extends Identified>(
  doc: Doc,
  table: Pick<Table<R>, 'insert'>,
  records: readonly R[],
  onprogress?: (inserted: number) => void,
): Promise<void> {
  for (const inserted of partByPart(doc, records, (record) => table.insert(record))) {
    onprogress?.(inserted);
    await nextTask();
  }
}

/** Lets whatever waits on this page go first. A timer would do the same and rest four milliseconds each time. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
