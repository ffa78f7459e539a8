import type * as Y from 'yjs';
import { isId } from '#lib/domain/id.ts';
import { contentHash, type ContentRecord } from '#lib/governance/approval/content.ts';
import type { DocumentFact } from '#lib/governance/approval/facts.ts';
import { tableMaps } from './document-maps.ts';
import { nameFromText } from './document-name.ts';
import { columnsOf } from './documents.ts';
import { isIncomplete } from './new-document.ts';
import { readFields } from './record-fields.ts';
import { isRemoved } from './removal.ts';

/** What can be seen in a document: its records that are not removed, in the order of collection and id. (D18) */
export function contentOf(name: string, doc: Y.Doc): readonly ContentRecord[] {
  const found: ContentRecord[] = [];
  for (const [collection, map] of tableMaps(doc)) {
    const columns = columnsOf(nameFromText(name), collection);
    for (const id of [...map._map.keys()].filter(isId).sort()) {
      if (!isRemoved(map, id)) found.push([collection, id, readFields(map, id, columns) ?? null]);
    }
  }
  return found;
}

/** A document as a decision rests on it. */
export function factOf(
  name: string,
  doc: Y.Doc,
  { head, authors }: Pick<DocumentFact, 'head' | 'authors'>,
): DocumentFact {
  const records = contentOf(name, doc);
  return { head, authors, records, hash: contentHash(name, records), isComplete: !isIncomplete(doc) };
}
