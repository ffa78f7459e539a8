/** Filling cells from their neighbours (Ctrl+D, Ctrl+R, the handle at the corner of the selection) and emptying them. */
import { columnOf, figureAt, lineOf, lockAt, type Sheet } from './locks.ts';
import { refOf } from './marks.ts';
import { figureFromText, lineRows, type ParseFigure } from './paste.ts';
import type { Cell, Range } from './selection.ts';
import type { CellEdit } from './sheet.ts';

export interface FillPlan {
  readonly edits: readonly CellEdit[];
  /** Cells that were written or already held the figure. */
  readonly cells: number;
  /** Cells that nobody may write. */
  readonly skipped: number;
}

/** Writes a figure exactly, as text that the parser reads back. */
export type ExactFigure = (minor: number, currency: string) => string;

export interface FigureText {
  readonly parse: ParseFigure;
  readonly exact: ExactFigure;
}

/** Copy the first row of the selection down; a single row is filled from the line above it. */
export function fillDown(sheet: Sheet, range: Range, text: FigureText): FillPlan {
  const rows = lineRows(sheet, range.top, range.bottom);
  if (rows.length > 1) return copyDown(sheet, range, rows.slice(0, 1), rows.slice(1), text);
  return copyDown(sheet, range, lineRows(sheet, 0, range.top - 1).slice(-1), rows, text);
}

/** Copy the first column of the selection to the right; a single column is filled from the one before it. */
export function fillRight(sheet: Sheet, range: Range, text: FigureText): FillPlan {
  const source = range.left === range.right ? range.left - 1 : range.left;
  return fillTo(sheet, { ...range, left: source, right: source }, { ...range, left: source + 1 }, text);
}

/** Make every figure of the range zero. */
export function emptyCells(sheet: Sheet, range: Range): FillPlan {
  const edits: CellEdit[] = [];
  let cells = 0;
  let skipped = 0;
  for (const row of lineRows(sheet, range.top, range.bottom)) {
    for (let column = Math.max(1, range.left); column <= range.right; column += 1) {
      const cell = { row, column };
      const ref = refOf(sheet, cell);
      if (lockAt(sheet, cell) !== undefined || ref === undefined) {
        skipped += 1;
        continue;
      }
      cells += 1;
      if (figureAt(sheet, cell) !== 0) edits.push({ ...ref, minor: 0 });
    }
  }
  return { edits, cells, skipped };
}

/** Repeat `source` over `target`, which lies beside it (same rows) or above or below it (same columns). */
export function fillTo(sheet: Sheet, source: Range, target: Range, text: FigureText): FillPlan {
  if (source.top !== target.top || source.bottom !== target.bottom) {
    const from = lineRows(sheet, source.top, source.bottom);
    const to = lineRows(sheet, target.top, target.bottom);
    const upward = target.top < source.top;
    return copyDown(sheet, target, upward ? from.toReversed() : from, upward ? to.toReversed() : to, text);
  }
  const pairs: Pair[] = [];
  const width = source.right - source.left + 1;
  for (const row of lineRows(sheet, target.top, target.bottom)) {
    for (let column = target.left; column <= target.right; column += 1) {
      const offset = (((column - source.left) % width) + width) % width;
      pairs.push({ from: { row, column: source.left + offset }, to: { row, column } });
    }
  }
  return copyPairs(sheet, pairs, text);
}

/** What the handle dragged to a cell would fill: along the longer way from the selection, or nothing inside it. */
export function fillTarget(source: Range, to: Cell): Range | undefined {
  const down = to.row > source.bottom ? to.row - source.bottom : Math.min(0, to.row - source.top);
  const across = to.column > source.right ? to.column - source.right : Math.min(0, to.column - source.left);
  if (down === 0 && across === 0) return undefined;
  if (Math.abs(down) >= Math.abs(across)) {
    return down > 0
      ? { ...source, top: source.bottom + 1, bottom: to.row }
      : { ...source, top: to.row, bottom: source.top - 1 };
  }
  return across > 0
    ? { ...source, left: source.right + 1, right: to.column }
    : { ...source, left: Math.max(1, to.column), right: source.left - 1 };
}

interface Pair {
  readonly from: Cell;
  readonly to: Cell;
}

function copyDown(
  sheet: Sheet,
  columns: Range,
  from: readonly number[],
  to: readonly number[],
  text: FigureText,
): FillPlan {
  const pairs: Pair[] = [];
  to.forEach((row, index) => {
    const source = from[index % from.length];
    if (source === undefined) return;
    for (let column = columns.left; column <= columns.right; column += 1) {
      pairs.push({ from: { row: source, column }, to: { row, column } });
    }
  });
  return copyPairs(sheet, pairs, text);
}

function copyPairs(sheet: Sheet, pairs: readonly Pair[], text: FigureText): FillPlan {
  const edits: CellEdit[] = [];
  let cells = 0;
  let skipped = 0;
  for (const { from, to } of pairs) {
    const minor = carried(sheet, from, to, text);
    const line = lineOf(sheet, to.row);
    const column = columnOf(sheet, to.column);
    if (column === undefined || line === undefined) continue;
    if (minor === undefined || lockAt(sheet, to) !== undefined) {
      skipped += 1;
      continue;
    }
    cells += 1;
    if (minor !== figureAt(sheet, to)) edits.push({ line: line.id, column: column.key, minor });
  }
  return { edits, cells, skipped };
}

/** The figure as it reads on the other line: between currencies the number is kept, not its minor units. */
function carried(sheet: Sheet, from: Cell, to: Cell, { parse, exact }: FigureText): number | undefined {
  const source = lineOf(sheet, from.row);
  const target = lineOf(sheet, to.row);
  const column = columnOf(sheet, from.column);
  const minor = figureAt(sheet, from);
  if (source === undefined || target === undefined || column?.kind !== 'amount') return undefined;
  if (Number.isNaN(minor)) return 0;
  if (source.currency === target.currency) return minor;
  const figure = figureFromText(exact(minor, source.currency), target.currency, parse);
  return figure.ok ? figure.value : undefined;
}
