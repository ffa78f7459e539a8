import * as Y from 'yjs';

const AT_ONCE = 16;

/**
 * The updates as one, a few at a time: Yjs looks at every update for each struct it takes, so that merging a thousand
 * at once takes ten times as long.
 */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let merged = updates;
  while (merged.length > 1) {
    const groups = Array.from({ length: Math.ceil(merged.length / AT_ONCE) }, (_, n) =>
      merged.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
    );
    merged = groups.map((group) => Y.mergeUpdates([...group]));
  }
  return merged[0] ?? EMPTY_UPDATE;
}

const EMPTY_UPDATE = new Uint8Array([0, 0]);
