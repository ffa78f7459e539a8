/** Where an editor or a note stands over a cell, in the coordinates of the scrolled content. */
import { bodyView, boxOf, rightWidth, type Geometry, type Scroll } from './geometry.ts';
import type { Cell } from './selection.ts';

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** No room below: what hangs on the cell hangs upward. */
  readonly above: boolean;
}

const roomBelow = 150;

export function placeOver(cell: Cell, scroll: Scroll, geometry: Geometry): Place {
  const box = boxOf(cell, geometry) ?? { pane: 'middle', x: 0, y: 0, width: geometry.amountWidth };
  const starts = {
    left: scroll.left,
    middle: geometry.labelWidth,
    right: scroll.left + geometry.viewWidth - rightWidth(geometry),
  };
  const hidden = scroll.top + bodyView(geometry) - box.y - geometry.rowHeight;
  return {
    left: starts[box.pane] + box.x,
    top: geometry.headHeight + box.y,
    width: box.width,
    height: geometry.rowHeight,
    above: hidden < roomBelow && box.y - scroll.top > roomBelow,
  };
}

/** The same for a note of a width: kept inside the view, below its cell. */
export function placeNote(cell: Cell, width: number, scroll: Scroll, geometry: Geometry): Place {
  const place = placeOver(cell, scroll, geometry);
  const least = scroll.left + 8;
  const most = scroll.left + geometry.viewWidth - width - 8;
  return { ...place, left: Math.max(least, Math.min(place.left, most)), top: place.top + place.height };
}
