/** What was decided in a workspace, read from the documents that the decider writes. */
import { nameFromText } from '#lib/documents/document-name.ts';
import { openDecisions, openLedger, openReturns } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { DecidedRecords } from '#lib/governance/log-from-records.ts';
import { DECISIONS_DOCUMENT } from '#lib/governance/document-write.ts';
import type { ContentsRow } from './contents.ts';

/** Null when the rows do not hold the workspace's terms. */
export function decidedRecords(rows: readonly ContentsRow[]): DecidedRecords | null {
  const byDocument = Map.groupBy(rows, ({ document }) => document);
  const mirror = openDecisions(documentOf(byDocument.get(DECISIONS_DOCUMENT) ?? []));
  const workspace = mirror.workspace.get('workspace');
  if (workspace === undefined) return null;
  const { name, baseCurrency, calendar, founder } = workspace;
  const entries: LedgerEntry[] = [];
  const returned = new Map(
    Array.from(mirror.returned.all(), ({ id, reason, generation }) => [id, { reason, generation, posted: false }]),
  );
  for (const [document, own] of byDocument) {
    const kind = nameFromText(document)?.kind;
    if (kind === 'ledger') entries.push(...openLedger(documentOf(own)).entries.all());
    if (kind !== 'returns') continue;
    for (const { id, ...mark } of openReturns(documentOf(own)).returned.all()) returned.set(id, mark);
  }
  return {
    workspace: { name, baseCurrency, calendar, founder },
    departments: [...mirror.departments.all()],
    rates: Array.from(mirror.rates.all(), ({ id: _id, ...rate }) => rate),
    entries,
    returned,
  };
}

function documentOf(rows: readonly ContentsRow[]): ReturnType<typeof newDocument> {
  const doc = newDocument();
  applyRows(doc, rows);
  return doc;
}
