/**
 * How devices ask for the audit chain: over HTTP beside the socket, with the pass that receipts are asked for with.
 * Shared with the server.
 *
 *   GET /chain/<workspace>/head?at=<number>         the signed head, and the hash of one entry: for every member
 *   GET /chain/<workspace>/entries?after=<number>   entries in order: for whoever may read any of it, without
 *                                                   what they may not read; with `&proofs=1` also the hashes of the
 *                                                   updates of the batches that are told
 */
import * as v from 'valibot';
import { count, hash } from '../schema/fields.ts';
import { signedHead, toldEntry, updatesLine, type UpdatesLine } from './entry-schema.ts';
import type { SignedHead } from './signed-head.ts';
import type { ToldEntry } from './entry.ts';

export interface HeadAnswer {
  readonly head: SignedHead;
  /** Hash of the entry that was asked about; null where the chain has none, or none that can be read. */
  readonly hash: string | null;
}

export interface EntriesAnswer {
  readonly entries: readonly ToldEntry[];
  /** The number of an entry that the server can no longer read. */
  readonly damagedAt: number | null;
  /** Hashes of the updates of these batches, as far as they are known and were asked for. */
  readonly updates: readonly UpdatesLine[];
}

/** Entries in one answer, at most. */
export const ENTRIES_A_PAGE = 1000;

export function headAddress(workspace: string, at: number): string {
  return `/chain/${workspace}/head?at=${at}`;
}

export function entriesAddress(workspace: string, after: number, withProofs: boolean): string {
  return `/chain/${workspace}/entries?after=${after}${withProofs ? '&proofs=1' : ''}`;
}

const headAnswer = v.object({ head: signedHead, hash: v.nullable(hash) });
const entriesAnswer = v.object({
  entries: v.array(toldEntry),
  damagedAt: v.nullable(count),
  updates: v.optional(v.array(updatesLine), []),
});

/** Reads an answer; null when it is none. */
export function readHeadAnswer(value: unknown): HeadAnswer | null {
  const read = v.safeParse(headAnswer, value);
  return read.success ? read.output : null;
}

export function readEntriesAnswer(value: unknown): EntriesAnswer | null {
  const read = v.safeParse(entriesAnswer, value);
  return read.success ? read.output : null;
}
