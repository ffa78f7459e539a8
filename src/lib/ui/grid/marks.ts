/** What lies over the cells: other people's cursors, comments, and cells where two values met. */
import { columnOf, lineOf, type Sheet } from './locks.ts';
import { rangeOf, type Cell, type Range } from './selection.ts';

/** A cell by its names, which hold while rows and columns come and go. */
export interface CellRef {
  readonly line: string;
  /** Key of the column; empty for the label. */
  readonly column: string;
}

/** Another person in the grid, by connection: one person with two tabs has two. */
export interface RemoteCursor {
  readonly client: string;
  readonly name: string;
  readonly initials: string;
  /** 1 to 6 of the series palette. */
  readonly colour: number;
  readonly cell: CellRef;
  /** The other corner of what is selected there. */
  readonly far?: CellRef;
  readonly editing: boolean;
  /** Not heard of for a while; shown pale. */
  readonly away: boolean;
}

export interface CommentMark extends CellRef {
  readonly count: number;
}

/** A cell that two people changed without seeing each other. */
export interface CellConflict extends CellRef {
  readonly id: string;
  /** The figure that stands in the cell, and the one that lost. */
  readonly standing: ConflictValue;
  readonly other: ConflictValue;
  /** Whether the other figure is one's own. */
  readonly otherIsMine: boolean;
}

export interface ConflictValue {
  readonly minor: number;
  readonly by: string;
  /** When it was typed, as words: `14 Nov, 10:42`. */
  readonly when: string;
}

/** The cell of a name, or undefined while its line is folded away or not here. */
export function cellOf({ reading, rows }: Sheet, { line, column }: CellRef): Cell | undefined {
  const row = rows.rowOfLine[reading.tree.indexOfLine.get(line) ?? -1] ?? -1;
  const at = column === '' ? 0 : reading.columns.findIndex(({ key }) => key === column) + 1;
  return row < 0 || (at === 0 && column !== '') ? undefined : { row, column: at };
}

/** The name of a cell; undefined on subtotals. */
export function refOf(sheet: Sheet, cell: Cell): CellRef | undefined {
  const line = lineOf(sheet, cell.row);
  return line === undefined ? undefined : { line: line.id, column: columnOf(sheet, cell.column)?.key ?? '' };
}

/** What a remote person has selected, as far as it is shown here. */
export function remoteRange(sheet: Sheet, cursor: RemoteCursor): Range | undefined {
  const active = cellOf(sheet, cursor.cell);
  if (active === undefined) return undefined;
  const far = (cursor.far && cellOf(sheet, cursor.far)) ?? active;
  return rangeOf({ active, far, tabColumn: null });
}
