import type { PeriodKey } from '../fiscal/period.ts';
import type { Coding } from './coding.ts';

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
}
