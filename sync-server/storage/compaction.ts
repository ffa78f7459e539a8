/** Which rows of a document become one: runs of many small rows, in order, and never across a gap. */

export interface RowSize {
  readonly first: number;
  readonly seq: number;
  readonly bytes: number;
  /** The row came before its predecessor: merging over the hole would hide it. */
  readonly gap: boolean;
}

/** Rows that have to gather before merging is worth reading them, and how large a merged row may grow. */
const ROWS_TO_GATHER = 256;
const MERGED_BYTES = 128 * 1024;

/**
 * Runs of at least two rows to merge, oldest first. The last merged row is taken up again while it is less than half
 * full, so that a byte is merged a bounded number of times however slowly rows come in.
 */
export function runsToMerge(rows: readonly RowSize[]): readonly (readonly RowSize[])[] {
  const candidates = tail(rows);
  if (candidates.filter((row) => row.first === row.seq).length < ROWS_TO_GATHER) return [];
  const runs: RowSize[][] = [[]];
  let size = 0;
  for (const row of candidates) {
    if (row.gap || size + row.bytes > MERGED_BYTES) {
      runs.push([]);
      size = 0;
    }
    if (row.gap) continue;
    runs.at(-1)?.push(row);
    size += row.bytes;
  }
  return runs.filter((run) => run.length > 1);
}

function tail(rows: readonly RowSize[]): readonly RowSize[] {
  const lastMerged = rows.findLastIndex((row) => row.first !== row.seq);
  const reuse = (rows[lastMerged]?.bytes ?? Infinity) < MERGED_BYTES / 2;
  return rows.slice(reuse ? lastMerged : lastMerged + 1);
}
