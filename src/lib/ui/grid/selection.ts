/** Where the person is in the grid and what is selected: an active cell that takes typing, and the far corner of a range. */
export interface Cell {
  readonly row: number;
  /** 0 is the label column, 1 the first figure. */
  readonly column: number;
}

export interface Selection {
  readonly active: Cell;
  readonly far: Cell;
  /** The column where a run of Tab began; Enter goes back to it. */
  readonly tabColumn: number | null;
}

/** A rectangle of cells, all four sides within it. */
export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Bounds {
  readonly rows: number;
  readonly columns: number;
  /** How many rows Page Up and Page Down go. */
  readonly page: number;
}

export type Direction = 'up' | 'down' | 'left' | 'right';
export type Step =
  | Direction
  | `edge-${Direction}`
  | 'page-up'
  | 'page-down'
  | 'row-start'
  | 'row-end'
  | 'sheet-start'
  | 'sheet-end'
  | 'next'
  | 'previous';

/** Whether a cell holds a figure, for jumping to the edge of the data. */
export type Filled = (cell: Cell) => boolean;

export function selectCell(cell: Cell): Selection {
  return { active: cell, far: cell, tabColumn: null };
}

export function rangeOf({ active, far }: Selection): Range {
  return {
    top: Math.min(active.row, far.row),
    left: Math.min(active.column, far.column),
    bottom: Math.max(active.row, far.row),
    right: Math.max(active.column, far.column),
  };
}

export function isSingle(range: Range): boolean {
  return range.top === range.bottom && range.left === range.right;
}

/** Take a step; with `extend` the active cell stays and the far corner goes. */
export function move(selection: Selection, step: Step, extend: boolean, bounds: Bounds, filled: Filled): Selection {
  const from = extend ? selection.far : selection.active;
  const to = within(stepFrom(from, step, bounds, filled), bounds);
  if (extend) return { active: selection.active, far: to, tabColumn: null };
  const tabbing = step === 'next' || step === 'previous';
  return { active: to, far: to, tabColumn: tabbing ? (selection.tabColumn ?? from.column) : null };
}

/** Where Enter leads: one row on, in the column where a run of Tab began. */
export function afterEnter(selection: Selection, step: 'up' | 'down', bounds: Bounds): Selection {
  const { row, column } = selection.active;
  return selectCell(within({ row: row + (step === 'down' ? 1 : -1), column: selection.tabColumn ?? column }, bounds));
}

export function selectAll(bounds: Bounds): Selection {
  return {
    active: { row: 0, column: 0 },
    far: { row: bounds.rows - 1, column: bounds.columns - 1 },
    tabColumn: null,
  };
}

/** The nearest cell inside the grid. */
export function within(cell: Cell, bounds: Bounds): Cell {
  return { row: clamp(cell.row, bounds.rows), column: clamp(cell.column, bounds.columns) };
}

function stepFrom({ row, column }: Cell, step: Step, bounds: Bounds, filled: Filled): Cell {
  switch (step) {
    case 'up':
      return { row: row - 1, column };
    case 'down':
      return { row: row + 1, column };
    case 'left':
      return { row, column: column - 1 };
    case 'right':
      return { row, column: column + 1 };
    case 'edge-up':
      return edge({ row, column }, -1, 0, bounds, filled);
    case 'edge-down':
      return edge({ row, column }, 1, 0, bounds, filled);
    case 'edge-left':
      return edge({ row, column }, 0, -1, bounds, filled);
    case 'edge-right':
      return edge({ row, column }, 0, 1, bounds, filled);
    case 'page-up':
      return { row: row - bounds.page, column };
    case 'page-down':
      return { row: row + bounds.page, column };
    case 'row-start':
      return { row, column: 0 };
    case 'row-end':
      return { row, column: bounds.columns - 1 };
    case 'sheet-start':
      return { row: 0, column: 0 };
    case 'sheet-end':
      return { row: bounds.rows - 1, column: bounds.columns - 1 };
    case 'next':
      return wrap(row * bounds.columns + column + 1, bounds);
    case 'previous':
      return wrap(row * bounds.columns + column - 1, bounds);
  }
}

/** As spreadsheets do: to the last filled cell of this run, or else to the first of the next, or else to the end. */
function edge(from: Cell, rows: number, columns: number, bounds: Bounds, filled: Filled): Cell {
  const inside = (cell: Cell): boolean =>
    cell.row >= 0 && cell.row < bounds.rows && cell.column >= 0 && cell.column < bounds.columns;
  const on = (cell: Cell): Cell => ({ row: cell.row + rows, column: cell.column + columns });
  if (!inside(on(from))) return from;
  const inRun = filled(from) && filled(on(from));
  let here = on(from);
  while (inside(on(here)) && (inRun ? filled(on(here)) : !filled(here))) here = on(here);
  return here;
}

function wrap(position: number, bounds: Bounds): Cell {
  const last = bounds.rows * bounds.columns - 1;
  const place = Math.min(Math.max(position, 0), last);
  return { row: Math.floor(place / bounds.columns), column: place % bounds.columns };
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(index, count - 1));
}
