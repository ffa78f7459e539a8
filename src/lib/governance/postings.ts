/**
 * Where every expense stands that was ever posted, small enough for a million of them: one row of 56 bytes in a typed
 * array and a hash index of row numbers, nothing for the garbage collector to walk.
 *
 * Rows change in place, so a table is never shared by two states: `withPostings` hands it on to the next one and the
 * old handle is spent. Using a spent handle throws. That makes the fold as fast as a loop over an array, while every
 * caller that goes forward only, as deciding does, sees plain values.
 */
import { assert } from '#lib/domain/result.ts';
import { textDigest } from './digest.ts';

/** Where an expense stands: in the ledger, back in the inbox, or taken back for good. */
export type Standing = 'posted' | 'returned' | 'reversed';

export interface PostingStatus {
  /** The generation of its latest entry, and the one at which its present content was posted. */
  readonly generation: number;
  readonly postedAs: number;
  readonly standing: Standing;
  /** Digests of the expense as posted and of its latest entry. */
  readonly content: string;
  readonly digest: string;
}

/** The postings of one state. */
export interface Postings {
  /** Expenses ever posted. */
  readonly size: number;
  readonly table: PostingTable;
  readonly revision: number;
}

interface PostingTable {
  revision: number;
  size: number;
  /** STRIDE numbers a row: four of key, content and digest each; generation and standing; postedAs. */
  rows: Uint32Array;
  /** Row number + 1 by key, open addressing; a power of two long and never more than half full. */
  index: Uint32Array;
}

const STRIDE = 14;
const STANDINGS: readonly Standing[] = ['posted', 'returned', 'reversed'];

export function emptyPostings(): Postings {
  return handle({ revision: 0, size: 0, rows: new Uint32Array(STRIDE * 16), index: new Uint32Array(64) });
}

/** Where an expense stands; null when it was never posted. */
export function postingOf(postings: Postings, expenseId: string): PostingStatus | null {
  const { table } = current(postings);
  const row = table.index[slotOf(table, keyOf(expenseId))] ?? 0;
  return row === 0 ? null : read(table.rows, (row - 1) * STRIDE);
}

/** The postings after expenses came to stand anew. Spends `postings`. */
export function withPostings(
  postings: Postings,
  changes: readonly { readonly expenseId: string; readonly status: PostingStatus }[],
): Postings {
  const { table } = current(postings);
  for (const { expenseId, status } of changes) put(table, keyOf(expenseId), status);
  table.revision += 1;
  return handle(table);
}

/** The rows as bytes of their own, to be stored: 56 for each expense. */
export function bytesOfPostings(postings: Postings): Uint8Array<ArrayBuffer> {
  const { table } = current(postings);
  return new Uint8Array(table.rows.slice(0, table.size * STRIDE).buffer);
}

/** Postings from stored bytes; null when they cannot be that. */
export function postingsFromBytes(bytes: Uint8Array): Postings | null {
  const rowBytes = STRIDE * Uint32Array.BYTES_PER_ELEMENT;
  if (bytes.byteLength % rowBytes !== 0) return null;
  const size = bytes.byteLength / rowBytes;
  const rows = new Uint32Array(bytes.slice().buffer);
  const table = { revision: 0, size, rows, index: new Uint32Array(indexLength(size)) };
  reindex(table);
  return handle(table);
}

function handle(table: PostingTable): Postings {
  return { size: table.size, table, revision: table.revision };
}

function current(postings: Postings): Postings {
  assert(postings.revision === postings.table.revision, 'a state is used that was evolved since');
  return postings;
}

function put(table: PostingTable, key: Uint32Array, status: PostingStatus): void {
  let slot = slotOf(table, key);
  let row = table.index[slot] ?? 0;
  if (row === 0) {
    if (makeRoom(table)) slot = slotOf(table, key);
    table.size += 1;
    row = table.size;
    table.index[slot] = row;
    table.rows.set(key, (row - 1) * STRIDE);
  }
  const at = (row - 1) * STRIDE;
  putHex(table.rows, at + 4, status.content);
  putHex(table.rows, at + 8, status.digest);
  table.rows[at + 12] = status.generation * 4 + STANDINGS.indexOf(status.standing);
  table.rows[at + 13] = status.postedAs;
}

/** Makes room for one more row; true when the index was built anew and slots have moved. */
function makeRoom(table: PostingTable): boolean {
  const size = table.size + 1;
  if (size * STRIDE > table.rows.length) {
    const larger = new Uint32Array(Math.ceil(size * 1.5) * STRIDE);
    larger.set(table.rows);
    table.rows = larger;
  }
  if (size * 2 <= table.index.length) return false;
  table.index = new Uint32Array(indexLength(size));
  reindex(table);
  return true;
}

function indexLength(size: number): number {
  return 2 ** Math.max(6, Math.ceil(Math.log2(size * 2 + 1)));
}

function reindex(table: PostingTable): void {
  for (let row = 0; row < table.size; row += 1) {
    const at = row * STRIDE;
    table.index[slotOf(table, table.rows.subarray(at, at + 4))] = row + 1;
  }
}

/** The slot of a key, or the free one where it would go. Keys are digests, so their bits are evenly spread already. */
function slotOf({ rows, index }: PostingTable, key: Uint32Array): number {
  const mask = index.length - 1;
  let slot = (key[0] ?? 0) & mask;
  for (;;) {
    const row = index[slot] ?? 0;
    if (row === 0 || sameKey(rows, (row - 1) * STRIDE, key)) return slot;
    slot = (slot + 1) & mask;
  }
}

function sameKey(rows: Uint32Array, at: number, key: Uint32Array): boolean {
  return rows[at] === key[0] && rows[at + 1] === key[1] && rows[at + 2] === key[2] && rows[at + 3] === key[3];
}

function read(rows: Uint32Array, at: number): PostingStatus {
  const mark = rows[at + 12] ?? 0;
  const standing = STANDINGS[mark % 4];
  assert(standing !== undefined, `standing ${mark % 4}`);
  return {
    generation: Math.floor(mark / 4),
    postedAs: rows[at + 13] ?? 0,
    standing,
    content: hexAt(rows, at + 4),
    digest: hexAt(rows, at + 8),
  };
}

function keyOf(expenseId: string): Uint32Array {
  const key = new Uint32Array(4);
  putHex(key, 0, textDigest(expenseId));
  return key;
}

function putHex(words: Uint32Array, at: number, digest: string): void {
  assert(digest.length === 32, `${digest} is not a digest of 32 digits`);
  for (let i = 0; i < 4; i += 1) words[at + i] = Number.parseInt(digest.slice(i * 8, i * 8 + 8), 16);
}

function hexAt(words: Uint32Array, at: number): string {
  let digest = '';
  for (let i = at; i < at + 4; i += 1) digest += (words[i] ?? 0).toString(16).padStart(8, '0');
  return digest;
}
