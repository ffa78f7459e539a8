/** Taking a step back: each key on its own, and only where our write is still the visible one. (D16) */
import type * as Y from 'yjs';
import { isJsonObject, type JsonObject, type JsonValue } from '#lib/domain/json.ts';
import { assert } from '#lib/domain/result.ts';
import { sameId, visibleItem, type ItemId } from './history.ts';
import { writeField } from './record-fields.ts';
import { DELETED, fieldKey, keyParts, type Author } from './record-layout.ts';
import { editedByOthers, isRemoved, removalOf } from './removal.ts';
import { inParts } from './split-transactions.ts';
import { editBefore, type Change, type OpenDocuments, type UndoStep } from './undo-step.ts';

interface TakenBack {
  /** The step that does it again. */
  readonly inverse: UndoStep;
  readonly skipped: readonly Change[];
  /** Fresh writes by the place (`itemPlace`) of the older write whose value they brought back: they stand for it. */
  readonly standIns: ReadonlyMap<string, ItemId>;
}

export function takeBack(step: UndoStep, docs: OpenDocuments, by: Author): TakenBack {
  const changes: Change[] = [];
  const skipped: Change[] = [];
  const standIns = new Map<string, ItemId>();
  for (const [document, ofDocument] of Map.groupBy(step.changes, (change) => change.document)) {
    const doc = docs.get(document);
    assert(doc !== undefined, `${document} is open`);
    inParts(doc, inOrder(ofDocument), (change) => {
      const inverse = revert(doc, change, by);
      if (inverse === null) {
        skipped.push(change);
        return;
      }
      changes.push(inverse);
      if (change.before.item !== null) standIns.set(itemPlace(document, change.before.item), inverse.item);
    });
  }
  return { inverse: { ...step, changes }, skipped, standIns };
}

/** One write of one document, as a key. */
export function itemPlace(document: string, { client, clock }: ItemId): string {
  return `${document}|${client}.${clock}`;
}

/** Records come back before their fields are written and go after, so that a removal has seen it all. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const rank = (change: Change): number => {
    if (removalBefore(change) !== null) return 2;
    return keyParts(change.key).field === DELETED ? 0 : 1;
  };
  return changes.toSorted((a, b) => rank(a) - rank(b));
}

/** What the remover had seen if taking the change back removes the record; null if it does not. */
function removalBefore({ key, before }: Change): JsonObject | null {
  const { field } = keyParts(key);
  if (field === null) return {};
  return field === DELETED && isJsonObject(before.value) ? before.value : null;
}

/** Writes what was before; null, with nothing written, when somebody has edited there since. */
function revert(doc: Y.Doc, change: Change, by: Author): Change | null {
  const { document, collection } = change;
  const map = doc.getMap(collection);
  const { id, field } = keyParts(change.key);
  const ours = visibleItem(map, change.key);
  if (ours === undefined || !sameId(ours.lastId, change.item)) return null;
  const seen = removalBefore(change);
  if (seen !== null && (isRemoved(map, id) || editedByOthers(map, id, seen, [doc.clientID, change.item.client])))
    return null;
  if (seen === null && field !== DELETED && isRemoved(map, id)) return null;
  const target = seen === null ? (field ?? DELETED) : DELETED;
  const replaced = visibleItem(map, fieldKey(id, target));
  const before = replaced === undefined ? { item: null } : editBefore(replaced);
  writeField(map, id, target, valueToWrite(map, id, change, target), by);
  const item = visibleItem(map, fieldKey(id, target))?.lastId;
  assert(item !== undefined, 'what was just written is visible');
  return { document, collection, key: fieldKey(id, target), item: { client: item.client, clock: item.clock }, before };
}

function valueToWrite(map: Y.Map<unknown>, id: string, change: Change, target: string): JsonValue | undefined {
  if (target !== DELETED) return change.before.value;
  return removalBefore(change) === null ? false : removalOf(map, id);
}
