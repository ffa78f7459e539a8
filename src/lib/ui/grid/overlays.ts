/** What is laid over the cells, as rectangles that are moved and never redrawn with the figures. */
import { boxesOf, boxOf, type Band, type Box, type Geometry, type Pane } from './geometry.ts';
import type { Sheet } from './locks.ts';
import { cellOf, remoteRange, type CellConflict, type CommentMark, type RemoteCursor } from './marks.ts';
import { isSingle, rangeOf, type Range, type Selection } from './selection.ts';
import type { Span } from './window.ts';

export interface Overlay {
  readonly key: string;
  readonly kind: 'range' | 'active' | 'filling' | 'remote' | 'comment' | 'conflict';
  readonly box: Box;
  /** Carries the handle for filling. */
  readonly handle?: boolean;
  /** Initials on a remote cursor. */
  readonly text?: string;
  readonly cursor?: RemoteCursor;
  readonly conflict?: string;
}

export interface Work {
  readonly selection: Selection;
  readonly filling: Range | null;
  readonly editing: boolean;
  readonly fillable: boolean;
}

/** One's own cursor, range and fill. */
export function ownOverlays(work: Work, geometry: Geometry): readonly Overlay[] {
  const range = rangeOf(work.selection);
  const single = isSingle(range);
  const { active } = work.selection;
  const activeBox = boxOf(active, geometry);
  const handle = work.fillable && !work.editing && range.left > 0;
  return [
    ...(single ? [] : rangeOverlays('range', range, geometry, handle)),
    ...(activeBox === undefined
      ? []
      : [{ key: 'active', kind: 'active' as const, box: activeBox, handle: handle && single }]),
    ...(work.filling === null ? [] : rangeOverlays('filling', work.filling, geometry, false)),
  ];
}

export interface Others {
  readonly presence: readonly RemoteCursor[];
  readonly comments: readonly CommentMark[];
  readonly conflicts: readonly CellConflict[];
}

/** What others did or do, as far as the drawn rows show it. */
export function otherOverlays(others: Others, sheet: Sheet, geometry: Geometry, drawn: Span): readonly Overlay[] {
  return [
    ...others.presence.flatMap((cursor) => remoteOverlays(cursor, sheet, geometry, drawn)),
    ...others.comments.flatMap((mark) => {
      const box = drawnBox(mark, sheet, geometry, drawn);
      return box === undefined ? [] : [{ key: `comment ${mark.line} ${mark.column}`, kind: 'comment' as const, box }];
    }),
    ...others.conflicts.flatMap((conflict) => {
      const box = drawnBox(conflict, sheet, geometry, drawn);
      const { id } = conflict;
      return box === undefined ? [] : [{ key: `conflict ${id}`, kind: 'conflict' as const, box, conflict: id }];
    }),
  ];
}

/** The overlays of one layer. */
export function inLayer(overlays: readonly Overlay[], pane: Pane, band: Band): readonly Overlay[] {
  return overlays.filter(({ box }) => box.pane === pane && box.band === band);
}

function rangeOverlays(
  kind: 'range' | 'filling' | 'remote',
  range: Range,
  geometry: Geometry,
  handle: boolean,
): readonly Overlay[] {
  const boxes = boxesOf(range, geometry);
  return boxes.map((box, index) => ({
    key: `${kind} ${box.pane} ${box.band}`,
    kind,
    box,
    handle: handle && index === boxes.length - 1,
  }));
}

function remoteOverlays(
  cursor: RemoteCursor,
  sheet: Sheet,
  geometry: Geometry,
  { first, count }: Span,
): readonly Overlay[] {
  const range = remoteRange(sheet, cursor);
  if (range === undefined || range.bottom < first || range.top >= first + count) return [];
  return boxesOf(range, geometry).map((box, index) => ({
    key: `remote ${cursor.client} ${index}`,
    kind: 'remote',
    box,
    cursor,
    ...(index === 0 ? { text: cursor.initials } : {}),
  }));
}

function drawnBox(
  ref: { readonly line: string; readonly column: string },
  sheet: Sheet,
  geometry: Geometry,
  { first, count }: Span,
): Box | undefined {
  const cell = cellOf(sheet, ref);
  if (cell === undefined || cell.row < first || cell.row >= first + count) return undefined;
  return boxOf(cell, geometry);
}
