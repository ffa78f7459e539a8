import type * as Y from 'yjs';
import type { ContentRecord } from '#lib/governance/approval/content.ts';
import { contentDigest, fullDigest } from '#lib/governance/digest.ts';
import { contentOf } from './content.ts';

/**
 * SHA-256 over what can be seen in these documents, in hex: equal on every device that has the same updates, whatever
 * way they came. Who wrote what, and values that lost, are not part of it; nor are documents with nothing in them. (D17)
 */
export function reportHash(docs: Iterable<readonly [name: string, doc: Y.Doc]>): string {
  // One at a time: whoever makes the documents may let each go before making the next.
  const contents = Array.from(docs, ([name, doc]) => [name, contentOf(name, doc).map(digested)] as const);
  const filled = contents.filter(([, content]) => content.length > 0);
  return fullDigest(filled.toSorted(([a], [b]) => compare(a, b)));
}

/** Short enough that a large workspace's contents fit into memory. */
function digested([collection, id, fields]: ContentRecord): ContentRecord {
  return [collection, id, contentDigest(fields)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
