/**
 * SHA-256 of plain data. It is computed at once rather than by WebCrypto's promises, because deciding is a plain
 * function: lib0 brings an implementation for browsers and uses Node's own where there is one.
 */
import { digest as sha256 } from 'lib0/hash/sha256';
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';

const encoder = new TextEncoder();

/** 64 hex digits over the canonical JSON of a value: what the chain of the decision log is made of. */
export function fullDigest(value: unknown): string {
  return hex(sha256(encoder.encode(canonicalJson(value as JsonValue))));
}

/** 32 hex digits over the canonical JSON of a value: enough that nobody finds a second value with the same. */
export function contentDigest(value: unknown): string {
  return textDigest(canonicalJson(value as JsonValue));
}

/** 32 hex digits over text as it stands. */
export function textDigest(text: string): string {
  return hex(sha256(encoder.encode(text)).subarray(0, 16));
}

/** The id of an entry. The same posting always has the same id, wherever and however often it is made. (G2) */
export function entryId(expenseId: string, generation: number, side: 'entry' | 'reversal'): string {
  return textDigest(`${expenseId}|${generation}|${side}`);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}
