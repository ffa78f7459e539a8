/** Large pastes and imports are written in parts, each a transaction whose update is small enough to send. (D14) */
import type * as Y from 'yjs';
import { assert } from '#lib/domain/result.ts';
import { bytesWritten, SET_BYTES } from './written-bytes.ts';

/** No update of a part is larger, in bytes. */
export const PART_BYTES = 128 * 1024;

/** Does `work` for every item, in order, in as many transactions as it takes. An item is one record's write. */
export function inParts<T>(doc: Y.Doc, items: Iterable<T>, work: (item: T) => void): void {
  for (const _done of partByPart(doc, items, work));
}

/** The same, stopping after each transaction with the number of items done, so that a page can answer its user. */
export function* partByPart<T>(doc: Y.Doc, items: Iterable<T>, work: (item: T) => void): Generator<number> {
  assert(doc._transaction === null, 'a transaction that has begun is not split');
  const rest = items[Symbol.iterator]();
  let done = 0;
  for (let next = rest.next(); next.done !== true;) {
    doc.transact(() => {
      while (next.done !== true && bytesWritten(doc) <= PART_BYTES - SET_BYTES) {
        work(next.value);
        done += 1;
        next = rest.next();
      }
    });
    yield done;
  }
}
