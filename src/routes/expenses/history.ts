/** What became of an expense, step by step: read from its copy in the inbox and its entries in the ledger. */
import type { ListedExpense } from '#lib/app/expense-list.svelte.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';

export type HistoryStep =
  | { readonly kind: 'captured' | 'imported'; readonly at: string; readonly by: string; readonly expense: Expense }
  | { readonly kind: 'posted'; readonly at: string; readonly by: string; readonly entry: LedgerEntry }
  | {
      readonly kind: 'returned' | 'reversed' | 'recoded';
      readonly at: string;
      readonly by: string;
      readonly reason: string;
      readonly entry: LedgerEntry;
    };

/** The latest step first. `rows`: all rows of one expense. */
export function historyOf(rows: readonly ListedExpense[]): readonly HistoryStep[] {
  const expense = rows.find((row) => row.expense !== null)?.expense ?? null;
  const entries = rows.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const isReturned = rows.some(({ state }) => state === 'returned');
  const steps: HistoryStep[] = [];
  if (expense !== null) {
    const kind = expense.batchId === null ? 'captured' : 'imported';
    steps.push({ kind, at: expense.capturedAt, by: expense.capturedBy, expense });
  }
  for (const entry of entries) {
    const { postedAt: at, postedBy: by, reason } = entry;
    if (entry.kind !== 'reversal') {
      // The entry that a re-coding put is part of that step.
      if (!entries.some((each) => each.kind === 'reversal' && isSameDecision(each, entry))) {
        steps.push({ kind: 'posted', at, by, entry });
      }
      continue;
    }
    const next = entries.find((each) => each.kind !== 'reversal' && isSameDecision(entry, each));
    const later = entries.some((each) => each.generation > entry.generation);
    // Reversing for good says why to everybody; a return only to whom it is for.
    const cameBack = later || isReturned || reason === null;
    const kind = next !== undefined ? 'recoded' : cameBack ? 'returned' : 'reversed';
    steps.push({ kind, at, by, reason: reason ?? '', entry: next ?? entry });
  }
  return steps.reverse();
}

/** A reversal and the entry after it, made by one decision: a re-coding. */
function isSameDecision(reversal: LedgerEntry, entry: LedgerEntry): boolean {
  return entry.generation === reversal.generation + 1 && entry.postedAt === reversal.postedAt;
}
