/**
 * Removing a record, so that an edit made meanwhile by somebody who did not see the removal is found and not lost: the
 * `deleted` field holds what the remover had seen of the record, as the last clock of each client that wrote it. (D7)
 */
import type * as Y from 'yjs';
import { isJsonObject, type JsonObject, type JsonValue } from '#lib/domain/json.ts';
import { editedFields } from './edited-fields.ts';
import { losingItems, valueOf, visibleItem } from './history.ts';
import { decodeEdit, DELETED, fieldKey } from './record-layout.ts';

/** The value of the `deleted` field for somebody who sees the record as it is now. */
export function removalOf(map: Y.Map<unknown>, id: string): JsonValue {
  const seen: Record<string, number> = {};
  for (const item of fieldItems(map, id)) {
    const { client, clock } = item.lastId;
    seen[client] = Math.max(clock, seen[client] ?? 0);
  }
  return seen;
}

export function isRemoved(map: Y.Map<unknown>, id: string): boolean {
  return removalIn(visibleItem(map, fieldKey(id, DELETED))) !== null;
}

/** Visible edits of a removed record that nobody who removed it had seen. */
export function unseenEdits(map: Y.Map<unknown>, id: string): readonly Y.Item[] {
  const key = fieldKey(id, DELETED);
  const removals = [visibleItem(map, key), ...losingItems(map, key)].map(removalIn).filter((seen) => seen !== null);
  if (!isRemoved(map, id)) return [];
  return fieldItems(map, id).filter(({ lastId: { client, clock } }) =>
    removals.every((seen) => clock > (seen[client] ?? -1)),
  );
}

/** Whether a visible edit of the record is neither among what was seen nor by one of our clients. */
export function editedByOthers(map: Y.Map<unknown>, id: string, seen: JsonObject, ours: readonly number[]): boolean {
  return fieldItems(map, id).some(({ lastId: { client, clock } }) => {
    const last = seen[client];
    return !ours.includes(client) && !(typeof last === 'number' && clock <= last);
  });
}

/** What a write of the `deleted` field had seen; null when it is not a removal. */
export function removalIn(item: Y.Item | undefined): Readonly<Record<string, number>> | null {
  const value = item === undefined ? undefined : decodeEdit(valueOf(item))?.[0];
  return isJsonObject(value) ? (value as Readonly<Record<string, number>>) : null;
}

function fieldItems(map: Y.Map<unknown>, id: string): readonly Y.Item[] {
  const fields = editedFields(map).get(id) ?? [];
  return fields
    .filter((field) => field !== DELETED)
    .sort()
    .map((field) => visibleItem(map, fieldKey(id, field)))
    .filter((item) => item !== undefined);
}
