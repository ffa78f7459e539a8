/** Large pastes and imports are written in parts, each a transaction whose update is small enough to send. (D14) */
import type * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';

/** No update of a part is larger, in bytes. */
export const PART_BYTES = 128 * 1024;

/** One write that waits to be done, and what it adds to an update at most. */
export interface Write {
  readonly bytes: number;
  readonly apply: () => void;
}

/** Cuts writes, in their order, into parts that stay within `limit` bytes each. */
export function splitWrites(writes: Iterable<Write>, limit = PART_BYTES): readonly (readonly Write[])[] {
  const parts: Write[][] = [];
  let size = Infinity;
  for (const write of writes) {
    if (size + write.bytes > limit) {
      parts.push([]);
      size = UPDATE_BYTES;
    }
    parts.at(-1)?.push(write);
    size += write.bytes;
  }
  return parts;
}

/** Does the writes of a part in one transaction. */
export function writePart(doc: Y.Doc, part: readonly Write[]): void {
  doc.transact(() => {
    for (const write of part) write.apply();
  });
}

/** What one `map.set` adds to an update at most: the value, its key, and what Yjs says about item and predecessor. */
export function bytesOfSet(collection: string, key: string, value: unknown): number {
  return ITEM_BYTES + utf8Bytes(collection) + utf8Bytes(key) + bytesOf(value as JsonValue | undefined);
}

/** Head of an update: client, clock, counts. */
const UPDATE_BYTES = 64;
/** An item's head, its origin's id, and the entry of the item it replaces in the delete set, at their longest. */
const ITEM_BYTES = 64;

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
