/** A workspace as one file. (X27) */
import { sha256 } from '#lib/domain/sha256.ts';
import type { Backup, BackupReceipt, BackupRow } from './backup.ts';
import { FORMAT_VERSION, MAGIC, packed, START_LENGTH, type Content, type Manifest } from './format.ts';

/** The file's parts in order, for `new Blob(parts)`: receipts are not copied together in memory. */
export async function encodeBackup(backup: Backup): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const rows = [...backup.rows, ...backup.aside.map(({ row }) => row)];
  const files = filesOf(backup.receipts);
  const content: Content = {
    rows: backup.rows.map(withoutBytes),
    aside: backup.aside.map(({ row, reason }) => ({ row: withoutBytes(row), reason })),
    receipts: backup.receipts.map(({ original, thumbnail, ...receipt }) => ({
      ...receipt,
      original: original && originalName(receipt.hash),
      thumbnail: thumbnail && thumbnailName(receipt.hash),
    })),
    records: Object.fromEntries(Object.entries(backup.records).map(([name, list]) => [name, [...list]])),
  };
  const pieces = [
    { name: 'content', bytes: await packed(new TextEncoder().encode(JSON.stringify(content))) },
    { name: 'rows', bytes: await packed(joined(rows.map(({ bytes }) => bytes))) },
    ...files,
  ];
  const manifest: Manifest = {
    createdAt: backup.createdAt,
    appVersion: backup.appVersion,
    workspace: backup.workspace,
    reportHash: backup.reportHash,
    pieces: await Promise.all(
      pieces.map(async ({ name, bytes }) => ({
        name,
        length: bytes.length,
        sha256: await sha256(bytes),
      })),
    ),
  };
  const manifestBytes = new TextEncoder().encode(JSON.stringify(manifest));
  return [await startOf(manifestBytes), manifestBytes, ...pieces.map(({ bytes }) => bytes)];
}

function filesOf(receipts: readonly BackupReceipt[]): { name: string; bytes: Uint8Array<ArrayBuffer> }[] {
  return receipts.flatMap(({ hash, original, thumbnail }) => [
    ...(original === null ? [] : [{ name: originalName(hash), bytes: original }]),
    ...(thumbnail === null ? [] : [{ name: thumbnailName(hash), bytes: thumbnail }]),
  ]);
}

function originalName(hash: string): string {
  return `receipt ${hash}`;
}

function thumbnailName(hash: string): string {
  return `thumbnail ${hash}`;
}

function withoutBytes({ bytes, key, document, format, checksum, author }: BackupRow): Content['rows'][number] {
  return { key, document, format, checksum, author, length: bytes.length };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function startOf(manifest: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const start = new Uint8Array(START_LENGTH);
  const view = new DataView(start.buffer);
  start.set(MAGIC);
  view.setUint32(8, FORMAT_VERSION, true);
  view.setUint32(12, manifest.length, true);
  start.set(new TextEncoder().encode(await sha256(manifest)), 16);
  return start;
}
