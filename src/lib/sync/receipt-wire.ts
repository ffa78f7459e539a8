/**
 * How receipts travel: over HTTP beside the socket, so that a large file never stands before an update. Shared with the
 * server. A file is known by the SHA-256 of its content and goes up in parts; whatever is asked twice is done once.
 *
 *   PUT /receipts/<workspace>/<hash>?for=<inbox>&size=<bytes>&from=<offset>    a part; empty: how far is it?
 *   GET /receipts/<workspace>/<hash>?for=<inbox or ledger>                     the file, or a `Range` of it
 *
 * Both carry `Authorization: Bearer <pass>`, which the device signs itself with the key the server knows it by.
 */
import { hexOf } from '#lib/domain/sha256.ts';

/** Bytes of one part. */
export const PART_BYTES = 512 * 1024;
/** How long a pass lasts. */
export const PASS_MS = 10 * 60_000;

/** Why a receipt is not taken or not given. */
export const RECEIPT_REFUSALS = {
  'pass-invalid': 401,
  'not-allowed': 403,
  unknown: 404,
  'too-large': 413,
  'not-a-receipt': 415,
  'wrong-hash': 422,
  /** The workspace has as many bytes of receipts as it may. */
  'quota-full': 507,
  malformed: 400,
} as const;
export type ReceiptRefusal = keyof typeof RECEIPT_REFUSALS;

/** `part`: so many bytes are here, go on from there. `kept`: all of it is on disk. */
export type ReceiptAnswer =
  | { readonly kind: 'kept' }
  | { readonly kind: 'part'; readonly received: number }
  | { readonly kind: 'refused'; readonly reason: ReceiptRefusal; readonly sentence: string };

export interface PartAddress {
  readonly workspace: string;
  readonly hash: string;
  /** The inbox that the expense stands in, as text. */
  readonly document: string;
  readonly size: number;
  readonly from: number;
}

export function partAddress({ workspace, hash, document, size, from }: PartAddress): string {
  return `/receipts/${workspace}/${hash}?for=${encodeURIComponent(document)}&size=${size}&from=${from}`;
}

export function wholeAddress({ workspace, hash, document }: Omit<PartAddress, 'size' | 'from'>): string {
  return `/receipts/${workspace}/${hash}?for=${encodeURIComponent(document)}`;
}

export function isContentHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Reads an answer of the server; null when it is none. */
export function readReceiptAnswer(text: string): ReceiptAnswer | null {
  const value = jsonOf(text);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'kept') return { kind: 'kept' };
  if (value.kind === 'part' && 'received' in value && Number.isSafeInteger(value.received)) {
    return { kind: 'part', received: Number(value.received) };
  }
  if (value.kind !== 'refused' || !('reason' in value) || !('sentence' in value)) return null;
  const { reason, sentence } = value;
  return typeof reason === 'string' && reason in RECEIPT_REFUSALS && typeof sentence === 'string'
    ? { kind: 'refused', reason: reason as ReceiptRefusal, sentence }
    : null;
}

/** Who asks, until when (epoch milliseconds), and the device's signature of both. */
export interface Pass {
  readonly workspace: string;
  readonly device: string;
  readonly until: number;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** What a device signs: worth nothing for anything but reading and sending files of this workspace, and for minutes only. */
export function passText({ workspace, device, until }: Omit<Pass, 'signature'>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`outlay receipts pass\n${workspace}\n${device}\n${until}`);
}

export function passToText({ workspace, device, until, signature }: Pass): string {
  return [workspace, device, until, hexOf(signature)].join('~');
}

export function passFromText(text: string): Pass | null {
  const [workspace = '', device = '', until = '', signature = '', ...rest] = text.split('~');
  const isWhole = rest.length === 0 && /^\d{1,15}$/.test(until) && /^[0-9a-f]{128}$/.test(signature);
  return isWhole ? { workspace, device, until: Number(until), signature: bytesOf(signature) } : null;
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
