/** Reading and writing the single fields of records: base and edits, put together. */
import type * as Y from 'yjs';
import { visibleContent } from './history.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { assert } from '#lib/domain/result.ts';
import { editedFields, noteEdit } from './edited-fields.ts';
import { decodeBase, decodeEdit, DELETED, fieldKey, setField, type Author, type Edit } from './record-layout.ts';
import { markFormat, readOnlyReason } from './format.ts';
import { bytesOfSet, countSet, SET_BYTES } from './written-bytes.ts';

/** A record's visible fields; undefined when it has no base here, null when its base cannot be read. */
export function readFields(
  map: Y.Map<unknown>,
  id: string,
  columns: readonly string[],
): Record<string, JsonValue> | null | undefined {
  const base = visibleContent(map, id);
  if (base === undefined) return undefined;
  const fields = decodeBase(base, columns);
  if (fields === null) return null;
  for (const field of editedFields(map).get(id) ?? []) {
    const edit = decodeEdit(visibleContent(map, fieldKey(id, field)));
    if (edit !== null && field !== DELETED) setField(fields, field, edit[0]);
  }
  return fields;
}

/** The visible value of one field, undefined where it is not set. */
export function visibleValue(
  map: Y.Map<unknown>,
  id: string,
  field: string,
  columns: readonly string[],
): JsonValue | undefined {
  const edit = decodeEdit(visibleContent(map, fieldKey(id, field)));
  return edit === null ? decodeBase(visibleContent(map, id), columns)?.[field] : edit[0];
}

/** Writes a field whatever is visible there. */
export function writeField(
  map: Y.Map<unknown>,
  id: string,
  field: string,
  value: JsonValue | undefined,
  by: Author,
): void {
  assert(field !== 'id' && field !== '', `'${field}' is a field to write`);
  const edit: Edit = [value, by.member, by.at];
  write(map, fieldKey(id, field), edit);
}

export function writeBase(map: Y.Map<unknown>, id: string, base: string): void {
  write(map, id, base);
}

/** The one place where records are written. */
function write(map: Y.Map<unknown>, key: string, value: string | Edit): void {
  const { doc } = map;
  assert(doc !== null && readOnlyReason(doc) === null, 'a document of a newer format is not written');
  const bytes = bytesOfSet(key, value);
  assert(bytes <= SET_BYTES, `${key} takes ${bytes} bytes; texts are bounded where they are typed or read`);
  doc.transact(() => {
    markFormat(doc);
    map.set(key, value);
    noteEdit(map, key);
    countSet(doc, bytes);
  });
}
