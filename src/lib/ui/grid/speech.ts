/** What the live region says about the selection. */
import type { ExactFigure } from './fill.ts';
import { columnOf, entryOf, figureAt, lineOf, type Sheet } from './locks.ts';
import { refOf, type CellConflict, type CellRef, type CommentMark, type RemoteCursor } from './marks.ts';
import { isSingle, rangeOf, type Cell, type Selection } from './selection.ts';
import { textAt, type Ink } from './slots.ts';
import { counted, spokenCell, type CountText } from './wording.ts';

export interface Speech {
  readonly sheet: Sheet;
  readonly ink: Ink;
  readonly folded: ReadonlySet<string>;
  readonly totalLabel: string;
  readonly exact: ExactFigure;
  readonly count: CountText;
  readonly presence: readonly RemoteCursor[];
  readonly comments: readonly CommentMark[];
  readonly conflicts: readonly CellConflict[];
  /** What the app adds for a cell: `8 percent over plan`. */
  readonly describe: ((cell: CellRef) => string) | undefined;
}

/** The cell where the cursor is, or the size of the range that is selected. */
export function spokenSelection(selection: Selection, speech: Speech): string {
  const range = rangeOf(selection);
  if (isSingle(range)) return spokenAt(selection.active, speech);
  const cells = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  return `${counted(cells, 'cell', speech.count)} selected, to ${spokenAt(selection.far, speech)}`;
}

/** The name of a cell: `Cloud hosting, March 2027`. */
export function cellName(sheet: Sheet, cell: Cell, totalLabel: string): string {
  return [rowLabel(sheet, cell.row, totalLabel), columnOf(sheet, cell.column)?.name ?? '']
    .filter((part) => part !== '')
    .join(', ');
}

function spokenAt(cell: Cell, speech: Speech): string {
  const { sheet, presence, comments, conflicts } = speech;
  const ref = refOf(sheet, cell);
  const here = (mark: CellRef): boolean => mark.line === ref?.line && mark.column === ref.column;
  return spokenCell({
    label: rowLabel(sheet, cell.row, speech.totalLabel),
    column: columnOf(sheet, cell.column)?.name ?? '',
    figure: spokenFigure(cell, speech),
    detail: ref === undefined ? '' : (speech.describe?.(ref) ?? ''),
    expanded: expandedAt(cell.row, speech),
    editors: presence
      .filter((cursor) => here(cursor.cell))
      .map(({ name, editing }) => (editing ? `${name} editing` : name)),
    comments: comments.find(here)?.count ?? 0,
    conflict: conflicts.some(here),
  });
}

function spokenFigure(cell: Cell, { sheet, ink, exact }: Speech): string {
  const figure = figureAt(sheet, cell);
  if (Number.isNaN(figure)) return '';
  const column = columnOf(sheet, cell.column);
  if (column?.kind === 'change') return textAt(sheet, entryOf(sheet, cell.row), cell.column, ink);
  const currency = lineOf(sheet, cell.row)?.currency ?? ink.currency;
  return `${exact(figure, currency)} ${currency}`;
}

function expandedAt(row: number, { sheet, folded }: Speech): boolean | null {
  const group = sheet.reading.tree.groups[~entryOf(sheet, row)];
  return group === undefined ? null : !folded.has(group.id);
}

function rowLabel(sheet: Sheet, row: number, totalLabel: string): string {
  const group = sheet.reading.tree.groups[~entryOf(sheet, row)];
  return lineOf(sheet, row)?.label ?? group?.label ?? totalLabel;
}
