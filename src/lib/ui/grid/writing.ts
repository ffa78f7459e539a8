/** Writing one figure by the names of its cell, wherever that stands by the time the typing is done. */
import type { GridCallbacks } from './callbacks.ts';
import { lockOf, spreads, type Sheet } from './locks.ts';
import type { CellRef } from './marks.ts';
import type { SheetColumn, SheetLine } from './sheet.ts';
import { lockSentence } from './wording.ts';

/** Why a figure can no longer be written there, as a sentence; empty where it can. */
export function refusalAt(sheet: Sheet, ref: CellRef): string {
  const { line, column } = namedBy(sheet, ref);
  if (line === undefined) return gone('line');
  if (column === undefined) return gone('column');
  const lock = spreads(sheet.mode, line, column) ? undefined : lockOf(sheet.mode, line, column);
  return lock === undefined ? '' : lockSentence(lock, sheet.mode, column.name, line.locked);
}

/** Have the app write a figure, or spread it where it is a total. A figure that stands there already is not written. */
export function writeFigure(sheet: Sheet, ref: CellRef, minor: number, callbacks: GridCallbacks): void {
  const { line, column, figure } = namedBy(sheet, ref);
  if (line === undefined || column === undefined || figure === minor) return;
  if (spreads(sheet.mode, line, column)) callbacks.onspread?.({ line: line.id, column: column.key, minor });
  else {
    const edits = [{ line: line.id, column: column.key, minor }];
    callbacks.onedit({ label: `Edit ${line.label}, ${column.label}`, edits });
  }
}

interface Named {
  readonly line: SheetLine | undefined;
  readonly column: SheetColumn | undefined;
  readonly figure: number;
}

function namedBy({ reading }: Sheet, ref: CellRef): Named {
  const entry = reading.tree.indexOfLine.get(ref.line) ?? -1;
  const at = reading.columns.findIndex(({ key }) => key === ref.column);
  return { line: reading.tree.lines[entry], column: reading.columns[at], figure: reading.figure(entry, at) };
}

function gone(what: 'line' | 'column'): string {
  return `This ${what} was taken away meanwhile. Your figure is still here to copy; Esc lets it go.`;
}
