/** The selection as a table of texts, for the clipboard. */
import type { TextTable } from './clipboard.ts';
import type { ExactFigure } from './fill.ts';
import { columnOf, entryOf, figureAt, lineOf, type Sheet } from './locks.ts';
import { lineRows } from './paste.ts';
import { isLine } from './rows.ts';
import type { Cell, Range } from './selection.ts';
import { textAt, type Ink } from './slots.ts';

export interface CopyText {
  readonly exact: ExactFigure;
  readonly ink: Ink;
  readonly totalLabel: string;
}

/**
 * Figures are copied exactly, not as rounded for show. With the labels everything is copied as it is seen; without them
 * the lines alone, so that what is copied can be pasted over lines again.
 */
export function copyTable(sheet: Sheet, range: Range, text: CopyText): TextTable {
  return copiedRows(sheet, range).map((row) => {
    const cells: string[] = [];
    for (let column = range.left; column <= range.right; column += 1)
      cells.push(cellText(sheet, { row, column }, text));
    return cells;
  });
}

function copiedRows(sheet: Sheet, { top, bottom, left }: Range): readonly number[] {
  const all = Array.from({ length: bottom - top + 1 }, (_, offset) => top + offset);
  if (left === 0) return all;
  const lines = lineRows(sheet, top, bottom);
  return lines.length > 0 ? lines : all;
}

function cellText(sheet: Sheet, cell: Cell, { exact, ink, totalLabel }: CopyText): string {
  const entry = entryOf(sheet, cell.row);
  const line = lineOf(sheet, cell.row);
  if (cell.column === 0) return line?.label ?? sheet.reading.tree.groups[~entry]?.label ?? totalLabel;
  if (columnOf(sheet, cell.column)?.kind === 'change') return textAt(sheet, entry, cell.column, ink);
  const figure = figureAt(sheet, cell);
  return Number.isNaN(figure) ? '' : exact(figure, isLine(entry) ? (line?.currency ?? ink.currency) : ink.currency);
}
