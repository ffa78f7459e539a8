/** What a backup of a workspace holds: plain data, so that whoever stores it and whoever reads it need not know each other. (X27) */
import type { JsonValue } from '#lib/domain/json.ts';

export interface Backup {
  readonly workspace: { readonly id: string; readonly name: string };
  /** ISO instant, and the version of the app that wrote it. */
  readonly createdAt: string;
  readonly appVersion: string;
  /** Hash of the workspace's figures; the restored copy has to come to the same. */
  readonly reportHash: string;
  /** The documents: every stored update in the order it came. */
  readonly rows: readonly BackupRow[];
  /** Updates that are part of no document (refused by a server, damaged), with why: kept, never applied. */
  readonly aside: readonly { readonly row: BackupRow; readonly reason: string }[];
  readonly receipts: readonly BackupReceipt[];
  /** Everything that is JSON, by name: the decision log, commands that wait, remembered mappings. */
  readonly records: Readonly<Record<string, readonly JsonValue[]>>;
}

/** A stored update without what a server knows of it: a restored copy has met no server. */
export interface BackupRow {
  readonly key: string;
  readonly document: string;
  readonly bytes: Uint8Array;
  readonly format: 'v1' | 'v2';
  readonly checksum: number;
  readonly author: { readonly member: string; readonly device: string } | null;
}

export interface BackupReceipt {
  /** SHA-256 of `original`, hex. */
  readonly hash: string;
  readonly type: string;
  readonly size: number;
  /** Null when the device no longer had it. */
  readonly original: Uint8Array<ArrayBuffer> | null;
  readonly thumbnail: Uint8Array<ArrayBuffer> | null;
}

export type BackupRefusal =
  | { readonly kind: 'not-a-backup' }
  /** Written by a later version of the app. */
  | { readonly kind: 'newer-backup'; readonly version: number; readonly known: number }
  | { readonly kind: 'truncated-backup'; readonly expected: number; readonly found: number }
  /** A checksum does not fit: the file was changed after it was written. */
  | { readonly kind: 'damaged-backup'; readonly part: string };
