import type * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';
import { isId } from '#lib/domain/id.ts';
import { contentDigest, fullDigest } from '#lib/governance/digest.ts';
import { tableMaps } from './document-maps.ts';
import { nameFromText } from './document-name.ts';
import { columnsOf } from './documents.ts';
import { readFields } from './record-fields.ts';
import { isRemoved } from './removal.ts';

/**
 * SHA-256 over what can be seen in these documents, in hex: equal on every device that has the same updates, whatever
 * way they came. Who wrote what, and values that lost, are not part of it; nor are documents with nothing in them. (D17)
 */
export function reportHash(docs: Iterable<readonly [name: string, doc: Y.Doc]>): string {
  // One at a time: whoever makes the documents may let each go before making the next.
  const contents = Array.from(docs, ([name, doc]) => [name, contentOf(name, doc)] as const);
  const filled = contents.filter(([, content]) => content.length > 0);
  return fullDigest(filled.toSorted(([a], [b]) => compare(a, b)));
}

function contentOf(name: string, doc: Y.Doc): readonly JsonValue[] {
  const found: JsonValue[] = [];
  for (const [collection, map] of tableMaps(doc)) {
    const columns = columnsOf(nameFromText(name), collection);
    for (const id of [...map._map.keys()].filter(isId).sort()) {
      if (!isRemoved(map, id)) found.push([collection, id, contentDigest(readFields(map, id, columns) ?? null)]);
    }
  }
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
