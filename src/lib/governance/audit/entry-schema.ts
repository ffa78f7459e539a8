/** Entries and signed heads as they may come from a file, a server or a store. */
import * as v from 'valibot';
import { count, digest, hash, id, instant, shortText } from '../schema/fields.ts';
import { WITHHELD, type ToldEntry } from './entry.ts';
import type { SignedHead } from './signed-head.ts';

const chained = { seq: count, previous: hash, at: instant, digest: hash, hash };

const batch = v.strictObject({
  salt: digest,
  member: id,
  device: shortText,
  document: shortText,
  incarnation: shortText,
  first: count,
  last: count,
  root: hash,
});

const decision = v.strictObject({ salt: digest, log: count, logHash: hash, command: shortText, by: id });

export const toldEntry: v.GenericSchema<unknown, ToldEntry> = v.variant('kind', [
  v.strictObject({ ...chained, kind: v.literal('batch'), contents: told(batch) }),
  v.strictObject({ ...chained, kind: v.literal('decision'), contents: told(decision) }),
]);

function told<T>(contents: v.GenericSchema<unknown, T>) {
  return v.union([v.null(), v.literal(WITHHELD), contents]);
}

export const signedHead: v.GenericSchema<unknown, SignedHead> = v.strictObject({
  workspace: id,
  seq: count,
  hash,
  at: instant,
  key: hash,
  signature: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/, 'a signature')),
});

/** The hashes of the updates of the batch that entry `updatesOf` states. */
export interface UpdatesLine {
  readonly updatesOf: number;
  readonly hashes: readonly string[];
}

export const updatesLine: v.GenericSchema<unknown, UpdatesLine> = v.strictObject({
  updatesOf: count,
  hashes: v.pipe(v.array(hash), v.readonly()),
});
