/** Changes that did not come to stand, written once more as fresh edits. */
import type * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';
import { nameFromText } from './document-name.ts';
import { columnsOf } from './documents.ts';
import { isWritten } from './history.ts';
import type { RecordChange } from './journal.ts';
import { DELETED, encodeBase, type Author } from './record-layout.ts';
import { writeBase, writeField } from './record-fields.ts';
import { isRemoved, removalOf } from './removal.ts';
import { inParts } from './split-transactions.ts';

type Change = Pick<RecordChange, 'collection' | 'id' | 'what'>;

/**
 * Writes the changes into a document in their order and tells how many there was a place for: what was edited in a
 * record that is not here is left out, and a record that is here already is not added again. (D27)
 */
export function writeAgain(doc: Y.Doc, name: string, changes: readonly Change[], by: Author): number {
  let written = 0;
  inParts(doc, changes, ({ collection, id, what }) => {
    const map = doc.getMap(collection);
    const isHere = isWritten(map, id);
    if (isHere === (what.kind === 'added')) return;
    if (what.kind === 'added') writeBase(map, id, encodeBase(what.fields, columnsOf(nameFromText(name), collection)));
    else if (what.kind === 'edited') writeField(map, id, what.field, what.to, by);
    else if (isRemoved(map, id) !== (what.kind === 'removed'))
      writeField(map, id, DELETED, mark(map, id, what.kind), by);
    written += 1;
  });
  return written;
}

function mark(map: Y.Map<unknown>, id: string, kind: 'removed' | 'restored'): JsonValue {
  return kind === 'removed' ? removalOf(map, id) : false;
}
