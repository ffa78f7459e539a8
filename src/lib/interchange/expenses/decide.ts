/** How the columns are to be read, decided on all their cells before the first row is. (X7 to X10) */
import type { DecimalMark } from '#lib/domain/money/numeral.ts';
import { isWrittenNegative } from '../table/amount-text.ts';
import { currencyOfHeader } from '../table/currency-text.ts';
import { dateEvidence, type DateDecision } from '../table/date-order.ts';
import type { DateOrder } from '../table/date-text.ts';
import { decimalEvidence, type DecimalDecision } from '../table/decimal-mark.ts';
import type { Role } from '../table/role.ts';
import { isBlank, type Table } from '../table/table.ts';
import { headerFingerprint, rolesToRemember, type ColumnMapping, type RememberedMapping } from './mapping.ts';

export interface ColumnDecisions {
  readonly date: DateDecision;
  readonly decimal: DecimalDecision;
  /** Whether money out is written positive (ledgers, payment lists) or negative (bank statements), by most rows. */
  readonly spending: HowToRead['spending'];
  /** Where a row says no currency itself: what header or file say, else the workspace's. */
  readonly currency: string;
  /** Rows below the header that hold anything. */
  readonly rows: number;
}

/** Everything that has to be settled before a cell can be read; a person may settle each differently. */
export interface HowToRead {
  readonly dateOrder: DateOrder;
  readonly decimalMark: DecimalMark;
  readonly spending: 'positive' | 'negative';
  readonly currency: string;
}

export interface DecideStep {
  readonly done: number;
}

/** `usualCurrency`: the workspace's. */
export function* decideColumns(
  table: Table,
  mapping: ColumnMapping,
  usualCurrency: string,
): Generator<DecideStep, ColumnDecisions, void> {
  const column = (role: Role): number => mapping.columns.findIndex((mapped) => mapped.role === role);
  const dateColumn = column('date');
  const amountColumns = [column('amount'), column('debit'), column('credit')].filter((index) => index !== -1);
  const signColumn = column('amount') === -1 ? column('debit') : column('amount');
  const dates = dateEvidence();
  const decimals = decimalEvidence();
  let rows = 0;
  let signed = 0;
  let negative = 0;

  for (const batch of table.batches()) {
    for (const row of batch.rows) {
      if (row.line <= (mapping.headerLine ?? -1) || row.broken || isBlank(row)) continue;
      rows += 1;
      if (dateColumn !== -1) dates.add((row.cells[dateColumn] ?? '').trim());
      for (const index of amountColumns) decimals.add(row.cells[index] ?? '');
      const amount = row.cells[signColumn]?.trim() ?? '';
      if (amount !== '') signed += 1;
      if (isWrittenNegative(amount)) negative += 1;
    }
    yield { done: batch.done };
  }

  const currency = currencyOf(table, mapping, usualCurrency);
  return {
    date: dates.decide(),
    decimal: decimals.decide(currency),
    spending: !mapping.own && column('direction') === -1 && negative > signed / 2 ? 'negative' : 'positive',
    currency,
    rows,
  };
}

/** The decisions as far as the file makes them, the likelier reading where it does not. */
export function likeliest(decisions: ColumnDecisions): HowToRead {
  const { date, decimal, spending, currency } = decisions;
  return {
    dateOrder: date.kind === 'decided' ? date.order : date.kind === 'ambiguous' ? (date.orders[0] ?? 'dmy') : 'dmy',
    decimalMark: decimal.kind === 'decided' ? decimal.mark : (decimal.marks[0] ?? '.'),
    spending,
    currency,
  };
}

/** A remembered answer stands in where the file leaves the question open; where the file decides, it decides. */
export function recallAnswers(decisions: ColumnDecisions, remembered: RememberedMapping): HowToRead {
  return {
    dateOrder: decisions.date.kind === 'decided' ? decisions.date.order : remembered.dateOrder,
    decimalMark: decisions.decimal.kind === 'decided' ? decisions.decimal.mark : remembered.decimalMark,
    spending: remembered.spending,
    currency: remembered.currency,
  };
}

export function rememberMapping(mapping: ColumnMapping, how: HowToRead): RememberedMapping {
  return { header: headerFingerprint(mapping), roles: rolesToRemember(mapping), ...how };
}

function currencyOf(table: Table, mapping: ColumnMapping, usual: string): string {
  for (const { name, role } of mapping.columns) {
    if (role !== 'amount' && role !== 'debit' && role !== 'credit') continue;
    const code = currencyOfHeader(name, usual);
    if (code !== undefined) return code;
  }
  return table.currency ?? usual;
}
