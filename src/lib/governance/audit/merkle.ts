/** The Merkle tree hash of RFC 6962, section 2.1: one hash for many updates, of which each can be shown to be in it. (A4) */
import { fromHexString, toHexString } from 'lib0/buffer';
import { digest as sha256 } from 'lib0/hash/sha256';

/** Root over the SHA-256 of each update, as hex. */
export function updateRoot(updates: readonly Uint8Array[]): string {
  return toHexString(treeHash(updates.map((update) => sha256(update))));
}

/** Root over hashes of updates that are hex already: the same as `updateRoot` of the updates themselves. */
export function rootOfHashes(hashes: readonly string[]): string {
  return toHexString(treeHash(hashes.map((hash) => fromHexString(hash))));
}

/** The tree hash over the leaves as they stand. */
export function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return prefixed(LEAF, only);
  const split = largestPowerBelow(leaves.length);
  return prefixed(NODE, treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

const LEAF = 0;
const NODE = 1;

function prefixed(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256(bytes);
}

/** The largest power of two smaller than `n`, for `n` above 1. */
function largestPowerBelow(n: number): number {
  return 2 ** (31 - Math.clz32(n - 1));
}
