/**
 * What Yjs remembers of one key of a map: a chain of items, each knowing the one it was typed over. The only module
 * that touches these internals (`_map`, `left`, `right`, `origin`); a contract test guards them and yjs is pinned.
 */
import type * as Y from 'yjs';

/** The id of one write, the same on every replica. */
export interface ItemId {
  readonly client: number;
  readonly clock: number;
}

export function sameId(a: ItemId | null, b: ItemId | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);
}

/** Whether `right`, the item's right neighbour, was typed by somebody who saw `item` as the value. */
export function wasTypedOverBy(item: Y.Item, right: Y.Item): boolean {
  return sameId(right.origin, item.lastId);
}

/** The visible item of a key, or undefined where nobody has written. */
export function visibleItem(map: Y.Map<unknown>, key: string): Y.Item | undefined {
  return map._map.get(key);
}

/**
 * The visible value of a key. Nothing is ever deleted from a map, so where Yjs calls the visible item deleted the write
 * over it has not arrived yet: what was there is shown until it does, and no key vanishes. (D9)
 */
export function visibleContent(map: Y.Map<unknown>, key: string): unknown {
  const item = visibleItem(map, key);
  return item === undefined ? undefined : valueOf(item);
}

export function isWritten(map: Y.Map<unknown>, key: string): boolean {
  return map._map.has(key);
}

/** Items of a key that lost to a concurrent write, nearest first. (D8) */
export function* losingItems(map: Y.Map<unknown>, key: string): Generator<Y.Item> {
  let right = visibleItem(map, key);
  for (let item = right?.left ?? null; item !== null && right !== undefined; right = item, item = item.left) {
    if (!wasTypedOverBy(item, right)) yield item;
  }
}

/** The value an item carries; undefined when its content was erased by a garbage collection without our filter. */
export function valueOf(item: Y.Item): unknown {
  return item.content.getContent().at(-1);
}

/**
 * Keys of the map that a transaction wrote. Unlike the keys of a map event these include the ones whose write lost and
 * changed nothing visible.
 */
export function changedKeys(transaction: Y.Transaction, map: Y.Map<unknown>): readonly string[] {
  for (const [type, keys] of transaction.changed) {
    // The same map is another object once a document that received it first names its type; its keys stay the same.
    if (type._map === map._map) return [...(keys as ReadonlySet<string | null>)].filter((key) => key !== null);
  }
  return [];
}
