import type * as Y from 'yjs';
import { conflictAt, conflicts, type Conflict } from './conflicts.ts';
import { dismissedTarget } from './dismissed.ts';
import { DISMISSED, tableMaps } from './document-maps.ts';
import { editedFields } from './edited-fields.ts';
import { changedKeys, isWritten } from './history.ts';
import { DELETED, fieldKey, isRecordKey, keyParts } from './record-layout.ts';

/** A document's unresolved conflicts, kept current as transactions come in. */
export interface ConflictTracker {
  all(): readonly Conflict[];
  at(collection: string, key: string): Conflict | null;
  /** How many of these keys have an unresolved conflict: what a total that sums them must say. */
  count(collection: string, keys: Iterable<string>): number;
  /** Stops listening. */
  close(): void;
}

/** Finds the conflicts once, then looks again only at what each transaction touched. (D9) */
export function trackConflicts(doc: Y.Doc, onchange: () => void = () => undefined): ConflictTracker {
  const open = new Map(conflicts(doc).map((conflict) => [placeOf(conflict), conflict]));

  function refresh(transaction: Y.Transaction): void {
    const touched = touchedKeys(doc, transaction);
    for (const { collection, key } of touched) {
      const conflict = conflictAt(doc, collection, key);
      if (conflict === null) open.delete(`${collection}|${key}`);
      else open.set(`${collection}|${key}`, conflict);
    }
    if (touched.length > 0) onchange();
  }

  doc.on('afterTransaction', refresh);
  return {
    all: () => [...open.values()],
    at: (collection, key) => open.get(`${collection}|${key}`) ?? null,
    count: (collection, keys) => [...keys].filter((key) => open.has(`${collection}|${key}`)).length,
    close: () => doc.off('afterTransaction', refresh),
  };
}

/** Keys whose conflict a transaction may have made, changed or settled; a loser that changed nothing visible included. */
function touchedKeys(doc: Y.Doc, transaction: Y.Transaction): readonly KeyInCollection[] {
  const written = tableMaps(doc).flatMap(([collection, map]) =>
    changedKeys(transaction, map)
      .filter(isRecordKey)
      .flatMap((key) => keysTouchedBy(map, key).map((touched) => ({ collection, key: touched }))),
  );
  return [...written, ...changedKeys(transaction, doc.getMap(DISMISSED)).map(dismissedTarget)];
}

interface KeyInCollection {
  readonly collection: string;
  readonly key: string;
}

/** A removal hides the conflicts of its record's fields; an edit of a removed record is a conflict of its removal. */
function keysTouchedBy(map: Y.Map<unknown>, key: string): readonly string[] {
  const { id, field } = keyParts(key);
  const removal = fieldKey(id, DELETED);
  if (field === DELETED) return [id, ...(editedFields(map).get(id) ?? []).map((name) => fieldKey(id, name)), key];
  return isWritten(map, removal) ? [key, removal] : [key];
}

function placeOf({ collection, id, field }: Conflict): string {
  return `${collection}|${field === null ? id : fieldKey(id, field)}`;
}
