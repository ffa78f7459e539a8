import { NOTHING_SAID } from '#lib/app/commands/expenses.ts';
import type { Reference } from '#lib/app/reference.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { today } from './texts.ts';

/** An expense of which nothing is known yet but that it was today, in the workspace's currency. */
export function blankExpense({ baseCurrency }: Pick<Reference, 'baseCurrency'>): Expense {
  return {
    ...NOTHING_SAID,
    id: '',
    kind: 'expense',
    date: today(),
    amount: 0,
    currency: baseCurrency,
    capturedAt: '',
    capturedBy: '',
  };
}
