/** Where cells lie on the screen: a frozen label pane, a pane that scrolls sideways, a frozen pane of totals, a pinned last row. */
import type { Cell, Range } from './selection.ts';

export interface Geometry {
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly labelWidth: number;
  readonly amountWidth: number;
  readonly totalWidth: number;
  /** Columns in the sideways scrolling pane and in the right pane. */
  readonly middle: number;
  readonly right: number;
  /** All rows, the pinned total among them. */
  readonly rows: number;
  readonly viewWidth: number;
  readonly viewHeight: number;
}

export interface Measures {
  readonly viewWidth: number;
  readonly viewHeight: number;
  readonly rowHeight: number;
  readonly rows: number;
  readonly amounts: number;
  readonly totals: number;
  /** How wide the longest figures are. */
  readonly amountNeeds: number;
  readonly totalNeeds: number;
}

export type Pane = 'left' | 'middle' | 'right';
export type Band = 'body' | 'foot';

/** A rectangle within one pane; x counts from the pane's own left edge, y from the top of its band. */
export interface Box {
  readonly pane: Pane;
  readonly band: Band;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The sides where the range goes on in another pane or band, as class names. */
  readonly open: string;
}

export interface Scroll {
  readonly top: number;
  readonly left: number;
}

const roomyWidth = 720;
/** The padding on both sides of a figure. */
const besideFigure = 16;

/** Share the width out: columns grow a little, labels take what is left; on a narrow screen totals scroll along. */
export function layOut(measures: Measures): Geometry {
  const { viewWidth, viewHeight, rowHeight, rows, amounts, totals } = measures;
  const roomy = viewWidth >= roomyWidth;
  const [middle, right] = roomy ? [amounts, totals] : [amounts + totals, 0];
  const labelLeast = roomy ? 220 : 136;
  const totalWidth = Math.max(roomy ? 104 : 92, Math.ceil(measures.totalNeeds) + besideFigure);
  const amountLeast = Math.max(
    roomy ? 76 : 92,
    Math.ceil(roomy ? measures.amountNeeds : measures.totalNeeds) + besideFigure,
  );
  const room = viewWidth - labelLeast - right * totalWidth;
  const amountWidth = Math.max(amountLeast, Math.min(112, Math.floor(room / Math.max(1, middle))));
  const labelWidth = Math.max(labelLeast, viewWidth - middle * amountWidth - right * totalWidth);
  return {
    rowHeight,
    headHeight: 36,
    labelWidth,
    amountWidth,
    totalWidth,
    middle,
    right,
    rows,
    viewWidth,
    viewHeight,
  };
}

export function contentWidth(geometry: Geometry): number {
  return geometry.labelWidth + geometry.middle * geometry.amountWidth + rightWidth(geometry);
}

export function bodyHeight({ rows, rowHeight }: Geometry): number {
  return (rows - 1) * rowHeight;
}

export function rightWidth({ right, totalWidth }: Geometry): number {
  return right * totalWidth;
}

/** Height of the rows that can be seen between the header and the pinned total. */
export function bodyView({ viewHeight, headHeight, rowHeight }: Geometry): number {
  return Math.max(rowHeight, viewHeight - headHeight - rowHeight);
}

/** The rectangles of a range, one for each pane and band it reaches into. */
export function boxesOf(range: Range, geometry: Geometry): readonly Box[] {
  const panes = panesOf(range, geometry);
  const bands = bandsOf(range, geometry);
  return panes.flatMap(([pane, across], column) =>
    bands.map(([band, down], row) => ({
      pane,
      band,
      x: across.start,
      y: down.start,
      width: across.size,
      height: down.size,
      open: openSides(column, panes.length, row, bands.length),
    })),
  );
}

export function boxOf(cell: Cell, geometry: Geometry): Box | undefined {
  return boxesOf({ top: cell.row, bottom: cell.row, left: cell.column, right: cell.column }, geometry)[0];
}

