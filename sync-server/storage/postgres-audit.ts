/** The audit chain of every workspace: reading it, and forgetting what entries say. */
import type { Pool } from 'pg';
import { EMPTY_CHAIN } from '#lib/governance/audit/entry.ts';
import type { ChainHead } from '#lib/governance/audit/entry.ts';
import { auditPage } from './audit-entries.ts';
import type { StoredAuditEntry } from './audit-entries.ts';
import { ask } from './postgres-transaction.ts';
import type { Storage } from './storage.ts';

export function auditOf(pool: Pool): Pick<Storage, 'audit' | 'auditHead' | 'eraseAudit'> {
  return {
    audit: async (workspace, after, limit) =>
      auditPage(await ask<StoredAuditEntry>(pool, PAGE, [workspace, after, limit])),
    auditHead: async (workspace) => (await ask<ChainHead>(pool, HEAD, [workspace]))[0] ?? EMPTY_CHAIN,
    eraseAudit: async (workspace, seqs) => {
      await ask(pool, ERASE, [workspace, seqs]);
    },
  };
}

const PAGE = `
  SELECT seq, previous, at, kind, digest, hash, contents FROM audit WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3`;
const HEAD = 'SELECT seq, hash FROM audit WHERE workspace = $1 ORDER BY seq DESC LIMIT 1';
const ERASE = 'UPDATE audit SET contents = NULL WHERE workspace = $1 AND seq = ANY($2::bigint[])';
