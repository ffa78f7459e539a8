import CRC32C from 'crc-32/crc32c.js';

/** How the bytes of an update are written: Yjs's first or second encoding. Each decoder misreads the other's silently. */
export type UpdateFormat = 'v1' | 'v2';

/** One stored update: the truth on the device and on the server. Its bytes are kept exactly as typed or received. */
export interface UpdateRow {
  /** Unique id made by the device that wrote the row. */
  readonly key: string;
  /** Document name as text (`nameToText`). */
  readonly document: string;
  readonly bytes: Uint8Array;
  readonly format: UpdateFormat;
  /** `updateChecksum(bytes, format)` when the row was made. */
  readonly checksum: number;
  readonly state: 'unacknowledged' | 'durable' | 'rejected';
  /** Position in the server's log of the document; null until the server has it. */
  readonly serverSeq: number | null;
  /** Who wrote it, by the server's binding of client ids; null when not known. */
  readonly author: { readonly member: string; readonly device: string } | null;
}

/** CRC-32C over the format and the bytes, as an unsigned 32-bit number: any single flipped bit changes it. (D2) */
export function updateChecksum(bytes: Uint8Array, format: UpdateFormat): number {
  return CRC32C.buf(bytes, CRC32C.str(format)) >>> 0;
}

/** Whether the row's bytes are still those that were stored; false means: set aside, never apply, fetch again. (D2) */
export function isIntact(row: Pick<UpdateRow, 'bytes' | 'format' | 'checksum'>): boolean {
  return updateChecksum(row.bytes, row.format) === row.checksum;
}
