/** One row of the file becomes a draft of an expense, or is set aside with the reason. (X8 to X10, X14, X15) */
import type { Expense, ExpenseKind } from '#lib/domain/ledger/expense.ts';
import { unguardText } from '../csv/guard.ts';
import { isDate, isNumber } from '../table/content.ts';
import { currencyOfMark } from '../table/currency-text.ts';
import { isMissingDate, readDate } from '../table/date-text.ts';
import type { Role } from '../table/role.ts';
import type { TableRow } from '../table/table.ts';
import { columnsByRole } from './columns.ts';
import type { HowToRead } from './decide.ts';
import type { ColumnMapping } from './mapping.ts';
import { amountOf, type RowAmount, type RowAmountProblem } from './row-amount.ts';
import { isTotalLabel } from './total-row.ts';

/** Why a row was set aside. `text` is the cell that could not be read, as the file has it. */
export type RowProblem =
  | { readonly kind: 'quotes-broken' }
  | { readonly kind: 'too-many-cells'; readonly cells: number; readonly columns: number }
  | RowAmountProblem
  | { readonly kind: 'date-unreadable'; readonly text: string }
  | { readonly kind: 'currency-unknown'; readonly text: string }
  /** `agrees`: it states the sum of the rows above it, or of those since the total before. */
  | { readonly kind: 'total-row'; readonly written: number; readonly currency: string; readonly agrees: boolean }
  | { readonly kind: 'header-again' }
  /** Words without a figure: a note under or between the rows. */
  | { readonly kind: 'note'; readonly text: string };

/** What a row says, its names not yet matched with the workspace's. */
export interface RowContent extends RowAmount {
  /** Stated by Outlay's own export only. */
  readonly kind: ExpenseKind | null;
  readonly date: string | null;
  /** Whether the file has columns that say money out or in. */
  readonly twoWay: boolean;
  readonly vendorText: string;
  readonly description: string;
  readonly invoiceNumber: string;
  readonly categoryText: string;
  readonly departmentText: string;
  readonly projectText: string;
}

export type RowReader = (row: TableRow) => RowContent | RowProblem;

export function isProblem(row: RowContent | RowProblem): row is RowProblem {
  return !('spent' in row);
}

/** A reader for the rows of one file; it keeps the dates it has read, which repeat. */
export function rowReader(mapping: ColumnMapping, how: HowToRead): RowReader {
  const at = columnsByRole(mapping);
  const dates = new Map<string, string | null | undefined>();
  const headerName = mapping.headerLine === null ? undefined : mapping.columns[0]?.name;

  function dateOf(text: string): string | null | undefined {
    let date = dates.get(text);
    if (date === undefined && !dates.has(text)) {
      date = isMissingDate(text) ? null : readDate(text, how.dateOrder);
      dates.set(text, date);
    }
    return date;
  }

  function textAt(row: TableRow, role: Role): string {
    const text = row.cells[at[role]] ?? '';
    if (mapping.own) return unguardText(text);
    const trimmed = text.trim();
    return trimmed.length <= 5 && PLACEHOLDER.test(trimmed) ? '' : unguardText(textOfFormula(trimmed));
  }

  return (row) => {
    if (row.broken) return { kind: 'quotes-broken' };
    const problem = shapeProblem(row, mapping, headerName);
    if (problem !== undefined) return problem;

    const stated = at.currency === -1 ? '' : (row.cells[at.currency] ?? '').trim();
    const currency = stated === '' ? how.currency : currencyOfMark(stated, how.currency);
    if (currency === undefined) return noteIn(row) ?? { kind: 'currency-unknown', text: stated };
    const amount = amountOf(row, at, how, currency);
    if ('kind' in amount) return amount.kind === 'amount-missing' ? (noteIn(row) ?? amount) : amount;

    const dateText = (row.cells[at.date] ?? '').trim();
    const date = dateOf(dateText);
    const invoiceNumber = textAt(row, 'reference');
    if (date == null && (invoiceNumber === '' || isTotalLabel(invoiceNumber)) && !mapping.own) {
      const { written, currency: own } = amount;
      if (isLabelledTotal(row, mapping)) return { kind: 'total-row', written, currency: own, agrees: false };
    }
    if (date === undefined) return { kind: 'date-unreadable', text: dateText };
    return {
      ...amount,
      kind: at.kind === -1 ? null : ownKind(row.cells[at.kind] ?? ''),
      twoWay: at.direction !== -1 || at.debit !== -1 || at.credit !== -1,
      date,
      vendorText: textAt(row, 'vendor'),
      description: textAt(row, 'description'),
      invoiceNumber,
      categoryText: textAt(row, 'category'),
      departmentText: textAt(row, 'department'),
      projectText: textAt(row, 'project'),
    };
  };
}

/** Marks that databases and spreadsheets leave where nothing is known. */
const PLACEHOLDER = /^(?:null|none|nan|n\/a|#n\/a|-+)$/i;

/** Spreadsheets keep leading zeros by writing a text as a formula: `="00123"`. */
function textOfFormula(text: string): string {
  return text.startsWith('="') && text.endsWith('"') ? text.slice(2, -1) : text;
}

function shapeProblem(row: TableRow, mapping: ColumnMapping, headerName: string | undefined): RowProblem | undefined {
  const { cells } = row;
  const columns = mapping.columns.length;
  if (cells.length > columns && cells.slice(columns).some((cell) => cell.trim() !== '')) {
    return { kind: 'too-many-cells', cells: cells.length, columns };
  }
  if (cells[0]?.trim() === headerName && mapping.columns.every(({ name }, i) => sameName(cells[i] ?? '', name, i))) {
    return { kind: 'header-again' };
  }
  return undefined;
}

function sameName(cell: string, name: string, column: number): boolean {
  const text = cell.replace(/\s+/g, ' ').trim();
  return text === name || (text === '' && name === `Column ${column + 1}`);
}

/** A total fills its label and the amount, and little else. */
function isLabelledTotal(row: TableRow, mapping: ColumnMapping): boolean {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  const few = Math.max(2, Math.ceil(mapping.columns.length / 2));
  return filled.length <= few && filled.some((cell) => isTotalLabel(cell.trim()));
}

/** A row of one or two texts, with neither a date nor a figure, is a note. */
function noteIn(row: TableRow): RowProblem | undefined {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  if (filled.length > 2 || filled.some((cell) => isDate(cell) || isNumber(cell))) return undefined;
  return { kind: 'note', text: filled.join(' ').trim() };
}

function ownKind(text: string): Expense['kind'] | null {
  return text === 'expense' || text === 'credit' || text === 'revenue' ? text : null;
}
