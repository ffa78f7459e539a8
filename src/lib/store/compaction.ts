/** Merging a document's many small rows into few large ones, so that it loads fast. */
import * as Y from 'yjs';
import { isIntact, updateChecksum } from '#lib/documents/update-row.ts';
import type { Database, StoredRow } from './database.ts';
import { noteOwn } from './own-rows.ts';
import { documentNamed } from './quarantine.ts';
import { planSegments, type CompactionTerms } from './segments.ts';
import { rowsSince } from './stored-rows.ts';

/**
 * Merges what may be merged, in one transaction under a Web Lock, and says how many rows fewer there are. Call it only
 * for a document without a gap: what waits for a predecessor must stay as it came. (S14)
 */
export function compact(
  database: Database,
  name: string,
  terms: Omit<CompactionTerms, 'cursor'> & { readonly newId: () => string },
): Promise<number> {
  return navigator.locks.request(`outlay-compact:${database.name}`, () =>
    database.transaction('rw', database.updates, database.documents, async () => {
      const rows = await rowsSince(database, name, 0);
      const document = await documentNamed(database, name);
      const groups = planSegments(rows, { ...terms, cursor: document.cursor }).filter((group) => group.every(isIntact));
      if (groups.length > 0) await database.documents.put(noteOwn(document, groups.flat()));
      for (const group of groups) {
        await database.updates.bulkDelete(group.map((row) => row.number));
        await database.updates.add(merged(group, terms.newId()));
      }
      return groups.reduce((fewer, group) => fewer + group.length - 1, 0);
    }),
  );
}

/**
 * One row for several, with a key of its own: under an old key the server would think it has it. It takes the number of
 * the last, so that whoever has read that far has read it.
 */
function merged(rows: readonly StoredRow[], key: string): StoredRow {
  const [first] = rows as readonly [StoredRow];
  const bytes = Y.mergeUpdatesV2(rows.map((row) => (row.format === 'v2' ? row.bytes : inV2(row.bytes))));
  return {
    ...first,
    key,
    number: Math.max(...rows.map((row) => row.number)),
    bytes,
    format: 'v2',
    checksum: updateChecksum(bytes, 'v2'),
    serverSeq: rows.at(-1)?.serverSeq ?? null,
    author: null,
  };
}

function inV2(bytes: Uint8Array): Uint8Array {
  return Y.convertUpdateFormatV1ToV2(bytes);
}
