/** What a transaction adds to the audit chain of a workspace: the same for every storage. */
import { randomBytes } from 'node:crypto';
import { chainEntries, verifyChain } from '#lib/governance/audit/chain.ts';
import type { AuditEntry, ChainHead } from '#lib/governance/audit/entry.ts';
import { batchFacts, decisionFacts } from '#lib/governance/audit/facts.ts';
import type { NewSalt } from '#lib/governance/audit/facts.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Appended, AuditPage, IncomingRow } from './storage.ts';

/** What a storage is given to make entries with. */
export interface AuditMeans {
  readonly now: () => Date;
  readonly newSalt: NewSalt;
}

export const AUDIT_MEANS: AuditMeans = { now: () => new Date(), newSalt: () => randomBytes(16).toString('hex') };

/** A row with the number it was given. */
export interface AppendedRow {
  readonly row: IncomingRow;
  readonly seq: number;
}

/** The rows that were new. */
export function rowsAppended(rows: readonly IncomingRow[], appended: readonly Appended[]): readonly AppendedRow[] {
  return rows.flatMap((row, index) => {
    const result = appended[index];
    return result?.kind === 'appended' ? [{ row, seq: result.seq }] : [];
  });
}

/** The entries behind `head` for log entries and rows that one transaction writes to one workspace. */
export function auditEntries(
  head: ChainHead,
  log: readonly LogEntry[],
  rows: readonly AppendedRow[],
  { now, newSalt }: AuditMeans,
): readonly AuditEntry[] {
  const at = now().toISOString();
  const written = rows.map(({ row, seq }) => ({ ...row, seq }));
  return chainEntries(head, [...decisionFacts(log, at, newSalt), ...batchFacts(written, at, newSalt)]);
}

/** An entry as a storage keeps it; its contents as JSON. */
export type StoredAuditEntry = Omit<AuditEntry, 'contents'> & { readonly contents: string | null };

/** Entries read from a storage, up to the first that is no longer what was written. */
export function auditPage(stored: readonly StoredAuditEntry[]): AuditPage {
  const entries: AuditEntry[] = [];
  for (const row of stored) {
    const entry = whole(row);
    if (entry === null) return { entries, damagedAt: row.seq };
    entries.push(entry);
  }
  return { entries, damagedAt: null };
}

function whole(row: StoredAuditEntry): AuditEntry | null {
  try {
    const entry = {
      ...row,
      contents: row.contents === null ? null : (JSON.parse(row.contents) as unknown),
    } as AuditEntry;
    return verifyChain([entry], [], { seq: entry.seq - 1, hash: entry.previous }).ok ? entry : null;
  } catch {
    return null;
  }
}
