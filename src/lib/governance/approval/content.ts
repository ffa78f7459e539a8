/**
 * What exactly was approved or closed: the visible content of one document as text, and its SHA-256. Whoever has the
 * downloaded bytes can check the hash with any tool. (A1)
 */
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import { fullDigest } from '../digest.ts';
import type { SealedDocument } from './request.ts';

/** One record that is not removed: its collection, its id and its visible fields. */
export type ContentRecord = readonly [collection: string, id: string, fields: JsonValue];

/** The canonical snapshot of a document. Its records are in the order of collection and id. */
export function contentText(document: string, records: readonly ContentRecord[]): string {
  return canonicalJson({ document, records });
}

/** SHA-256 over the canonical snapshot, in hex. */
export function contentHash(document: string, records: readonly ContentRecord[]): string {
  return fullDigest({ document, records });
}

/** The document that a canonical snapshot was taken of, from its first bytes; null when they are none. */
export function documentOfContent(snapshot: Uint8Array): string | null {
  const [, document = null] =
    /^\{"document":"([^"\\]+)",/.exec(new TextDecoder().decode(snapshot.subarray(0, 512))) ?? [];
  return document;
}

/** One hash over several documents: a version's parts, a month's ledger. */
export function hashOfDocuments(documents: readonly SealedDocument[]): string {
  const named = documents.map(({ document, hash }) => [document, hash] as const);
  return fullDigest(named.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))));
}
