/** How a budget file writes its amounts, decided on all of them. (X9, X25) */
import { isWrittenNegative } from '../table/amount-text.ts';
import { currencyOfHeader } from '../table/currency-text.ts';
import { decimalEvidence, type DecimalDecision } from '../table/decimal-mark.ts';
import { isBlank, type Table } from '../table/table.ts';
import type { BudgetLayout } from './layout.ts';

export interface BudgetDecisions {
  readonly decimal: DecimalDecision;
  readonly spending: 'positive' | 'negative';
  readonly currency: string;
}

export function decideBudget(table: Table, layout: BudgetLayout, usualCurrency: string): BudgetDecisions {
  const { amount } = layout.columns;
  const columns = [...layout.phases, ...layout.checks].map(({ column }) => column);
  if (layout.phases.length === 0 && amount !== undefined) columns.push(amount);
  const decimals = decimalEvidence();
  let filled = 0;
  let negative = 0;
  for (const { rows } of table.batches()) {
    for (const row of rows) {
      if (row.line <= layout.headerLine || row.broken || isBlank(row)) continue;
      for (const column of columns) {
        const cell = row.cells[column]?.trim() ?? '';
        if (!/[1-9]/.test(cell)) continue;
        decimals.add(cell);
        filled += 1;
        if (isWrittenNegative(cell)) negative += 1;
      }
    }
  }
  const named = columns.map((column) => currencyOfHeader(layout.names[column] ?? '', usualCurrency));
  const currency = named.find((code) => code !== undefined) ?? table.currency ?? usualCurrency;
  return { decimal: decimals.decide(currency), spending: negative > filled / 2 ? 'negative' : 'positive', currency };
}
