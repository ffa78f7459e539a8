/**
 * Values that lost a merge, read from Yjs's own history of each key. Nothing is recorded when people type: who typed
 * over what is enough to find, on every replica alike, each write whose author and winner did not see each other. (D8)
 */
import type * as Y from 'yjs';
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import { isDismissed } from './dismissed.ts';
import { losingItems, visibleItem, valueOf, type ItemId } from './history.ts';
import { DELETED, decodeEdit, fieldKey, isRecordKey, keyParts } from './record-layout.ts';
import { tableMaps } from './document-maps.ts';
import { isRemoved, removalIn, unseenEdits } from './removal.ts';

/** One value of a key, and who wrote it. */
export interface Version {
  /** Which write it is. Its client is what the server binds to a member and a device. */
  readonly item: ItemId;
  /** The key it was written under: another one than the conflict's only for an edit of a removed record. */
  readonly key: string;
  /** The base's text for a whole record, true or false for `deleted`; undefined where unset, or erased by others. */
  readonly value: JsonValue | undefined;
  /** As the writer said; null for a whole record. */
  readonly member: string | null;
  readonly at: string | null;
}

/** A key with losers that nobody has resolved. Which one is visible is chance: never call it the latest. */
export interface Conflict {
  readonly collection: string;
  readonly id: string;
  /** Null: the record itself was inserted twice. `deleted`: it was edited by somebody who did not see its removal. */
  readonly field: string | null;
  readonly visible: Version;
  readonly losers: readonly Version[];
}

/** Every loser of a key, resolved or not, nearest to the visible value first. */
export function losers(doc: Y.Doc, collection: string, key: string): readonly Version[] {
  return [...losingItems(doc.getMap(collection), key)].map((item) => versionOf(item, key));
}

/** The unresolved conflict of a key, or null. */
export function conflictAt(doc: Y.Doc, collection: string, key: string): Conflict | null {
  const map = doc.getMap(collection);
  const item = visibleItem(map, key);
  const { id, field } = keyParts(key);
  if (item === undefined || (field !== DELETED && isRemoved(map, id))) return null;
  const visible = versionOf(item, key);
  const open = [...losers(doc, collection, key), ...(field === DELETED ? editsOfRemoved(map, id) : [])].filter(
    (loser) =>
      !(loser.key === key && isSameJson(loser.value, visible.value)) && !isDismissed(doc, collection, key, loser.item),
  );
  return open.length === 0 ? null : { collection, id, field, visible, losers: open };
}

/** Every unresolved conflict of a document, found from scratch. */
export function conflicts(doc: Y.Doc): readonly Conflict[] {
  const found: Conflict[] = [];
  for (const [collection, map] of tableMaps(doc)) {
    for (const [key, item] of map._map) {
      if (item.left === null && keyParts(key).field !== DELETED) continue;
      const conflict = isRecordKey(key) ? conflictAt(doc, collection, key) : null;
      if (conflict !== null) found.push(conflict);
    }
  }
  return found;
}

function editsOfRemoved(map: Y.Map<unknown>, id: string): readonly Version[] {
  return unseenEdits(map, id).map((item) => versionOf(item, item.parentSub ?? fieldKey(id, DELETED)));
}

function versionOf(item: Y.Item, key: string): Version {
  const { client, clock } = item.lastId;
  const value = valueOf(item);
  const written = { item: { client, clock }, key };
  if (typeof value === 'string') return { ...written, value, member: null, at: null };
  const [edited, member, at] = decodeEdit(value) ?? [undefined, null, null];
  const isRemoval = keyParts(key).field === DELETED;
  return { ...written, value: isRemoval ? removalIn(item) !== null : edited, member, at };
}
