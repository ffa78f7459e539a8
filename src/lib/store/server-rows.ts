/** Which of the rows a server sends are new here, and how far the unbroken run of rows then reaches. */

/** A run of server numbers that one row holds; a row that was never merged holds one. */
export interface Run {
  readonly first: number;
  readonly seq: number;
}

export interface Admission<R extends Run> {
  /** In the server's order. */
  readonly fresh: readonly R[];
  /** Every number up to here is on the device. */
  readonly cursor: number;
}

/** Rows may come twice, late or in any order; `stored` are the runs above the cursor that are already here. (S7) */
export function admit<R extends Run>(cursor: number, stored: readonly Run[], incoming: readonly R[]): Admission<R> {
  const fresh: R[] = [];
  let reach = cursor;
  let longest = cursor;
  for (const { run, row } of inOrder(stored, incoming)) {
    if (row !== null && run.seq > longest) fresh.push(row);
    longest = Math.max(longest, run.seq);
    if (run.first <= reach + 1) reach = Math.max(reach, run.seq);
  }
  return { fresh, cursor: reach };
}

/** By first number, the longer run first: whoever comes later and ends no later than the longest so far is covered. */
function inOrder<R extends Run>(stored: readonly Run[], incoming: readonly R[]) {
  const runs = [...stored.map((run) => ({ run, row: null })), ...incoming.map((row) => ({ run: row, row }))];
  return runs.toSorted((a, b) => a.run.first - b.run.first || b.run.seq - a.run.seq);
}
