/** What a row's columns of amounts say together. (X10) */
import { readAmount, type AmountProblem } from '../table/amount-text.ts';
import { isOutward } from '../table/content.ts';
import type { TableRow } from '../table/table.ts';
import type { Columns } from './columns.ts';
import type { HowToRead } from './decide.ts';

export type RowAmountProblem =
  | { readonly kind: 'amount-missing' }
  | { readonly kind: 'amount-unreadable'; readonly text: string }
  | { readonly kind: 'amount-too-large'; readonly text: string }
  | { readonly kind: 'direction-unreadable'; readonly text: string };

export interface RowAmount {
  /** Money out positive, money in negative. */
  readonly spent: number;
  /** As the file writes it: what its own total would add up. */
  readonly written: number;
  /** What rounding left out, in billionths of a minor unit. */
  readonly lost: number;
  readonly currency: string;
}

/** One signed column, one with a letter for its direction, or a pair of columns. `currency` is the row's own. */
export function amountOf(row: TableRow, at: Columns, how: HowToRead, currency: string): RowAmount | RowAmountProblem {
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
function pairOf(row: TableRow, at: Columns, how: HowToRead, currency: string): RowAmount | RowAmountProblem {
  const sides = [
    { column: at.debit, factor: how.spending === 'negative' ? -1 : 1 },
    { column: at.credit, factor: -1 },
  ];
  let sum: RowAmount | undefined;
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

function amountProblem(error: AmountProblem, text: string): RowAmountProblem {
  if (error === 'empty') return { kind: 'amount-missing' };
  return { kind: error === 'too-large' ? 'amount-too-large' : 'amount-unreadable', text: text.trim() };
}
