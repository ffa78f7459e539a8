/** Mouse, pen and finger over the cells: select, drag a range, drag the fill handle, fold, and tap twice to edit. */
import { contentWidth, hit, rightWidth, type Geometry, type Scroll } from './geometry.ts';
import type { GridSession } from './session.svelte.ts';
import type { Cell } from './selection.ts';

export interface PointerView {
  readonly geometry: Geometry;
  readonly scroll: Scroll;
  scrollTo(scroll: Scroll): void;
  locate(event: { readonly clientX: number; readonly clientY: number }): Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How much of the way past the edge is scrolled in a frame. */
const pull = 0.35;

export class GridPointer {
  readonly #view: PointerView;
  readonly #session: GridSession;
  #dragging: 'range' | 'fill' | null = null;
  #at: Point = { x: 0, y: 0 };
  #frame = 0;

  constructor(view: PointerView, session: GridSession) {
    this.#view = view;
    this.#session = session;
  }

  /** Begin with a mouse or a pen; a finger scrolls until it is lifted. Text that cannot be read keeps its editor. */
  down(event: PointerEvent, cells: HTMLElement): void {
    if (!this.#session.commit()) {
      event.preventDefault();
      return;
    }
    const cell = this.#cellAt(event);
    if (cell?.column === 0 && isOnChevron(event)) this.#session.toggle(cell.row);
    if (cell !== undefined && event.pointerType !== 'touch' && event.button === 0) {
      this.#begin('range', event, cells);
      this.#session.selectTo(cell, event.shiftKey);
    }
    cells.focus({ preventScroll: true });
  }

  downOnHandle(event: PointerEvent, cells: HTMLElement): void {
    event.preventDefault();
    this.#begin('fill', event, cells);
  }

  readonly move = (event: PointerEvent): void => {
    if (this.#dragging === null) return;
    this.#at = this.#view.locate(event);
    this.#follow();
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#scrollAlong);
  };

  readonly up = (): void => {
    if (this.#dragging === 'fill') this.#session.dropFill();
    this.cancel();
  };

  readonly cancel = (): void => {
    if (this.#dragging === 'fill') this.#session.dragFill(null);
    this.#dragging = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  };

  /** A finger selects with the first tap and opens the keypad with the second. */
  tap(event: MouseEvent): void {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') return;
    const cell = this.#cellAt(event);
    if (cell === undefined || this.#session.editing !== null) return;
    const { active } = this.#session.selection;
    if (active.row === cell.row && active.column === cell.column) this.#session.enter(cell);
    else this.#session.selectTo(cell, false);
  }

  doubleClick(event: MouseEvent): void {
    const cell = this.#cellAt(event);
    if (cell !== undefined) this.#session.enter(cell);
  }

  #cellAt(event: MouseEvent): Cell | undefined {
    const { x, y } = this.#view.locate(event);
    return hit(x, y, this.#view.scroll, this.#view.geometry);
  }

  #begin(what: 'range' | 'fill', event: PointerEvent, captor: Element): void {
    this.#dragging = what;
    this.#at = this.#view.locate(event);
    captor.setPointerCapture(event.pointerId);
  }

  #follow(): void {
    const { geometry, scroll } = this.#view;
    const { active, far } = this.#session.selection;
    const { x, y } = heldInside(this.#at, active, scroll, geometry);
    const cell = hit(x, y, scroll, geometry);
    if (cell === undefined) return;
    if (this.#dragging === 'fill') this.#session.dragFill(cell);
    else if (far.row !== cell.row || far.column !== cell.column) this.#session.selectTo(cell, true);
  }

  readonly #scrollAlong = (): void => {
    this.#frame = 0;
    if (this.#dragging === null) return;
    const before = this.#view.scroll;
    const { x, y } = this.#at;
    const held = heldInside(this.#at, this.#session.selection.active, before, this.#view.geometry);
    this.#view.scrollTo({ top: before.top + (y - held.y) * pull, left: before.left + (x - held.x) * pull });
    const { top, left } = this.#view.scroll;
    if (top === before.top && left === before.left) return;
    this.#follow();
    this.#frame = requestAnimationFrame(this.#scrollAlong);
  };
}

/** A dragged point, kept in the pane where the drag began for as long as that pane can still be scrolled. */
function heldInside({ x, y }: Point, active: Cell, scroll: Scroll, geometry: Geometry): Point {
  const { headHeight, rowHeight, viewHeight, viewWidth, labelWidth, middle, rows } = geometry;
  const inMiddle = active.column >= 1 && active.column <= middle;
  const most = contentWidth(geometry) - viewWidth;
  const left = inMiddle && scroll.left > 0 ? labelWidth : 0;
  const right = inMiddle && scroll.left < most ? viewWidth - rightWidth(geometry) - 1 : viewWidth - 1;
  const bottom = active.row === rows - 1 ? viewHeight - 1 : viewHeight - rowHeight - 1;
  return { x: clamp(x, left, right), y: clamp(y, headHeight, bottom) };
}

/** The fold sign of a group stands in the padding before its label. */
function isOnChevron(event: PointerEvent): boolean {
  const head = event.target instanceof Element ? event.target.closest('.group .label') : null;
  if (head === null) return false;
  return event.clientX < head.getBoundingClientRect().left + parseFloat(getComputedStyle(head).paddingLeft);
}

function clamp(at: number, least: number, most: number): number {
  return Math.max(least, Math.min(at, most));
}
