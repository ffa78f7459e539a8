/** Where nobody may type, and why. */
import type { Reading } from './reading.ts';
import { isLine, type RowEntry, type Rows } from './rows.ts';
import type { Cell } from './selection.ts';
import type { SheetColumn, SheetLine, SheetMode } from './sheet.ts';

export interface Sheet {
  readonly reading: Reading;
  readonly rows: Rows;
  readonly mode: SheetMode;
  /** Another number whenever a figure changed in place. */
  readonly epoch: number;
}

/** `mode`: figures are calculated; `label`: a name; `total`: a sum; `closed`: a closed month; `line`: the line is locked. */
export type Lock = 'mode' | 'label' | 'total' | 'closed' | 'line';

/** Why a figure cannot be written at a cell; undefined where it can. */
export function lockAt(sheet: Sheet, cell: Cell): Lock | undefined {
  return lockOf(sheet.mode, lineOf(sheet, cell.row), columnOf(sheet, cell.column));
}

export function lockOf(
  mode: SheetMode,
  line: SheetLine | undefined,
  column: SheetColumn | undefined,
): Lock | undefined {
  if (mode !== 'plan') return 'mode';
  if (column === undefined) return 'label';
  if (line === undefined || column.kind !== 'amount') return 'total';
  if (column.closed === true) return 'closed';
  return line.locked === undefined ? undefined : 'line';
}

/** Whether typing at a cell asks to spread a figure over the line. */
export function spreadsAt(sheet: Sheet, cell: Cell): boolean {
  return spreads(sheet.mode, lineOf(sheet, cell.row), columnOf(sheet, cell.column));
}

export function spreads(mode: SheetMode, line: SheetLine | undefined, column: SheetColumn | undefined): boolean {
  const offered = column?.kind === 'sum' && column.spreads === true;
  return mode === 'plan' && offered && line !== undefined && line.locked === undefined;
}

export function entryOf(sheet: Sheet, row: number): RowEntry {
  return sheet.rows.entries[row] ?? ~sheet.reading.tree.total;
}

export function lineOf(sheet: Sheet, row: number): SheetLine | undefined {
  const entry = entryOf(sheet, row);
  return isLine(entry) ? sheet.reading.tree.lines[entry] : undefined;
}

/** The shown column at a cell column; undefined for the labels. */
export function columnOf(sheet: Sheet, column: number): SheetColumn | undefined {
  return sheet.reading.columns[column - 1];
}

export function figureAt(sheet: Sheet, cell: Cell): number {
  return cell.column === 0 ? NaN : sheet.reading.figure(entryOf(sheet, cell.row), cell.column - 1);
}
