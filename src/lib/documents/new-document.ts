import * as Y from 'yjs';
import { wasTypedOverBy } from './history.ts';

/** A document as the floors above hold it: opened by `newDocument`, read and written through its tables. */
export type Doc = Y.Doc;

/**
 * A new, empty document in which a value that lost a merge stays readable. Whoever loads, re-encodes or compacts a
 * document uses this and never a plain `Y.Doc`, whose garbage collection would erase the losers. (D8)
 */
export function newDocument(): Y.Doc {
  return new Y.Doc({ gc: true, gcFilter: isErasable });
}

/**
 * Only what was typed over is erased. A deleted item of a map with nothing to its right has lost to a write that has
 * not arrived yet: whether it was typed over is not known.
 */
function isErasable(item: Y.Item): boolean {
  return item.parentSub === null || (item.right !== null && wasTypedOverBy(item, item.right));
}

/**
 * Whether updates have arrived whose predecessors have not: then content is missing, possibly under keys that were
 * readable before, and totals must say "incomplete" instead of a number. (D9)
 */
export function isIncomplete(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}
