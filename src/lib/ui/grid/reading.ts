/** Reading a figure at a row and a column: given, summed over lines, summed over columns, or compared. */
import { isLine, type RowEntry, type Tree } from './rows.ts';
import type { Figures, SheetColumn } from './sheet.ts';
import { Totals } from './totals.ts';

/** How a column finds its figure among the amount columns. */
type Reader =
  | { readonly kind: 'amount'; readonly at: number }
  | { readonly kind: 'sum'; readonly of: readonly number[] }
  | { readonly kind: 'change'; readonly from: Reader; readonly to: Reader };

type Columns = readonly (Float64Array | undefined)[];

interface Range {
  readonly most: number;
  readonly least: number;
}

export interface Extremes {
  readonly amounts: Range;
  readonly sums: Range;
}

class Extent implements Range {
  most = 0;
  least = 0;

  take(figures: Float64Array | undefined, total: number): void {
    this.#add(total);
    if (figures === undefined) return;
    for (let line = 0; line < figures.length; line += 1) this.#add(figures[line] ?? NaN);
  }

  #add(figure: number): void {
    if (figure > this.most) this.most = figure;
    else if (figure < this.least) this.least = figure;
  }
}

/** The figures of a tree under its columns. `base` holds the same figures in the one currency of the subtotals. */
export class Reading {
  readonly tree: Tree;
  /** The columns that are shown: amounts first, then what is made from them. */
  readonly columns: readonly SheetColumn[];
  readonly #readers: readonly (Reader | undefined)[];
  readonly #keys: readonly string[];
  readonly #totals: Totals;
  #figures: Columns = [];
  #base: Columns = [];

  constructor(tree: Tree, columns: readonly SheetColumn[]) {
    const shown = columns.filter((column) => column.kind !== 'amount' || column.hidden !== true);
    this.tree = tree;
    this.columns = [
      ...shown.filter((column) => column.kind === 'amount'),
      ...shown.filter((column) => column.kind !== 'amount'),
    ];
    this.#keys = columns.filter((column) => column.kind === 'amount').map((column) => column.key);
    const readers = readersOf(columns, this.#keys);
    this.#readers = this.columns.map((column) => readers.get(column.key));
    this.#totals = new Totals(tree, this.#keys.length);
  }

  /** Take in the figures as they stand now. */
  refresh(figures: Figures, base: Figures = figures): void {
    this.#figures = this.#keys.map((key) => figures.get(key));
    this.#base = this.#keys.map((key) => base.get(key));
    this.#totals.refresh(this.#base);
  }

  /** The figure at a row and a shown column: minor units, a ratio in a change column, not a number where there is none. */
  figure(entry: RowEntry, column: number): number {
    return this.#read(this.#readers[column], entry, this.#figures);
  }

  /** The same in the currency of the subtotals. */
  baseFigure(entry: RowEntry, column: number): number {
    return this.#read(this.#readers[column], entry, this.#base);
  }

  /** The most and the least of all figures: how wide the columns have to be. */
  extremes(): Extremes {
    const amounts = new Extent();
    const sums = new Extent();
    for (const reader of this.#readers) {
      const total = this.#read(reader, ~this.tree.total, this.#figures);
      if (reader?.kind === 'amount') amounts.take(this.#figures[reader.at], total);
      if (reader?.kind === 'sum') sums.take(this.#sumsOfLines(reader.of), total);
    }
    return { amounts, sums };
  }

  #sumsOfLines(columns: readonly number[]): Float64Array {
    const sums = new Float64Array(this.tree.lines.length);
    for (const column of columns) {
      const figures = this.#figures[column];
      if (figures === undefined) continue;
      for (let line = 0; line < sums.length; line += 1) {
        const figure = figures[line] ?? NaN;
        if (!Number.isNaN(figure)) sums[line] = (sums[line] ?? 0) + figure;
      }
    }
    return sums;
  }

  #read(reader: Reader | undefined, entry: RowEntry, figures: Columns): number {
    switch (reader?.kind) {
      case 'amount':
        return this.#amount(reader.at, entry, figures);
      case 'sum':
        return this.#sum(reader.of, entry, figures);
      case 'change':
        return change(this.#read(reader.from, entry, figures), this.#read(reader.to, entry, figures));
      case undefined:
        return NaN;
    }
  }

  #amount(column: number, entry: RowEntry, figures: Columns): number {
    return isLine(entry) ? (figures[column]?.[entry] ?? NaN) : this.#totals.of(~entry, column);
  }

  #sum(columns: readonly number[], entry: RowEntry, figures: Columns): number {
    let sum = 0;
    let found = false;
    for (const column of columns) {
      const figure = this.#amount(column, entry, figures);
      if (Number.isNaN(figure)) continue;
      sum += figure;
      found = true;
    }
    return found ? sum : NaN;
  }
}

function readersOf(columns: readonly SheetColumn[], keys: readonly string[]): ReadonlyMap<string, Reader> {
  const readers = new Map<string, Reader>(keys.map((key, at) => [key, { kind: 'amount', at }]));
  for (const column of columns) {
    if (column.kind === 'sum') {
      readers.set(column.key, { kind: 'sum', of: column.of.map((key) => keys.indexOf(key)).filter((at) => at >= 0) });
    }
  }
  for (const column of columns) {
    if (column.kind !== 'change') continue;
    const [from, to] = [readers.get(column.from), readers.get(column.to)];
    if (from !== undefined && to !== undefined) readers.set(column.key, { kind: 'change', from, to });
  }
  return readers;
}

function change(from: number, to: number): number {
  return from === 0 ? NaN : (to - from) / Math.abs(from);
}
