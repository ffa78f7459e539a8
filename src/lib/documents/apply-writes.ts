import type * as Y from 'yjs';
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import type { DocumentWrite, MirrorRecord } from '#lib/governance/writes.ts';
import { nameFromText } from './document-name.ts';
import { schemaOf } from './documents.ts';
import { bytesOfSet, splitWrites, writePart, type Write } from './parts.ts';
import { readFields, writeBase, writeField } from './record-fields.ts';
import { DELETED, encodeBase, fieldKey, type Author } from './record-layout.ts';
import { isRemoved, removalOf } from './removal.ts';

/** Who writes what was decided. Who asked for it, and when, is in the record itself and in the decision log. */
const DECIDER: Author = { member: 'decider', at: '' };

/**
 * Writes what the decider decided for this document. Doing it again changes nothing. Large decisions become several
 * transactions, each small enough to send. (D15)
 */
export function applyWrites(doc: Y.Doc, writes: readonly DocumentWrite[]): void {
  const sets = [...lastPerRecord(writes)].flatMap((write) => setsOf(doc, write));
  for (const part of splitWrites(sets)) writePart(doc, part);
}

function lastPerRecord(writes: readonly DocumentWrite[]): Iterable<DocumentWrite> {
  const last = new Map<string, DocumentWrite>();
  for (const write of writes)
    last.set(`${write.collection}|${write.kind === 'put' ? write.record.id : write.id}`, write);
  return last.values();
}

function setsOf(doc: Y.Doc, write: DocumentWrite): readonly Write[] {
  const map = doc.getMap(write.collection);
  const fieldOf = fieldWriter(map, write.collection);
  if (write.kind === 'remove') {
    const { id } = write;
    return map.has(id) && !isRemoved(map, id) ? [fieldOf(id, DELETED, removalOf(map, id))] : [];
  }
  const name = nameFromText(write.document);
  const columns = name === null ? [] : (schemaOf(name.kind, write.collection)?.columns ?? []);
  const { id, fields } = fieldsOf(write.record);
  const present = readFields(map, id, columns);
  if (present === undefined || present === null) {
    const base = encodeBase(fields, columns);
    return [{ bytes: bytesOfSet(write.collection, id, base), apply: () => writeBase(map, id, base) }];
  }
  const changed = [...new Set([...Object.keys(present), ...Object.keys(fields)])]
    .filter((field) => !isSameJson(present[field], fields[field]))
    .map((field) => fieldOf(id, field, fields[field]));
  return isRemoved(map, id) ? [...changed, fieldOf(id, DELETED, false)] : changed;
}

function fieldWriter(map: Y.Map<unknown>, collection: string) {
  return (id: string, field: string, value: JsonValue | undefined): Write => ({
    bytes: bytesOfSet(collection, fieldKey(id, field), [value, DECIDER.member, DECIDER.at]),
    apply: () => writeField(map, id, field, value, DECIDER),
  });
}

function fieldsOf({ id, ...fields }: MirrorRecord): {
  readonly id: string;
  readonly fields: Readonly<Record<string, JsonValue>>;
} {
  return { id, fields: fields as Readonly<Record<string, JsonValue>> };
}
