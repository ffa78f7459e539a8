/** What one action of a person wrote, as it is being written. */
import type * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';
import { assert } from '#lib/domain/result.ts';
import { tableMaps } from './document-maps.ts';
import { nameFromText } from './document-name.ts';
import { columnsOf } from './documents.ts';
import { changedKeys, visibleItem, valueOf, type ItemId, visibleContent } from './history.ts';
import { decodeBase, decodeEdit, isRecordKey, keyParts } from './record-layout.ts';

/** One key that a step wrote. */
export interface Change {
  readonly document: string;
  readonly collection: string;
  readonly key: string;
  /** Our write. */
  readonly item: ItemId;
  /** What was visible: the write (null for none, or the record's base) and its value (absent where it was not set). */
  readonly before: { readonly item: ItemId | null; readonly value?: JsonValue };
}

/** What one action of a person wrote: a cell, a paste, an import. Taken back as one. */
export interface UndoStep {
  readonly label: string;
  /** What to show or select when the step is taken back; the caller's own. */
  readonly range: JsonValue;
  readonly changes: readonly Change[];
}

/** Open documents by name. */
export type OpenDocuments = ReadonlyMap<string, Y.Doc>;

/** Does `work` and says what it wrote in these documents, in however many transactions. */
export function recordStep(docs: OpenDocuments, label: string, range: JsonValue, work: () => void): UndoStep {
  const changes = new Map<string, Change>();
  const stops = [...docs].map(([document, doc]) => {
    assert(doc._transaction === null, 'a step begins outside of a transaction');
    const note = (transaction: Y.Transaction): void => {
      for (const change of changesOf(document, doc, transaction)) {
        const place = `${document}|${change.collection}|${change.key}`;
        changes.set(place, { ...change, before: changes.get(place)?.before ?? change.before });
      }
    };
    doc.on('afterTransaction', note);
    return () => doc.off('afterTransaction', note);
  });
  try {
    work();
  } finally {
    for (const stop of stops) stop();
  }
  return { label, range, changes: [...changes.values()] };
}

function changesOf(document: string, doc: Y.Doc, transaction: Y.Transaction): readonly Change[] {
  const since = transaction.beforeState.get(doc.clientID) ?? 0;
  const isOurs = ({ lastId: { client, clock } }: Y.Item): boolean => client === doc.clientID && clock >= since;
  return tableMaps(doc).flatMap(([collection, map]) =>
    changedKeys(transaction, map)
      .filter(isRecordKey)
      .flatMap((key) => {
        const item = visibleItem(map, key);
        if (item === undefined || !isOurs(item)) return [];
        let previous = item.left;
        while (previous !== null && isOurs(previous)) previous = previous.left;
        const isReplacedBase = keyParts(key).field === null && previous !== null;
        const columns = columnsOf(nameFromText(document), collection);
        const before = previous === null ? baseBefore(map, key, columns) : editBefore(previous);
        return isReplacedBase ? [] : [{ document, collection, key, item: idOf(item), before }];
      }),
  );
}

function baseBefore(map: Y.Map<unknown>, key: string, columns: readonly string[]): Change['before'] {
  const { id, field } = keyParts(key);
  const value = field === null ? undefined : decodeBase(visibleContent(map, id), columns)?.[field];
  return { item: null, ...(value !== undefined && { value }) };
}

/** What a visible write says, before another replaces it. */
export function editBefore(item: Y.Item): Change['before'] {
  const value = decodeEdit(valueOf(item))?.[0];
  return { item: idOf(item), ...(value !== undefined && { value }) };
}

function idOf({ lastId: { client, clock } }: Y.Item): ItemId {
  return { client, clock };
}
