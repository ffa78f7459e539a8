/**
 * A collection of a document as a table of records that merge field by field. Nothing but `map.set` is ever used, so
 * no write of anyone can take another's away. (D3, D5)
 */
import type * as Y from 'yjs';
import { isId } from '#lib/domain/id.ts';
import { isSameJson } from '#lib/domain/json.ts';
import { assert } from '#lib/domain/result.ts';
import { changedKeys, isWritten } from './history.ts';
import { DELETED, encodeBase, isRecordKey, keyParts, type Author, type Fields } from './record-layout.ts';
import { readFields, visibleValue, writeBase, writeField } from './record-fields.ts';
import { isRemoved, removalOf } from './removal.ts';
import { readRecord, type Identified, type RecordSchema, type Unreadable } from './record-schema.ts';

export interface Table<R extends Identified> {
  readonly collection: string;
  /** The record, or undefined when it is not here, removed, or unreadable. */
  get(id: string): R | undefined;
  /** Whether a record of this id was ever inserted, removed or not. */
  has(id: string): boolean;
  isRemoved(id: string): boolean;
  /** Every record that is not removed and can be read, in the order of the map. */
  all(): Iterable<R>;
  /** Records that reading has found unreadable so far and that still are. */
  unreadable(): readonly Unreadable[];
  /** Adds a record whose id is new. */
  insert(record: R): void;
  /** Writes those of the fields that differ from what is visible; `undefined` unsets one. */
  revise(id: string, fields: Fields, by: Author): void;
  remove(id: string, by: Author): void;
  restore(id: string, by: Author): void;
  /** Ids that a transaction touched, also where its write lost and nothing visible changed. */
  changed(transaction: Y.Transaction): ReadonlySet<string>;
}

/** Opens a collection. Opening writes nothing and may be done as often as one likes. */
export function openTable<R extends Identified>(doc: Y.Doc, collection: string, schema: RecordSchema<R>): Table<R> {
  const map = doc.getMap(collection);
  const unreadable = new Map<string, Unreadable>();

  function get(id: string): R | undefined {
    const fields = isRemoved(map, id) ? undefined : readFields(map, id, schema.columns);
    if (fields === undefined) return undefined;
    const read = fields === null ? { why: 'its base is damaged' } : readRecord(schema, id, fields);
    if ('record' in read) {
      unreadable.delete(id);
      return read.record;
    }
    unreadable.set(id, { collection, id, why: read.why });
    return undefined;
  }

  function* all(): Generator<R> {
    for (const key of map._map.keys()) {
      const record = isId(key) ? get(key) : undefined;
      if (record !== undefined) yield record;
    }
  }

  function revise(id: string, fields: Fields, by: Author): void {
    assert(isWritten(map, id), `${collection} ${id} is here to be revised`);
    doc.transact(() => {
      for (const [field, value] of Object.entries(fields)) {
        const visible = visibleValue(map, id, field, schema.columns);
        if (!isSameJson(visible, value)) writeField(map, id, field, value, by);
      }
    });
  }

  return {
    collection,
    get,
    all,
    revise,
    has: (id) => isWritten(map, id),
    isRemoved: (id) => isRemoved(map, id),
    unreadable: () => [...unreadable.values()],
    insert(record) {
      assert(isId(record.id) && !isWritten(map, record.id), `${collection} '${record.id}' is a new id`);
      writeBase(map, record.id, encodeBase(schema.toFields(record), schema.columns));
    },
    remove(id, by) {
      assert(isWritten(map, id), `${collection} ${id} is here to be removed`);
      if (!isRemoved(map, id)) writeField(map, id, DELETED, removalOf(map, id), by);
    },
    restore(id, by) {
      if (isRemoved(map, id)) writeField(map, id, DELETED, false, by);
    },
    changed: (transaction) => changedIds(transaction, map),
  };
}

function changedIds(transaction: Y.Transaction, map: Y.Map<unknown>): ReadonlySet<string> {
  return new Set(
    changedKeys(transaction, map)
      .filter(isRecordKey)
      .map((key) => keyParts(key).id),
  );
}
