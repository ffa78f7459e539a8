/** The grid's window onto its rows: size, scroll position, and which rows and columns are drawn in it. */
import {
  bodyHeight,
  bodyView,
  contentWidth,
  layOut,
  rightWidth,
  scrollToShow,
  type Geometry,
  type Scroll,
} from './geometry.ts';
import type { Cell } from './selection.ts';
import { columnSpan, rowSpan, type Span } from './window.ts';

export interface ViewportShape {
  readonly rows: number;
  readonly amounts: number;
  readonly totals: number;
  readonly rowHeight: number;
  /** The longest figures. */
  readonly amountText: string;
  readonly totalText: string;
}

export class GridViewport {
  readonly #shape: () => ViewportShape;
  #element: HTMLElement | null = null;
  #font = $state.raw('');
  #width = $state.raw(0);
  #height = $state.raw(0);
  #top = $state.raw(0);
  #left = $state.raw(0);

  readonly geometry: Geometry = $derived.by(() => {
    const { amountText, totalText, ...shape } = this.#shape();
    const amountNeeds = textWidth(amountText, this.#font);
    const totalNeeds = textWidth(totalText, this.#font);
    return layOut({ ...shape, amountNeeds, totalNeeds, viewWidth: this.#width, viewHeight: this.#height });
  });
  readonly #rows = $derived.by(() =>
    rowSpan(this.#top, bodyView(this.geometry), this.geometry.rowHeight, this.geometry.rows - 1),
  );
  readonly #firstRow = $derived(this.#rows.first);
  readonly #rowCount = $derived(this.#rows.count);
  readonly #columns = $derived.by(() => {
    const { viewWidth, labelWidth, amountWidth, middle } = this.geometry;
    return columnSpan(this.#left, viewWidth - labelWidth - rightWidth(this.geometry), amountWidth, middle);
  });
  readonly #firstColumn = $derived(this.#columns.first);
  readonly #columnCount = $derived(this.#columns.count);

  /** The rows that are drawn; another object only when another row is. */
  readonly rows: Span = $derived({ first: this.#firstRow, count: this.#rowCount });
  /** The drawn columns of the middle pane, counted from 0. */
  readonly columns: Span = $derived({ first: this.#firstColumn, count: this.#columnCount });

  constructor(shape: () => ViewportShape) {
    this.#shape = shape;
  }

  /** Watch the scrolling element; answers how to stop. */
  readonly attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const { fontSize, fontFamily } = getComputedStyle(element);
    this.#font = `600 ${fontSize} ${fontFamily}`;
    const read = (): void => {
      this.#width = element.clientWidth;
      this.#height = element.clientHeight;
      this.readScroll();
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      observer.disconnect();
      this.#element = null;
    };
  };

  /** Draw for where the element is scrolled to. */
  readonly readScroll = (): void => {
    this.#top = this.#element?.scrollTop ?? 0;
    this.#left = this.#element?.scrollLeft ?? 0;
  };

  get scroll(): Scroll {
    return { top: this.#top, left: this.#left };
  }

  /** Scroll just so far that a cell is in view. */
  readonly reveal = (cell: Cell): void => {
    this.scrollTo(scrollToShow(cell, this.scroll, this.geometry));
  };

  scrollTo({ top, left }: Scroll): void {
    if (top === this.#top && left === this.#left) return;
    this.#top = Math.max(0, Math.min(top, bodyHeight(this.geometry) - bodyView(this.geometry)));
    this.#left = Math.max(0, Math.min(left, contentWidth(this.geometry) - this.geometry.viewWidth));
    if (this.#element === null) return;
    this.#element.scrollTop = this.#top;
    this.#element.scrollLeft = this.#left;
  }

  /** A point of the screen as a point of the window. */
  locate(event: { readonly clientX: number; readonly clientY: number }): { readonly x: number; readonly y: number } {
    const box = this.#element?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }
}

let canvas: CanvasRenderingContext2D | null = null;

/** How wide a figure is in the heaviest type it is written in; digits count as wide as a zero. */
function textWidth(text: string, font: string): number {
  if (font === '') return 0;
  canvas ??= document.createElement('canvas').getContext('2d');
  if (canvas === null) return 0;
  canvas.font = font;
  return canvas.measureText(text.replace(/\d/g, '0')).width;
}
