/** What a pasted table would write: found before anything is written, so that it can be shown first. */
import type { Result } from '#lib/domain/result.ts';
import type { TextTable } from './clipboard.ts';
import { columnOf, figureAt, lineOf, lockAt, type Lock, type Sheet } from './locks.ts';
import type { Range } from './selection.ts';
import type { CellEdit } from './sheet.ts';

/** Reads a figure in a currency; the error is a sentence for the person who typed it. */
export type ParseFigure = (text: string, currency: string) => Result<number, string>;

interface Unread {
  readonly text: string;
  readonly line: string;
  readonly column: string;
  readonly why: string;
}

export interface PastePlan {
  readonly edits: readonly CellEdit[];
  /** How many figures would stand in the grid, those that already do among them. */
  readonly values: number;
  readonly lines: number;
  readonly unread: readonly Unread[];
  /** Figures that fell on cells nobody may write. */
  readonly skipped: Readonly<Record<Lock, number>>;
  /** Figures that fell beyond the last line or column. */
  readonly outside: number;
  /** Names in the label column that no line shown here has. */
  readonly unnamed: readonly string[];
}

const previewFrom = 200;

/** Large pastes and those that leave something out are shown before they are written. */
export function needsPreview(plan: PastePlan): boolean {
  const skipped = Object.values(plan.skipped).reduce((sum, count) => sum + count, 0);
  return plan.values > previewFrom || plan.unread.length + skipped + plan.outside + plan.unnamed.length > 0;
}

/**
 * Lay a table over the lines from the selection's corner on; subtotals are passed over. A table that fits the selection a
 * whole number of times is repeated. Where it starts in the label column, its rows go to the lines of those names.
 */
export function planPaste(sheet: Sheet, selection: Range, table: TextTable, parse: ParseFigure): PastePlan {
  const target = selection.left === 0 ? byName(sheet, table) : byPlace(sheet, selection, table);
  const edits: CellEdit[] = [];
  const unread: Unread[] = [];
  const skipped: Record<Lock, number> = { mode: 0, label: 0, total: 0, closed: 0, line: 0 };
  const lines = new Set<number>();
  let values = 0;
  let { outside } = target;
  for (const { row, cells, left } of target.rows) {
    const line = lineOf(sheet, row);
    if (line === undefined) continue;
    cells.forEach((text, offset) => {
      const cell = { row, column: left + offset };
      const column = columnOf(sheet, cell.column);
      if (column === undefined) {
        outside += 1;
        return;
      }
      const lock = lockAt(sheet, cell);
      if (lock !== undefined) {
        skipped[lock] += 1;
        return;
      }
      const figure = figureFromText(text, line.currency, parse);
      if (!figure.ok) {
        unread.push({ text, line: line.label, column: column.label, why: figure.error });
        return;
      }
      values += 1;
      lines.add(row);
      if (figure.value !== figureAt(sheet, cell)) {
        edits.push({ line: line.id, column: column.key, minor: figure.value });
      }
    });
  }
  return { edits, values, lines: lines.size, unread, skipped, outside, unnamed: target.unnamed };
}

/** Blank and the dash that accountants write for nothing are zero. */
export function figureFromText(text: string, currency: string, parse: ParseFigure): Result<number, string> {
  const trimmed = text.trim();
  return /^[-–—]?$/.test(trimmed) ? { ok: true, value: 0 } : parse(trimmed, currency);
}

interface TargetRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly left: number;
}

interface Target {
  readonly rows: readonly TargetRow[];
  readonly outside: number;
  readonly unnamed: readonly string[];
}

function byPlace(sheet: Sheet, selection: Range, table: TextTable): Target {
  const width = Math.max(0, ...table.map((cells) => cells.length));
  const selected = lineRows(sheet, selection.top, selection.bottom);
  const repeats = tiling(table.length, width, selected.length, selection.right - selection.left + 1);
  const height = table.length * repeats.down;
  const rows = lineRows(sheet, selection.top, sheet.rows.entries.length - 1).slice(0, height);
  const beyond = table.slice(Math.min(rows.length, table.length)).reduce((sum, cells) => sum + cells.length, 0);
  return {
    rows: rows.map((row, index) => ({
      row,
      cells: repeat(table[index % table.length] ?? [], repeats.across),
      left: selection.left,
    })),
    outside: beyond,
    unnamed: [],
  };
}

function byName(sheet: Sheet, table: TextTable): Target {
  const rowsByName = new Map<string, number[]>();
  for (const row of lineRows(sheet, 0, sheet.rows.entries.length - 1)) {
    const name = lineOf(sheet, row)?.label.trim() ?? '';
    rowsByName.set(name, [...(rowsByName.get(name) ?? []), row]);
  }
  const calculated = new Set(sheet.reading.tree.groups.map((group) => group.label.trim()));
  const rows: TargetRow[] = [];
  const unnamed: string[] = [];
  for (const [label = '', ...cells] of table) {
    const name = label.trim();
    const row = rowsByName.get(name)?.shift();
    if (row !== undefined) rows.push({ row, cells, left: 1 });
    else if (!calculated.has(name) && cells.length > 0) unnamed.push(name);
  }
  return { rows, outside: 0, unnamed };
}

function tiling(height: number, width: number, lines: number, columns: number): { down: number; across: number } {
  const fits = height > 0 && width > 0 && lines % height === 0 && columns % width === 0;
  return fits && lines > 0 ? { down: lines / height, across: columns / width } : { down: 1, across: 1 };
}

function repeat(cells: readonly string[], times: number): readonly string[] {
  return times === 1 ? cells : Array.from({ length: times }, () => cells).flat();
}

/** Rows of lines between two rows, both included. */
export function lineRows(sheet: Sheet, top: number, bottom: number): readonly number[] {
  const rows: number[] = [];
  for (let row = top; row <= bottom; row += 1) if (lineOf(sheet, row) !== undefined) rows.push(row);
  return rows;
}
