/** Which rows and columns are drawn for a scroll position, and in which slot each row stands. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/** Rows beyond each edge that are drawn ahead of scrolling. */
export const overscan = 6;

/** The rows to draw. The count depends on the height alone, so slots are neither made nor dropped while scrolling. */
export function rowSpan(scrollTop: number, viewHeight: number, rowHeight: number, rows: number): Span {
  const count = Math.min(rows, Math.ceil(viewHeight / rowHeight) + 1 + 2 * overscan);
  const first = Math.floor(scrollTop / rowHeight) - overscan;
  return { first: Math.max(0, Math.min(first, rows - count)), count };
}

/** The columns of one width to draw, one more on either side. */
export function columnSpan(scrollLeft: number, viewWidth: number, columnWidth: number, columns: number): Span {
  const count = Math.min(columns, Math.ceil(Math.max(0, viewWidth) / columnWidth) + 2);
  const first = Math.floor(scrollLeft / columnWidth) - 1;
  return { first: Math.max(0, Math.min(first, columns - count)), count };
}

/** A row keeps its slot for as long as it is drawn, so that a step of scrolling redraws one slot. */
export function rowInSlot(slot: number, { first, count }: Span): number {
  return first + ((((slot - first) % count) + count) % count);
}

export function slotOfRow(row: number, { first, count }: Span): number | undefined {
  return row < first || row >= first + count ? undefined : row % count;
}
