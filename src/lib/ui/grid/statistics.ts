/** Sum, average and count of what is selected, nothing counted twice. */
import { columnOf, entryOf, type Sheet } from './locks.ts';
import { isLine } from './rows.ts';
import type { Range } from './selection.ts';

export interface Statistics {
  readonly sum: number;
  readonly count: number;
  /** The currency of the sum; null stands for the currency of the subtotals. */
  readonly currency: string | null;
}

/**
 * Lines count, and groups whose lines are not selected with them. Months count, and totals where no month is selected.
 * Lines of several currencies are summed in the currency of the subtotals.
 */
export function statisticsOf(sheet: Sheet, range: Range): Statistics {
  const entries = innermost(sheet, range);
  const columns = countedColumns(sheet, range);
  const currency = commonCurrency(sheet, entries);
  let sum = 0;
  let count = 0;
  for (const entry of entries) {
    for (const column of columns) {
      const figure =
        currency === null ? sheet.reading.baseFigure(entry, column - 1) : sheet.reading.figure(entry, column - 1);
      if (Number.isNaN(figure)) continue;
      sum += figure;
      count += 1;
    }
  }
  return { sum, count, currency };
}

function innermost(sheet: Sheet, range: Range): readonly number[] {
  const { entries, depths } = sheet.rows;
  const last = entries.length - 1;
  if (range.top === last) return [entryOf(sheet, last)];
  const bottom = Math.min(range.bottom, last - 1);
  const found: number[] = [];
  for (let row = range.top; row <= bottom; row += 1) {
    const entry = entryOf(sheet, row);
    const opened = row < bottom && (depths[row + 1] ?? 0) > (depths[row] ?? 0);
    if (isLine(entry) || !opened) found.push(entry);
  }
  return found;
}

function countedColumns(sheet: Sheet, range: Range): readonly number[] {
  const columns: number[] = [];
  for (let column = Math.max(1, range.left); column <= range.right; column += 1) columns.push(column);
  const months = columns.filter((column) => columnOf(sheet, column)?.kind === 'amount');
  return months.length > 0 ? months : columns.filter((column) => columnOf(sheet, column)?.kind === 'sum');
}

function commonCurrency(sheet: Sheet, entries: readonly number[]): string | null {
  const { lines } = sheet.reading.tree;
  const first = lines[entries[0] ?? -1]?.currency;
  if (first === undefined) return null;
  return entries.every((entry) => isLine(entry) && lines[entry]?.currency === first) ? first : null;
}
