import { minorDigits } from '#lib/domain/money/currency.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';

/** An expense of 12.50 EUR on 5 March 2027, coded to nothing; `amount` is decimal text. */
export function makeExpense({
  amount = '12.50',
  ...rest
}: Partial<Omit<Expense, 'amount'>> & { readonly amount?: string } = {}): Expense {
  const currency = rest.currency ?? 'EUR';
  return {
    id: 'expense-1',
    kind: 'expense',
    date: '2027-03-05',
    currency,
    vendorId: null,
    categoryId: null,
    departmentId: null,
    projectId: null,
    lineId: null,
    vendorText: 'Example Ltd',
    description: '',
    invoiceNumber: '',
    receipts: [],
    batchId: null,
    batchLine: null,
    fingerprint: null,
    capturedAt: '2027-03-05T09:00:00.000Z',
    capturedBy: 'anna',
    returnedReason: null,
    ...rest,
    amount: Math.round(Number(amount) * 10 ** minorDigits(currency)),
  };
}
