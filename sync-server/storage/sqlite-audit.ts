/** The audit chain of every workspace. */
import type { DatabaseSync } from 'node:sqlite';
import { EMPTY_CHAIN } from '#lib/governance/audit/entry.ts';
import type { ChainHead } from '#lib/governance/audit/entry.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { auditEntries, auditPage } from './audit-entries.ts';
import type { AppendedRow, AuditMeans, StoredAuditEntry } from './audit-entries.ts';
import type { AuditPage } from './storage.ts';

export interface Audit {
  readonly head: (workspace: string) => ChainHead;
  readonly page: (workspace: string, after: number, limit: number) => AuditPage;
  readonly erase: (workspace: string, seqs: readonly number[]) => void;
  /** Makes the chain longer by what was written to the workspace, inside the caller's transaction. */
  readonly write: (workspace: string, log: readonly LogEntry[], rows: readonly AppendedRow[]) => void;
}

export function auditIn(db: DatabaseSync, means: AuditMeans): Audit {
  const last = db.prepare('SELECT seq, hash FROM audit WHERE workspace = ? ORDER BY seq DESC LIMIT 1');
  const page = db.prepare(
    `SELECT seq, previous, at, kind, digest, hash, contents FROM audit
    WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const insert = db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const erase = db.prepare('UPDATE audit SET contents = NULL WHERE workspace = ? AND seq = ?');
  const headOf = (workspace: string): ChainHead =>
    (last.get(workspace) as unknown as ChainHead | undefined) ?? EMPTY_CHAIN;

  return {
    head: headOf,
    page: (workspace, after, limit) =>
      auditPage(page.all(workspace, after, limit) as unknown as readonly StoredAuditEntry[]),
    erase: (workspace, seqs) => {
      for (const seq of seqs) erase.run(workspace, seq);
    },
    write: (workspace, log, rows) => {
      for (const entry of auditEntries(headOf(workspace), log, rows, means)) {
        const { seq, previous, at, kind, digest, hash, contents } = entry;
        insert.run(workspace, seq, previous, at, kind, digest, hash, JSON.stringify(contents));
      }
    },
  };
}
