/** One row of a budget file: its line and what it puts on each period, or why it is set aside. (X23, X25, X26) */
import type { Period } from '#lib/domain/fiscal/period.ts';
import { allocate } from '#lib/domain/money/allocate.ts';
import type { DecimalMark } from '#lib/domain/money/numeral.ts';
import type { FileTotals } from '../expenses/file-total.ts';
import type { NameFinder } from '../expenses/names.ts';
import { readAmount } from '../table/amount-text.ts';
import type { TableRow } from '../table/table.ts';
import type { BudgetLayout, PhaseColumn } from './layout.ts';
import { isTotalRow, lineReader, type LineText } from './line-draft.ts';
import { periodHeader, periodsNamed } from './period-header.ts';

export interface BudgetContext {
  /** Of the fiscal year to be planned, in order. */
  readonly periods: readonly Period[];
  readonly decimalMark: DecimalMark;
  /** Of lines that state none. */
  readonly currency: string;
  /** How the file writes what is spent: negative in the manner of a profit and loss account, else positive. */
  readonly spending: 'positive' | 'negative';
  readonly names: NameFinder;
}

export type BudgetProblem =
  | { readonly kind: 'quotes-broken' }
  | { readonly kind: 'no-name' }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'currency-unknown'; readonly text: string }
  | { readonly kind: 'amount-missing' }
  | { readonly kind: 'amount-unreadable'; readonly text: string }
  | { readonly kind: 'amount-too-large'; readonly text: string }
  | { readonly kind: 'period-unreadable'; readonly text: string }
  | { readonly kind: 'other-year'; readonly text: string }
  | { readonly kind: 'total-row'; readonly written: number; readonly currency: string; readonly agrees: boolean };

/** A total that the file states beside a line's amounts and that they do not come to. */
export interface Difference {
  readonly fileLine: number;
  readonly column: string;
  readonly stated: number;
  readonly sum: number;
  readonly currency: string;
}

export interface RowAmounts {
  readonly text: LineText;
  /** By period key, as the file writes them. */
  readonly amounts: ReadonlyMap<string, number>;
  readonly differences: readonly Difference[];
}

/** A reader for the rows of one file; it adds what it reads to `totals`, by which total rows are judged. */
export function budgetRowReader(
  layout: BudgetLayout,
  context: BudgetContext,
  totals: FileTotals,
): (row: TableRow) => RowAmounts | BudgetProblem {
  const readLine = lineReader(layout, context.currency, context.names);
  return (row) => {
    if (row.broken) return { kind: 'quotes-broken' };
    const line = readLine(row);
    const isTotal = isTotalRow(row, layout);
    const phases = layout.phases.length > 0 ? layout.phases : phaseOfRow(row, layout, context, isTotal);
    if ('kind' in phases) return noteIn(row) ?? phases;
    const currency = 'kind' in line ? context.currency : line.currency;
    const cells = amountsOf(row, [...phases, ...layout.checks], currency, context.decimalMark);
    if ('kind' in cells) return cells;
    const amounts = spreadOver(cells, phases, layout.checks);
    const written = sumOf(amounts.values());
    if (isTotal) return { kind: 'total-row', written, currency, agrees: totals.agrees(currency, written) };
    if (cells.size === 0) {
      const note = noteIn(row);
      if (note !== undefined) return note;
    }
    if ('kind' in line) return line;
    if (!Number.isSafeInteger(written) || !totals.add({ currency, written, lost: 0 })) {
      return { kind: 'amount-too-large', text: String(written) };
    }
    return { text: line, amounts, differences: differencesOf(row, layout.checks, cells, amounts, currency) };
  };
}

/** With a month per row: the row's own month and its amount; a total of such rows is one of the year. */
function phaseOfRow(
  row: TableRow,
  layout: BudgetLayout,
  context: BudgetContext,
  isTotal: boolean,
): readonly PhaseColumn[] | BudgetProblem {
  const { period = -1, year, amount = -1 } = layout.columns;
  if (isTotal) return [{ column: amount, name: '', periods: context.periods }];
  const text = (row.cells[period] ?? '').trim();
  const header = periodHeader(text, layout.dateOrder);
  if (header === undefined) return { kind: 'period-unreadable', text };
  const stated = year === undefined ? NaN : Number.parseInt(row.cells[year] ?? '', 10);
  const dated = header.year === null && !Number.isNaN(stated) ? { ...header, year: stated } : header;
  const periods = periodsNamed(dated, context.periods);
  return periods.length === 0 ? { kind: 'other-year', text } : [{ column: amount, name: text, periods }];
}

/** The filled cells of some columns in minor units. */
function amountsOf(
  row: TableRow,
  columns: readonly PhaseColumn[],
  currency: string,
  mark: DecimalMark,
): ReadonlyMap<number, number> | BudgetProblem {
  const amounts = new Map<number, number>();
  for (const { column } of columns) {
    const text = row.cells[column] ?? '';
    const read = readAmount(text, currency, mark);
    if (read.ok) amounts.set(column, read.value.minor);
    else if (read.error !== 'empty') {
      return { kind: read.error === 'too-large' ? 'amount-too-large' : 'amount-unreadable', text: text.trim() };
    }
  }
  return amounts;
}

/** Each amount on its periods, evenly and to the cent; a line with nothing but a total of the year gets it spread. */
function spreadOver(
  cells: ReadonlyMap<number, number>,
  phases: readonly PhaseColumn[],
  checks: readonly PhaseColumn[],
): ReadonlyMap<string, number> {
  const filled = phases.filter(({ column }) => cells.has(column));
  const columns = filled.length > 0 ? filled : checks.filter(({ column }) => cells.has(column)).slice(0, 1);
  const amounts = new Map<string, number>();
  for (const { column, periods } of columns) {
    const parts = allocate(
      cells.get(column) ?? 0,
      periods.map(() => 1),
    );
    for (const [i, { key }] of periods.entries()) amounts.set(key, (amounts.get(key) ?? 0) + (parts[i] ?? 0));
  }
  return amounts;
}

function differencesOf(
  row: TableRow,
  checks: readonly PhaseColumn[],
  cells: ReadonlyMap<number, number>,
  amounts: ReadonlyMap<string, number>,
  currency: string,
): readonly Difference[] {
  return checks.flatMap(({ column, name, periods }) => {
    const stated = cells.get(column);
    const sum = sumOf(periods.map(({ key }) => amounts.get(key) ?? 0));
    return stated === undefined || stated === sum ? [] : [{ fileLine: row.line, column: name, stated, sum, currency }];
  });
}

/** A row of one text is a heading or a note. */
function noteIn(row: TableRow): BudgetProblem | undefined {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  return filled.length <= 1 ? { kind: 'note', text: filled.join('').trim() } : undefined;
}

function sumOf(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
