/** Cutting an update that is too large to send into several that follow each other. */
import * as Y from 'yjs';
import { encodeUpdate } from '#lib/documents/partial-update.ts';
import type { Struct } from '#lib/documents/partial-update.ts';

/** A deletion takes at most this much with its client. */
const DELETED_BYTES = 30;

/**
 * Updates of at most `maxBytes` that applied in order are the update: its structs in order, then its deletions. A single
 * struct that is larger stays whole. The same update is always cut the same way.
 */
export function splitUpdate(update: Uint8Array, maxBytes: number): readonly Uint8Array[] {
  if (update.length <= maxBytes) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const parts = inParts(structs, maxBytes).map((part) => encodeUpdate(part, []));
  const deleted = [...ds.clients].flatMap(([client, items]) => items.map(({ clock, len }) => ({ client, clock, len })));
  const perPart = Math.max(1, Math.floor(maxBytes / DELETED_BYTES));
  for (let from = 0; from < deleted.length; from += perPart) {
    parts.push(encodeUpdate([], deleted.slice(from, from + perPart)));
  }
  return parts;
}

function inParts(structs: readonly Struct[], maxBytes: number): readonly (readonly Struct[])[] {
  const parts: Struct[][] = [];
  let room = 0;
  for (const struct of structs) {
    const bytes = encodeUpdate([struct], []).length;
    if (bytes > room) {
      // Where a part begins with a hole there is nothing to say about the hole.
      if (struct instanceof Y.Skip) continue;
      parts.push([]);
      room = maxBytes;
    }
    parts.at(-1)?.push(struct);
    room -= bytes;
  }
  return parts;
}
