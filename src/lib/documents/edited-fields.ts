/** Which fields of which records have been edited: what lets a record be read without searching its whole map. */
import type * as Y from 'yjs';
import { changedKeys } from './history.ts';
import { isRecordKey, keyParts } from './record-layout.ts';

type FieldsById = Map<string, string[]>;

const known = new WeakMap<Y.Map<unknown>, FieldsById>();

/** Edited fields by record id. Made by one pass over the map, then kept current for as long as the map lives. */
export function editedFields(map: Y.Map<unknown>): ReadonlyMap<string, readonly string[]> {
  const found = known.get(map);
  if (found !== undefined) return found;
  const fields: FieldsById = new Map();
  for (const key of map._map.keys()) add(fields, key);
  map.observe((event) => {
    for (const key of changedKeys(event.transaction, map)) add(fields, key);
  });
  known.set(map, fields);
  return fields;
}

/** Makes an edit known at once, so that it can be read within the transaction that writes it. */
export function noteEdit(map: Y.Map<unknown>, key: string): void {
  const fields = known.get(map);
  if (fields !== undefined) add(fields, key);
}

function add(fields: FieldsById, key: string): void {
  const { id, field } = keyParts(key);
  if (field === null || !isRecordKey(key)) return;
  const edited = fields.get(id);
  if (edited === undefined) fields.set(id, [field]);
  else if (!edited.includes(field)) edited.push(field);
}
