/** The file: a fixed start, a manifest with the hash of every piece, then the pieces. (X27) */
import * as v from 'valibot';

/** `OUTLAYBK`, format version and manifest length (both 32 bits, little end first), SHA-256 of the manifest in hex. */
export const START_LENGTH = 8 + 4 + 4 + 64;
export const FORMAT_VERSION = 1;
export const MAGIC = new TextEncoder().encode('OUTLAYBK');

/** The pieces follow each other without gaps, in this order: `content`, `rows`, then each receipt's files. */
export const manifestSchema = v.object({
  createdAt: v.string(),
  appVersion: v.string(),
  workspace: v.object({ id: v.string(), name: v.string() }),
  reportHash: v.string(),
  pieces: v.array(v.object({ name: v.string(), length: v.pipe(v.number(), v.safeInteger()), sha256: v.string() })),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

const row = v.object({
  key: v.string(),
  document: v.string(),
  format: v.picklist(['v1', 'v2']),
  checksum: v.number(),
  author: v.nullable(v.object({ member: v.string(), device: v.string() })),
  /** Of its bytes in the piece `rows`. */
  length: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const receipt = v.object({
  hash: v.string(),
  type: v.string(),
  size: v.number(),
  /** Names of pieces, or null. */
  original: v.nullable(v.string()),
  thumbnail: v.nullable(v.string()),
});

/** The piece `content`, unpacked: everything but bytes. */
export const contentSchema = v.object({
  rows: v.array(row),
  aside: v.array(v.object({ row, reason: v.string() })),
  receipts: v.array(receipt),
  records: v.record(v.string(), v.array(v.unknown())),
});

export type Content = v.InferOutput<typeof contentSchema>;

export async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new CompressionStream('gzip'));
}

/** Rejects when the bytes are no gzip. */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new DecompressionStream('gzip'));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
