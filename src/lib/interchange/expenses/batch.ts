/** The rows a person chose to import, as expenses of one batch that is undone as one. (X18, X19) */
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import type { ImportedRow } from './draft.ts';

export interface ImportedBy {
  readonly batchId: string;
  readonly member: string;
  /** ISO instant. */
  readonly at: string;
  readonly newId: () => string;
}

export function expensesOf(rows: readonly ImportedRow[], by: ImportedBy): readonly Expense[] {
  return rows.map(({ draft }) => ({
    ...draft,
    id: by.newId(),
    receipts: [],
    batchId: by.batchId,
    capturedAt: by.at,
    capturedBy: by.member,
    returnedReason: null,
  }));
}

export interface ImportCounts {
  readonly fileName: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly fileHash: string;
  /** Rows that are in the workspace already. */
  readonly matched: number;
  /** Rows set aside. */
  readonly rejected: number;
}

/**
 * The batch's own record. Its control total is in the currency of most rows; a file in several currencies has the
 * others in its reading's totals.
 */
export function importBatch(added: readonly Expense[], counts: ImportCounts, by: ImportedBy): ImportBatch {
  const currency = mostFrequent(added.map((expense) => expense.currency));
  return {
    ...counts,
    id: by.batchId,
    importedAt: by.at,
    rows: added.length,
    currency,
    controlTotal: added.reduce((sum, { amount, currency: own }) => (own === currency ? sum + amount : sum), 0),
  };
}

function mostFrequent(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  let most = '';
  for (const code of codes) {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count > (counts.get(most) ?? 0)) most = code;
  }
  return most;
}
