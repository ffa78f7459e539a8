/** Reading a backup file: all of it is in order, or nothing of it is used. (X28) */
import * as v from 'valibot';
import type { JsonValue } from '#lib/domain/json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sha256 } from '#lib/domain/sha256.ts';
import type { Backup, BackupRefusal, BackupRow } from './backup.ts';
import { contentSchema, FORMAT_VERSION, MAGIC, manifestSchema, START_LENGTH, unpacked } from './format.ts';
import type { Content, Manifest } from './format.ts';

export async function decodeBackup(bytes: Uint8Array<ArrayBuffer>): Promise<Result<Backup, BackupRefusal>> {
  const opened = await readManifest(bytes);
  if (!opened.ok) return opened;
  const { manifest, end } = opened.value;
  const expected = manifest.pieces.reduce((length, piece) => length + piece.length, end);
  if (bytes.length < expected) return err({ kind: 'truncated-backup', expected, found: bytes.length });
  if (bytes.length > expected) return damaged('the end');

  const pieces = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = end;
  for (const { name, length, sha256: stated } of manifest.pieces) {
    const piece = bytes.subarray(at, at + length);
    if ((await sha256(piece)) !== stated) return damaged(name);
    pieces.set(name, piece);
    at += length;
  }
  return readPieces(manifest, pieces);
}

interface Opened {
  readonly manifest: Manifest;
  /** Where the pieces start. */
  readonly end: number;
}

async function readManifest(bytes: Uint8Array<ArrayBuffer>): Promise<Result<Opened, BackupRefusal>> {
  if (bytes.length < MAGIC.length || !MAGIC.every((byte, i) => bytes[i] === byte)) return err({ kind: 'not-a-backup' });
  if (bytes.length < START_LENGTH)
    return err({ kind: 'truncated-backup', expected: START_LENGTH, found: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const version = view.getUint32(8, true);
  if (version > FORMAT_VERSION) return err({ kind: 'newer-backup', version, known: FORMAT_VERSION });
  const end = START_LENGTH + view.getUint32(12, true);
  if (bytes.length < end) return err({ kind: 'truncated-backup', expected: end, found: bytes.length });
  const text = bytes.subarray(START_LENGTH, end);
  const stated = new TextDecoder().decode(bytes.subarray(16, START_LENGTH));
  if (version !== FORMAT_VERSION || stated !== (await sha256(text))) return damaged('the manifest');
  const manifest = v.safeParse(manifestSchema, jsonOf(text));
  return manifest.success ? ok({ manifest: manifest.output, end }) : damaged('the manifest');
}

async function readPieces(
  manifest: Manifest,
  pieces: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Result<Backup, BackupRefusal>> {
  const content = v.safeParse(contentSchema, jsonOf(await unpackedPiece(pieces.get('content'))));
  const rowBytes = await unpackedPiece(pieces.get('rows'));
  if (!content.success || rowBytes === undefined) return damaged('content');
  const stored = [...content.output.rows, ...content.output.aside.map(({ row }) => row)];
  const rows = withBytes(stored, rowBytes);
  if (rows === undefined) return damaged('rows');

  const { aside, receipts, records } = content.output;
  const file = (name: string | null): Uint8Array<ArrayBuffer> | null =>
    name === null ? null : (pieces.get(name) ?? null);
  const read = receipts.map((receipt) => ({
    ...receipt,
    original: file(receipt.original),
    thumbnail: file(receipt.thumbnail),
  }));
  const own = new Map(manifest.pieces.map((piece) => [piece.name, piece.sha256]));
  const wrong = receipts.find(({ hash, original }) => original !== null && own.get(original) !== hash);
  if (wrong !== undefined) return damaged(`receipt ${wrong.hash}`);
  return ok({
    createdAt: manifest.createdAt,
    appVersion: manifest.appVersion,
    workspace: manifest.workspace,
    reportHash: manifest.reportHash,
    rows: rows.slice(0, content.output.rows.length),
    aside: aside.flatMap(({ reason }, i) => {
      const row = rows[content.output.rows.length + i];
      return row === undefined ? [] : [{ row, reason }];
    }),
    receipts: read,
    // Values of a parsed JSON text are JSON; what they mean is for their readers to check.
    records: records as Record<string, JsonValue[]>,
  });
}

/** Undefined when the lengths do not add up to the bytes. */
function withBytes(rows: Content['rows'], bytes: Uint8Array): readonly BackupRow[] | undefined {
  let at = 0;
  const complete = rows.map(({ length, ...row }) => {
    const own = bytes.slice(at, at + length);
    at += length;
    return { ...row, bytes: own };
  });
  return at === bytes.length ? complete : undefined;
}

async function unpackedPiece(piece: Uint8Array<ArrayBuffer> | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (piece === undefined) return undefined;
  try {
    return await unpacked(piece);
  } catch {
    return undefined;
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function damaged(part: string): Result<never, BackupRefusal> {
  return err({ kind: 'damaged-backup', part });
}
