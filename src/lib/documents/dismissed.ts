/** Which losers somebody has looked at and decided on. A map of its own, so that deciding is itself merged. (D10) */
import type * as Y from 'yjs';
import { DISMISSED } from './document-maps.ts';
import type { ItemId } from './history.ts';
import type { Author } from './record-layout.ts';

export function isDismissed(doc: Y.Doc, collection: string, key: string, item: ItemId): boolean {
  return doc.getMap(DISMISSED).has(dismissedKey(collection, key, item));
}

export function markDismissed(doc: Y.Doc, collection: string, key: string, item: ItemId, by: Author): void {
  doc.getMap(DISMISSED).set(dismissedKey(collection, key, item), [by.member, by.at]);
}

/** The collection and key that an entry of the map speaks of. */
export function dismissedTarget(entry: string): { readonly collection: string; readonly key: string } {
  return {
    collection: entry.slice(0, entry.indexOf('|')),
    key: entry.slice(entry.indexOf('|') + 1, entry.lastIndexOf('|')),
  };
}

function dismissedKey(collection: string, key: string, item: ItemId): string {
  return `${collection}|${key}|${item.client}.${item.clock}`;
}