/** The cell under a point of the view; points outside lead to the nearest cell. Undefined over the header. */
export function hit(x: number, y: number, scroll: Scroll, geometry: Geometry): Cell | undefined {
  if (y < geometry.headHeight) return undefined;
  return { row: rowAt(y, scroll.top, geometry), column: columnAt(x, scroll.left, geometry) };
}

/** The column under a point of the view, whatever the height. */
function columnAt(x: number, scrollLeft: number, geometry: Geometry): number {
  const { labelWidth, amountWidth, totalWidth, middle, right, viewWidth } = geometry;
  if (x < labelWidth) return 0;
  const fromRight = viewWidth - rightWidth(geometry);
  if (right > 0 && x >= fromRight) {
    return middle + 1 + Math.min(right - 1, Math.floor((x - fromRight) / totalWidth));
  }
  return 1 + Math.max(0, Math.min(middle - 1, Math.floor((x - labelWidth + scrollLeft) / amountWidth)));
}

/** The least scrolling that brings a cell into view. */
export function scrollToShow(cell: Cell, scroll: Scroll, geometry: Geometry): Scroll {
  return { top: topToShow(cell.row, scroll.top, geometry), left: leftToShow(cell.column, scroll.left, geometry) };
}

function topToShow(row: number, top: number, geometry: Geometry): number {
  if (row >= geometry.rows - 1) return top;
  const start = row * geometry.rowHeight;
  return Math.max(start + geometry.rowHeight - bodyView(geometry), Math.min(top, start));
}

function leftToShow(column: number, left: number, geometry: Geometry): number {
  if (column === 0 || column > geometry.middle) return left;
  const start = (column - 1) * geometry.amountWidth;
  const room = geometry.viewWidth - geometry.labelWidth - rightWidth(geometry);
  return Math.min(start, Math.max(left, start + geometry.amountWidth - room));
}

function rowAt(y: number, scrollTop: number, geometry: Geometry): number {
  const { headHeight, rowHeight, rows, viewHeight } = geometry;
  const footTop = Math.min(viewHeight - rowHeight, headHeight + bodyHeight(geometry));
  if (y >= footTop) return rows - 1;
  return Math.max(0, Math.min(rows - 2, Math.floor((y - headHeight + scrollTop) / rowHeight)));
}

interface Stretch {
  readonly start: number;
  readonly size: number;
}

function panesOf(range: Range, geometry: Geometry): readonly (readonly [Pane, Stretch])[] {
  const { labelWidth, amountWidth, totalWidth, middle, right } = geometry;
  const panes: (readonly [Pane, Stretch])[] = [];
  if (range.left === 0) panes.push(['left', { start: 0, size: labelWidth }]);
  const across = overlap(range.left, range.right, 1, middle, amountWidth);
  if (across !== undefined) panes.push(['middle', across]);
  const totals = overlap(range.left, range.right, middle + 1, middle + right, totalWidth);
  if (totals !== undefined) panes.push(['right', totals]);
  return panes;
}

function bandsOf(range: Range, { rows, rowHeight }: Geometry): readonly (readonly [Band, Stretch])[] {
  const bands: (readonly [Band, Stretch])[] = [];
  const body = overlap(range.top, range.bottom, 0, rows - 2, rowHeight);
  if (body !== undefined) bands.push(['body', body]);
  if (range.bottom >= rows - 1) bands.push(['foot', { start: 0, size: rowHeight }]);
  return bands;
}

function openSides(column: number, columns: number, row: number, rows: number): string {
  return [
    column > 0 ? 'open-left' : '',
    column < columns - 1 ? 'open-right' : '',
    row > 0 ? 'open-top' : '',
    row < rows - 1 ? 'open-bottom' : '',
  ]
    .filter((side) => side !== '')
    .join(' ');
}

/** Where `from..to` lies within `first..last` when each takes `size`; undefined when they do not meet. */
function overlap(from: number, to: number, first: number, last: number, size: number): Stretch | undefined {
  const [start, end] = [Math.max(from, first), Math.min(to, last)];
  return start > end ? undefined : { start: (start - first) * size, size: (end - start + 1) * size };
}
