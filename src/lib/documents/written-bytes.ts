/** How large the update of a transaction gets, known while it is still being written. */
import type * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';

/** No base and no field is larger, so that a record always fits into an update. */
export const SET_BYTES = 32 * 1024;

const written = new WeakMap<Y.Transaction, number>();

/** What the transaction that is under way adds to an update at most; 0 outside of one. */
export function bytesWritten(doc: Y.Doc): number {
  return doc._transaction === null ? 0 : (written.get(doc._transaction) ?? UPDATE_BYTES);
}

/** Counts a `map.set` of the transaction that is under way. */
export function countSet(doc: Y.Doc, bytes: number): void {
  if (doc._transaction !== null) written.set(doc._transaction, bytesWritten(doc) + bytes);
}

/** What one `map.set` adds to an update at most: the value, its key, what Yjs says about the item and the one before. */
export function bytesOfSet(key: string, value: unknown): number {
  return ITEM_BYTES + utf8Bytes(key) + bytesOf(value as JsonValue | undefined);
}

/** Head of an update: client, clock, counts. */
const UPDATE_BYTES = 64;
/** An item's head, its map's name or origin's id, and the replaced item's entry in the delete set, at their longest. */
const ITEM_BYTES = 96;

/** Upper bound of a value in lib0's `any` encoding. */
function bytesOf(value: JsonValue | undefined): number {
  if (typeof value === 'string') return 6 + utf8Bytes(value);
  if (typeof value === 'number') return 10;
  if (typeof value !== 'object' || value === null) return 1;
  const parts = Object.entries(value as Readonly<Record<string, JsonValue>>);
  const names = Array.isArray(value) ? 0 : parts.reduce((sum, [name]) => sum + 6 + utf8Bytes(name), 0);
  return 6 + names + parts.reduce((sum, [, part]) => sum + bytesOf(part), 0);
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) bytes += code > 0x7ff ? 2 : 1;
  }
  return bytes;
}
