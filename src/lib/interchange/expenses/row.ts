/** One row of the file becomes a draft of an expense, or is set aside with the reason. (X8 to X10, X14, X15) */
import type { Expense, ExpenseKind } from '#lib/domain/ledger/expense.ts';
import { unguardText } from '../csv/guard.ts';
import { readAmount, type AmountProblem } from '../table/amount-text.ts';
import { isDate, isNumber, isOutward } from '../table/content.ts';
import { currencyOfMark } from '../table/currency-text.ts';
import { isMissingDate, readDate } from '../table/date-text.ts';
import type { Role } from '../table/role.ts';
import type { TableRow } from '../table/table.ts';
import type { HowToRead } from './decide.ts';
import type { ColumnMapping } from './mapping.ts';
import { isTotalLabel } from './total-row.ts';

/** Why a row was set aside. `text` is the cell that could not be read, as the file has it. */
export type RowProblem =
  | { readonly kind: 'quotes-broken' }
  | { readonly kind: 'too-many-cells'; readonly cells: number; readonly columns: number }
  | { readonly kind: 'amount-missing' }
  | { readonly kind: 'amount-unreadable'; readonly text: string }
  | { readonly kind: 'amount-too-large'; readonly text: string }
  | { readonly kind: 'date-unreadable'; readonly text: string }
  | { readonly kind: 'currency-unknown'; readonly text: string }
  | { readonly kind: 'direction-unreadable'; readonly text: string }
  /** `agrees`: it states the sum of the rows above it, or of those since the total before. */
  | { readonly kind: 'total-row'; readonly written: number; readonly currency: string; readonly agrees: boolean }
  | { readonly kind: 'header-again' }
  /** Words without a figure: a note under or between the rows. */
  | { readonly kind: 'note'; readonly text: string };

/** What a row says, its names not yet matched with the workspace's. */
export interface RowContent {
  readonly kind: ExpenseKind | null;
  readonly date: string | null;
  /** Money out positive, money in negative; with `own`, signed as an expense is. */
  readonly spent: number;
  /** As the file writes it: what its own total would add up. */
  readonly written: number;
  readonly lost: number;
  /** Whether the file has columns that say money out or in. */
  readonly twoWay: boolean;
  readonly currency: string;
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
      const isTotal = row.cells.some((cell) => isTotalLabel(cell.trim()));
      if (isTotal) return { kind: 'total-row', written: amount.written, currency: amount.currency, agrees: false };
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

/** The column of each role, -1 where no column has it. */
type Columns = Readonly<Record<Role, number>>;

function columnsByRole(mapping: ColumnMapping): Columns {
  const index = (role: Role): number => mapping.columns.findIndex((column) => column.role === role);
  return {
    date: index('date'),
    amount: index('amount'),
    debit: index('debit'),
    credit: index('credit'),
    direction: index('direction'),
    currency: index('currency'),
    vendor: index('vendor'),
    description: index('description'),
    reference: index('reference'),
    category: index('category'),
    department: index('department'),
    project: index('project'),
    kind: index('kind'),
  };
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

/** A row of one or two texts, with neither a date nor a figure, is a note. */
function noteIn(row: TableRow): RowProblem | undefined {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  if (filled.length > 2 || filled.some((cell) => isDate(cell) || isNumber(cell))) return undefined;
  return { kind: 'note', text: filled.join(' ').trim() };
}

interface AmountOfRow {
  readonly spent: number;
  readonly written: number;
  readonly lost: number;
  readonly currency: string;
}

function amountOf(row: TableRow, at: Columns, how: HowToRead, currency: string): AmountOfRow | RowProblem {
  if (at.debit !== -1 || at.credit !== -1) return pairOf(row, at, how, currency);
  const text = row.cells[at.amount] ?? '';
  const read = readAmount(text, currency, how.decimalMark);
  if (!read.ok) return amountProblem(read.error, text);
  const { minor, lost } = read.value;
  if (at.direction === -1) {
    return { spent: how.spending === 'negative' ? 0 - minor : minor, written: minor, ...read.value };
  }
  const direction = row.cells[at.direction] ?? '';
  const outward = isOutward(direction);
  if (outward === undefined) return { kind: 'direction-unreadable', text: direction.trim() };
  const signed = outward === minor < 0 ? 0 - minor : minor;
  return { spent: signed, written: signed, lost: signed === minor ? lost : 0 - lost, currency: read.value.currency };
}

/** Money out less money in; a bank that writes money out negative means the same. */
function pairOf(row: TableRow, at: Columns, how: HowToRead, currency: string): AmountOfRow | RowProblem {
  const sides = [
    { column: at.debit, factor: how.spending === 'negative' ? -1 : 1 },
    { column: at.credit, factor: -1 },
  ];
  let sum: AmountOfRow | undefined;
  for (const { column, factor } of sides) {
    const text = row.cells[column] ?? '';
    const read = readAmount(text, currency, how.decimalMark);
    if (!read.ok && read.error === 'empty') continue;
    if (!read.ok) return amountProblem(read.error, text);
    const spent = (sum?.spent ?? 0) + factor * read.value.minor;
    sum = { spent, written: spent, lost: (sum?.lost ?? 0) + factor * read.value.lost, currency: read.value.currency };
  }
  return sum ?? { kind: 'amount-missing' };
}

function amountProblem(error: AmountProblem, text: string): RowProblem {
  if (error === 'empty') return { kind: 'amount-missing' };
  return { kind: error === 'too-large' ? 'amount-too-large' : 'amount-unreadable', text: text.trim() };
}

function ownKind(text: string): Expense['kind'] | null {
  return text === 'expense' || text === 'credit' || text === 'revenue' ? text : null;
}
