/** Which rows of a document may be merged into one: by bytes, never across a row that the server has not acknowledged. */
import type { StoredRow } from './database.ts';

/** Nothing larger is made by merging, so that every part can still be sent. */
const SEGMENT_BYTES = 128 * 1024;

export interface CompactionTerms {
  /** Whether a server keeps the document too: then only what it has acknowledged is merged. */
  readonly isShared: boolean;
  /** Every server row up to here is on the device: only those have a settled place. */
  readonly cursor: number;
  /** Rows above this number have not been projected yet and stay as they are. */
  readonly upTo: number;
}

/** Groups of two or more rows, each to become one segment; `rows` is one document's, in order. (S14) */
export function planSegments(
  rows: readonly StoredRow[],
  terms: CompactionTerms,
  limit = SEGMENT_BYTES,
): readonly (readonly StoredRow[])[] {
  const groups: StoredRow[][] = [];
  for (const stretch of stretches(rows, terms, limit)) {
    let size = Infinity;
    let end = NaN;
    for (const row of stretch) {
      const follows = row.firstSeq === null ? Number.isNaN(end) : row.firstSeq === end + 1;
      if (size + row.bytes.length > limit || !follows) {
        groups.push([]);
        size = 0;
      }
      groups.at(-1)?.push(row);
      size += row.bytes.length;
      end = row.serverSeq ?? NaN;
    }
  }
  return groups.filter((group) => group.length > 1);
}

/**
 * Unbroken runs of rows that may be merged at all, each in the server's order where there is one. A row of half a
 * segment or more is left alone: merging it again and again would write it again and again.
 */
function stretches(rows: readonly StoredRow[], terms: CompactionTerms, limit: number): readonly StoredRow[][] {
  const runs: StoredRow[][] = [[]];
  for (const row of rows) {
    if (row.number > terms.upTo) break;
    if (mayMerge(row, terms) && row.bytes.length < limit / 2) runs.at(-1)?.push(row);
    else runs.push([]);
  }
  return runs.map((run) => run.sort((a, b) => (a.firstSeq ?? 0) - (b.firstSeq ?? 0) || a.number - b.number));
}

function mayMerge(row: StoredRow, { isShared, cursor }: CompactionTerms): boolean {
  if (!isShared) return row.state !== 'rejected';
  return row.state === 'durable' && row.serverSeq !== null && row.serverSeq <= cursor;
}
