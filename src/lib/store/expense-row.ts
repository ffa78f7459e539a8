/** One row of a list in full: the inbox copy or a ledger entry, and where it stands. */
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { RowState } from './columns.ts';
import { columnRowsOf, type ExpenseTrail } from './trail.ts';
import type { ProjectionContext } from './projection-context.ts';
import type { RowId } from './row-id.ts';

export interface ExpenseRow {
  readonly id: RowId;
  readonly document: string;
  readonly state: RowState;
  /** The inbox copy: the row itself while it is not posted; beside an entry, what it was posted from, if it is here. */
  readonly expense: Expense | null;
  readonly entry: LedgerEntry | null;
  /** Empty when undated. */
  readonly period: string;
  /** Minor units of the base currency; null without a rate. */
  readonly baseAmount: number | null;
  /** Why it came back; null unless `returned`. */
  readonly returnedReason: string | null;
  /** The generation that posting it now would make. */
  readonly nextGeneration: number;
  /** The entry that takes this one back. */
  readonly takenBackBy: string | null;
  /** Whether the inbox copy says something else than the entry that stands for it. */
  readonly isChangedAfterPosting: boolean;
}

/** The rows of a trail that lists and reports know, each in full. */
export function expenseRowsOf(trail: ExpenseTrail, context: ProjectionContext | null): readonly ExpenseRow[] {
  const expense = trail.captured?.expense ?? null;
  return columnRowsOf(trail, context).map(({ document, row }) => {
    const posted = trail.entries.find((each) => row.id.endsWith(`/${each.entry.id}`))?.entry ?? null;
    const entry = posted && withReason(posted, trail.returned);
    const takenBackBy = trail.entries.find((each) => entry !== null && each.entry.reverses === entry.id);
    const stands = entry !== null && entry.kind !== 'reversal' && takenBackBy === undefined;
    return {
      id: row.id,
      document,
      state: row.state,
      expense,
      entry,
      period: row.values.period,
      baseAmount: Number.isNaN(row.amount) ? null : row.amount,
      returnedReason: entry === null ? (trail.returned?.reason ?? null) : null,
      nextGeneration: Math.max(trail.returned?.generation ?? 1, (trail.entries.at(-1)?.entry.generation ?? 0) + 1),
      takenBackBy: takenBackBy?.entry.id ?? null,
      isChangedAfterPosting: stands && expense !== null && isChanged(expense, entry),
    };
  });
}

/** Why an entry was returned stands in a document of its own, which not everybody has. */
function withReason(entry: LedgerEntry, returned: ExpenseTrail['returned']): LedgerEntry {
  if (entry.kind !== 'reversal' || entry.reason !== null || returned === null) return entry;
  return returned.generation === entry.generation + 1 ? { ...entry, reason: returned.reason } : entry;
}

/** Coding is left out: an entry is re-coded by command, and its inbox copy does not follow. */
function isChanged(expense: Expense, entry: LedgerEntry): boolean {
  const fields = ['date', 'amount', 'currency', 'vendorText', 'description', 'invoiceNumber'] as const;
  return fields.some((field) => expense[field] !== entry[field]) || String(expense.receipts) !== String(entry.receipts);
}
