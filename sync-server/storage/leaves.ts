/**
 * The SHA-256 of updates that compaction merged away: with them it can still be shown that an update was in its batch.
 * (A17)
 */
import { createHash } from 'node:crypto';

/** The hashes of consecutive rows, 32 bytes each. */
export interface Leaves {
  /** Number of the first of the rows. */
  readonly first: number;
  readonly hashes: Uint8Array;
}

interface Row {
  readonly first: number;
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Of rows that are about to be merged, in order: one that was merged before is in the leaves of that time. */
export function leavesOf(rows: readonly Row[]): readonly Leaves[] {
  const runs: Row[][] = [];
  for (const row of rows) {
    if (row.first !== row.seq) continue;
    const run = runs.at(-1);
    if (run?.at(-1)?.seq === row.seq - 1) run.push(row);
    else runs.push([row]);
  }
  return runs.map((run) => ({
    first: run[0]?.seq ?? 0,
    hashes: Buffer.concat(run.map(({ bytes }) => createHash('sha256').update(bytes).digest())),
  }));
}

/** The hash, in hex, of each row of these numbers that is known: from leaves, and from the rows that still stand alone. */
export function hashesBetween(
  first: number,
  last: number,
  kept: readonly Leaves[],
  alone: readonly { readonly seq: number; readonly hash: string }[],
): ReadonlyMap<number, string> {
  const found = new Map(alone.map(({ seq, hash }) => [seq, hash]));
  for (const leaves of kept) {
    const all = Buffer.from(leaves.hashes).toString('hex');
    const end = leaves.first + leaves.hashes.length / HASH_BYTES - 1;
    for (let seq = Math.max(first, leaves.first); seq <= Math.min(last, end); seq += 1) {
      const at = (seq - leaves.first) * 2 * HASH_BYTES;
      found.set(seq, all.slice(at, at + 2 * HASH_BYTES));
    }
  }
  return found;
}

const HASH_BYTES = 32;
