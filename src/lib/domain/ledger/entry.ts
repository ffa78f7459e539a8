import type { PeriodKey } from '../fiscal/period.ts';
import { codingOf, type Coding } from './coding.ts';
import type { Expense } from './expense.ts';

/** One posted line of the ledger. Written by the decider only and never changed: corrections are further entries. */
export interface LedgerEntry extends Coding {
  /** hash(expense id, generation, side): posting twice makes one entry. */
  readonly id: string;
  readonly expenseId: string;
  /** 1 for the first posting; a re-coding or a posting after a return adds one. */
  readonly generation: number;
  readonly kind: 'expense' | 'credit' | 'revenue' | 'reversal';
  readonly nature: 'cost' | 'revenue';
  /** The entry this one takes back, for a reversal. */
  readonly reverses: string | null;
  /** The period it counts in, and the document it stands in. */
  readonly period: PeriodKey;
  readonly area: string;
  /** Original document date, kept when posting falls into a later period; null when unknown. */
  readonly date: string | null;
  /** Signed minor units of `currency`, in the sense of its nature. */
  readonly amount: number;
  readonly currency: string;
  /** Signed minor units of the workspace's base currency: round(amount x rate), half-even. */
  readonly baseAmount: number;
  /** '1' when the currencies are the same. */
  readonly rate: string;
  readonly rateDate: string | null;
  readonly rateSource: string;
  readonly vendorText: string;
  readonly description: string;
  readonly invoiceNumber: string;
  readonly receipts: readonly string[];
  readonly batchId: string | null;
  /** Why it was taken back, for a reversal; otherwise null. */
  readonly reason: string | null;
  readonly postedAt: string;
  readonly postedBy: string;
  /** The member in whose inbox it was captured; unset in entries that were posted before this was kept. */
  readonly capturedBy?: string;
}

/** What deciding adds to an expense to make it an entry. */
export type PostingTerms = Pick<
  LedgerEntry,
  'id' | 'generation' | 'period' | 'area' | 'baseAmount' | 'rate' | 'rateDate' | 'rateSource' | 'postedAt' | 'postedBy'
>;

/** The entry an expense becomes. (L5) */
export function entryFromExpense(expense: Expense, terms: PostingTerms): LedgerEntry {
  return {
    ...terms,
    ...codingOf(expense),
    expenseId: expense.id,
    kind: expense.kind,
    nature: expense.kind === 'revenue' ? 'revenue' : 'cost',
    reverses: null,
    date: expense.date,
    amount: expense.amount + 0,
    currency: expense.currency,
    vendorText: expense.vendorText,
    description: expense.description,
    invoiceNumber: expense.invoiceNumber,
    receipts: expense.receipts,
    batchId: expense.batchId,
    reason: null,
    capturedBy: expense.capturedBy,
  };
}

/** The entry that takes another back to the cent, in both currencies and under the same coding. (L6) */
export function reversalOf(
  entry: LedgerEntry,
  terms: Pick<LedgerEntry, 'id' | 'period' | 'reason' | 'postedAt' | 'postedBy'>,
): LedgerEntry {
  return {
    ...entry,
    ...terms,
    capturedBy: capturerOf(entry),
    kind: 'reversal',
    reverses: entry.id,
    amount: 0 - entry.amount,
    baseAmount: 0 - entry.baseAmount,
  };
}

/** Whose expense it was. Of an entry that does not say, who posted it. */
export function capturerOf({ capturedBy, postedBy }: Pick<LedgerEntry, 'capturedBy' | 'postedBy'>): string {
  return capturedBy ?? postedBy;
}
