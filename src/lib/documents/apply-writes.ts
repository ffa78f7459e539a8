import type * as Y from 'yjs';
import { isWritten } from './history.ts';
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import type { DocumentWrite, MirrorRecord } from '#lib/governance/document-write.ts';
import { nameFromText } from './document-name.ts';
import { columnsOf } from './documents.ts';
import { readFields, visibleValue, writeBase, writeField } from './record-fields.ts';
import { DELETED, encodeBase, type Author } from './record-layout.ts';
import { isRemoved, removalOf } from './removal.ts';
import { inParts } from './split-transactions.ts';

/** Who writes what was decided. Who asked for it, and when, is in the record itself and in the decision log. */
const DECIDER: Author = { member: 'decider', at: '' };

/**
 * Writes what the decider decided for this document. Doing it again changes nothing. Large decisions become several
 * transactions, each small enough to send. (D15)
 */
export function applyWrites(doc: Y.Doc, writes: readonly DocumentWrite[]): void {
  inParts(doc, writes, (write) => {
    const map = doc.getMap(write.collection);
    if (write.kind === 'remove') remove(map, write.id);
    else if (write.kind === 'amend') amend(map, write, columnsOf(nameFromText(write.document), write.collection));
    else put(map, write.record, columnsOf(nameFromText(write.document), write.collection));
  });
}

function remove(map: Y.Map<unknown>, id: string): void {
  if (isWritten(map, id) && !isRemoved(map, id)) writeField(map, id, DELETED, removalOf(map, id), DECIDER);
}

function amend(
  map: Y.Map<unknown>,
  { id, fields }: Extract<DocumentWrite, { kind: 'amend' }>,
  columns: readonly string[],
): void {
  if (!isWritten(map, id)) return;
  for (const [field, value] of Object.entries(fields as Readonly<Record<string, JsonValue>>)) {
    if (!isSameJson(visibleValue(map, id, field, columns), value)) writeField(map, id, field, value, DECIDER);
  }
}

function put(map: Y.Map<unknown>, { id, ...rest }: MirrorRecord, columns: readonly string[]): void {
  const fields = rest as Readonly<Record<string, JsonValue>>;
  const present = readFields(map, id, columns);
  if (present === undefined || present === null) {
    writeBase(map, id, encodeBase(fields, columns));
    return;
  }
  for (const field of new Set([...Object.keys(present), ...Object.keys(fields)])) {
    if (!isSameJson(present[field], fields[field])) writeField(map, id, field, fields[field], DECIDER);
  }
  if (isRemoved(map, id)) writeField(map, id, DELETED, false, DECIDER);
}
