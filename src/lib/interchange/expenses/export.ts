/** Expenses as a CSV file that a spreadsheet opens safely and Outlay reads back to the letter. (X20, X21) */
import { money, toDecimalText } from '#lib/domain/money/money.ts';
import type { ExpenseKind } from '#lib/domain/ledger/expense.ts';
import { writeCsv, type CsvCell } from '../csv/write.ts';
import { ownColumns } from './own-columns.ts';

/** An expense or entry with the names its codes stand for; '' where it has none. */
export interface ExportedExpense {
  readonly date: string | null;
  readonly kind: ExpenseKind;
  readonly amount: number;
  readonly currency: string;
  readonly vendorText: string;
  readonly description: string;
  readonly invoiceNumber: string;
  readonly category: string;
  readonly department: string;
  readonly project: string;
}

/** With a byte order mark, by which spreadsheets know UTF-8. */
export function exportExpenses(expenses: Iterable<ExportedExpense>): string {
  return `\uFEFF${writeCsv(
    ownColumns.map(([name]) => name),
    cellsOf(expenses),
  )}`;
}

function* cellsOf(expenses: Iterable<ExportedExpense>): Generator<readonly CsvCell[]> {
  for (const expense of expenses) {
    yield [
      { text: expense.date ?? '' },
      { text: expense.kind },
      { number: toDecimalText(money(expense.amount, expense.currency)) },
      { text: expense.currency },
      { text: expense.vendorText },
      { text: expense.description },
      { text: expense.invoiceNumber },
      { text: expense.category },
      { text: expense.department },
      { text: expense.project },
    ];
  }
}
