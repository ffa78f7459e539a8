/** What stands between an author and a document: the epoch of a workspace's rights, and seals with what they sealed. */
import type { DatabaseSync } from 'node:sqlite';
import type { Appended, IncomingRow, NewSeal, Seal } from './storage.ts';

export interface Seals {
  readonly epoch: (workspace: string) => number;
  readonly nextEpoch: (workspace: string) => void;
  readonly sealOf: (workspace: string, document: string) => Seal | null;
  readonly snapshot: (workspace: string, hash: string) => Uint8Array | null;
  readonly seal: (workspace: string, seal: NewSeal) => void;
  readonly unseal: (workspace: string, document: string) => void;
  /** Why a row may not be appended, if so. */
  readonly objection: (row: IncomingRow) => Appended | null;
}

export function sealsIn(db: DatabaseSync): Seals {
  const epoch = db.prepare('SELECT epoch FROM epochs WHERE workspace = ?');
  const nextEpoch = db.prepare(
    'INSERT INTO epochs VALUES (?, 1) ON CONFLICT (workspace) DO UPDATE SET epoch = epoch + 1',
  );
  const find = db.prepare('SELECT document, head, hash FROM seals WHERE workspace = ? AND document = ?');
  const put = db.prepare('INSERT OR REPLACE INTO seals VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM seals WHERE workspace = ? AND document = ?');
  const snapshot = db.prepare('SELECT bytes FROM snapshots WHERE workspace = ? AND hash = ?');
  const keep = db.prepare('INSERT INTO snapshots VALUES (?, ?, ?) ON CONFLICT DO NOTHING');

  const epochOf = (workspace: string): number => Number(epoch.get(workspace)?.['epoch'] ?? 0);
  const sealOf = (workspace: string, document: string): Seal | null =>
    (find.get(workspace, document) as unknown as Seal | undefined) ?? null;

  return {
    epoch: epochOf,
    nextEpoch: (workspace) => void nextEpoch.run(workspace),
    sealOf,
    snapshot: (workspace, hash) => (snapshot.get(workspace, hash)?.['bytes'] as Uint8Array | undefined) ?? null,
    seal: (workspace, { document, head, hash, snapshot: bytes }) => {
      keep.run(workspace, hash, bytes);
      put.run(workspace, document, head, hash);
    },
    unseal: (workspace, document) => void remove.run(workspace, document),
    objection: (row) => {
      const now = epochOf(row.workspace);
      if (row.epoch !== now) return { kind: 'epoch-moved', epoch: now };
      return sealOf(row.workspace, row.document) === null ? null : { kind: 'refused', reason: 'sealed' };
    },
  };
}
