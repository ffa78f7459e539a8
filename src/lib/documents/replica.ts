/** A document in use: stored and received updates go in, what is typed here comes out as bytes to keep and to send. */
import * as Y from 'yjs';
import type { UpdateRow } from './update-row.ts';

/** The origin of updates that come from the store or from another tab: they are kept already. */
const KEPT = Symbol('kept');

/** What one change of a document touched, for its tables to read. */
export type Transaction = Y.Transaction;

/** Applies updates in the order given; applying one twice changes nothing. */
export function applyRows(doc: Y.Doc, rows: Iterable<Pick<UpdateRow, 'bytes' | 'format'>>): void {
  const work = (): void => {
    for (const { bytes, format } of rows) {
      if (format === 'v1') Y.applyUpdate(doc, bytes, KEPT);
      else Y.applyUpdateV2(doc, bytes, KEPT);
    }
  };
  // One transaction for all of them, and not a local one: nobody typed this here.
  Y.transact(doc, work, KEPT, false);
}

/** Calls back with the bytes of every update typed here, in order; returns how to stop. */
export function onTyped(doc: Y.Doc, callback: (bytes: Uint8Array) => void): () => void {
  const listener = (bytes: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (transaction.local) callback(bytes);
  };
  doc.on('update', listener);
  return () => doc.off('update', listener);
}

/** Calls back after every transaction, whoever caused it; returns how to stop. */
export function onChange(doc: Y.Doc, callback: (transaction: Y.Transaction) => void): () => void {
  doc.on('afterTransaction', callback);
  return () => doc.off('afterTransaction', callback);
}

/** Runs `work` on a document and gives the updates it made, one for each transaction. */
export function updatesOf(doc: Y.Doc, work: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const stop = onTyped(doc, (bytes) => updates.push(bytes));
  try {
    work();
  } finally {
    stop();
  }
  return updates;
}
