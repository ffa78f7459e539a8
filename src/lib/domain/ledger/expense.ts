import { isIsoDate } from '../fiscal/iso-date.ts';
import { currencyOf } from '../money/currency.ts';
import type { Coding } from './coding.ts';

/** `expense` and `credit` are cost (a credit's amount is negative); `revenue` is income, positive. */
export type ExpenseKind = 'expense' | 'credit' | 'revenue';

/** Money captured or imported, not yet posted: a draft in its owner's inbox, free to change. */
export interface Expense extends Coding {
  readonly id: string;
  readonly kind: ExpenseKind;
  /** Document date, ISO; null when the source gave none: "date unknown". */
  readonly date: string | null;
  /** Signed minor units of `currency`: cost positive and credit negative; revenue positive. */
  readonly amount: number;
  readonly currency: string;
  /** The vendor as the paper or the file names it. */
  readonly vendorText: string;
  readonly description: string;
  readonly invoiceNumber: string;
  /** Content hashes of attached files. */
  readonly receipts: readonly string[];
  /** The import this came from, the row's 1-based line in the file and its occurrence-counted fingerprint. */
  readonly batchId: string | null;
  readonly batchLine: number | null;
  readonly fingerprint: string | null;
  /** ISO instant and member of capture: for people to read, never for ordering. */
  readonly capturedAt: string;
  readonly capturedBy: string;
  /** Set when the decider returned it: why. */
  readonly returnedReason: string | null;
}

/** One import of one file: undone as a whole. */
export interface ImportBatch {
  readonly id: string;
  readonly fileName: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly fileHash: string;
  readonly importedAt: string;
  readonly rows: number;
  /** Rows already in the workspace, linked and not added. */
  readonly matched: number;
  readonly rejected: number;
  /** Sum of the added rows' amounts, minor units of `currency`. */
  readonly controlTotal: number;
  readonly currency: string;
}

/** What is wrong with an expense that is about to be posted. */
export type ExpenseFault =
  | { readonly kind: 'unknown-currency'; readonly currency: string }
  | { readonly kind: 'not-an-amount'; readonly amount: number }
  /** A credit is zero or negative; an expense and revenue are zero or positive. */
  | { readonly kind: 'wrong-sign'; readonly amount: number }
  | { readonly kind: 'not-a-date'; readonly date: string };

/** Everything that keeps an expense from being posted; empty when nothing does. (L2 to L4) */
export function expenseFaults(expense: Expense): readonly ExpenseFault[] {
  const { amount, currency, date, kind } = expense;
  const faults: ExpenseFault[] = [];
  if (!currencyOf(currency)) faults.push({ kind: 'unknown-currency', currency });
  if (!Number.isSafeInteger(amount)) faults.push({ kind: 'not-an-amount', amount });
  else if (kind === 'credit' ? amount > 0 : amount < 0) faults.push({ kind: 'wrong-sign', amount });
  if (date !== null && !isIsoDate(date)) faults.push({ kind: 'not-a-date', date });
  return faults;
}
