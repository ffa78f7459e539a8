import { entryFromExpense, type LedgerEntry, type PostingTerms } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { makeExpense } from './make-expense.ts';

/** The entry of an expense posted at par in March 2027 into the root's area. */
export function makeEntry(expense: Expense = makeExpense(), terms: Partial<PostingTerms> = {}): LedgerEntry {
  return entryFromExpense(expense, {
    id: `entry-of-${expense.id}`,
    generation: 1,
    period: '2027-03',
    area: 'root',
    baseAmount: expense.amount,
    rate: '1',
    rateDate: null,
    rateSource: '',
    postedAt: '2027-03-06T10:00:00.000Z',
    postedBy: 'anna',
    ...terms,
  });
}
