/** Totals by what people ask for, in one pass over the columns. */
import { assert } from '#lib/domain/result.ts';
import type { Columns, Dimension } from './columns.ts';
import { eachMatch, type Filter } from './filter.ts';
import { Sums, type CellSums } from './sums.ts';

export interface ReportQuery {
  /** One to three dimensions; the first varies slowest in the cells. */
  readonly by: readonly Dimension[];
  readonly filter: Filter;
}

/**
 * Sums of minor units in the base currency, cost and revenue apart. Cell `i` belongs to the values found by taking `i`
 * apart along `axes`: with two axes, row `i / axes[1].length` and column `i % axes[1].length`.
 */
export interface Report extends CellSums {
  readonly by: readonly Dimension[];
  /** Values with at least one row, sorted; the empty text is "not said". */
  readonly axes: readonly (readonly string[])[];
}

/** Cells of a dense table; beyond it the report is refused. 4 million cells are 80 MB. */
const MOST_CELLS = 4_000_000;

/** Sums every matching row into its cell; the sum of the cells is the total of the same rows listed. (S17, I12) */
export function report(columns: Columns, { by, filter }: ReportQuery): Report {
  assert(by.length >= 1 && by.length <= 3, 'a report has one to three dimensions');
  const used = usedCodes(columns, by, filter);
  const axes = by.map((dimension, i) => axisOf(columns, dimension, used[i] ?? new Uint8Array()));
  const strides = stridesOf(axes);
  const cells = axes.reduce((product, axis) => product * axis.values.length, 1);
  assert(cells <= MOST_CELLS, `a report of ${cells} cells is asked for in parts`);
  const sums = new Sums(cells);
  const cellOf = new Uint32Array(2 ** 12);
  eachMatch(columns, filter, (chunk, rows) => {
    cellOf.fill(0, 0, rows.length);
    for (const [i, dimension] of by.entries()) {
      const axis = axes[i];
      if (axis !== undefined) addPositions(cellOf, rows, chunk.codes[dimension], axis.positions, strides[i] ?? 1);
    }
    sums.add(chunk, rows, cellOf);
  });
  return { by, axes: axes.map((axis) => axis.values), ...sums.result() };
}

interface Axis {
  readonly values: readonly string[];
  /** Where on the axis a code stands. */
  readonly positions: Uint32Array;
}

function axisOf(columns: Columns, dimension: Dimension, used: Uint8Array): Axis {
  const { values: known } = columns.dictionaries[dimension];
  const codes = [...known.keys()].filter((code) => used[code] === 1);
  codes.sort((a, b) => compareText(known[a] ?? '', known[b] ?? ''));
  const positions = new Uint32Array(known.length);
  for (const [position, code] of codes.entries()) positions[code] = position;
  return { values: codes.map((code) => known[code] ?? ''), positions };
}

function usedCodes(columns: Columns, by: readonly Dimension[], filter: Filter): readonly Uint8Array[] {
  const used = by.map((dimension) => new Uint8Array(columns.dictionaries[dimension].values.length));
  eachMatch(columns, filter, (chunk, rows) => {
    for (const [i, dimension] of by.entries()) mark(used[i] as Uint8Array, chunk.codes[dimension], rows);
  });
  return used;
}

function mark(used: Uint8Array, codes: Uint32Array, rows: Uint16Array): void {
  for (let i = 0; i < rows.length; i += 1) used[codes[rows[i] as number] as number] = 1;
}

function stridesOf(axes: readonly Axis[]): readonly number[] {
  return axes.map((_, i) => axes.slice(i + 1).reduce((product, axis) => product * axis.values.length, 1));
}

function addPositions(
  cells: Uint32Array,
  rows: Uint16Array,
  codes: Uint32Array,
  positions: Uint32Array,
  stride: number,
): void {
  for (let i = 0; i < rows.length; i += 1) {
    cells[i] = (cells[i] as number) + (positions[codes[rows[i] as number] as number] as number) * stride;
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
