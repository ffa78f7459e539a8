/** Rows one by one, in an order: the list of expenses, and what stands behind a figure of a report. */
import { CHUNK_ROWS, UNDATED, type Chunk, type Columns, type Dimension } from './columns.ts';
import { eachMatch, type Filter } from './filter.ts';

import type { RowId } from './row-id.ts';
import { Sums, type Totals } from './sums.ts';

export interface ListQuery {
  readonly filter: Filter;
  readonly sort: ListSort;
  readonly offset: number;
  readonly limit: number;
}

/** `date` and `amount` by size; a dimension by the order that `Ranks` gives its values. */
export interface ListSort {
  readonly by: 'date' | 'amount' | Dimension;
  readonly descending: boolean;
}

export interface ListPage {
  readonly ids: readonly RowId[];
  /** Of all matching rows, not of the page. */
  readonly totals: Totals;
}

/** Where a value of a dimension stands in the order people read it in: by name and not by id. */
export type Ranks = (dimension: Dimension) => ReadonlyMap<string, number>;

/** Matching rows in order, as numbers: kept by whoever pages through them. */
export interface Listing {
  readonly chunks: readonly Chunk[];
  /** Chunk and row of each, as `chunk * 65536 + row`. */
  readonly places: Float64Array;
  readonly totals: Totals;
}

const PER_CHUNK = 2 ** 16;
const ONE_CELL = new Uint32Array(CHUNK_ROWS);

/** Rows without a date, and those without an amount in the base currency, come last in either direction. (S17) */
export function listing(columns: Columns, { filter, sort }: Pick<ListQuery, 'filter' | 'sort'>, ranks: Ranks): Listing {
  const chunks: Chunk[] = [];
  const keys: Float64Array[] = [];
  const places: Float64Array[] = [];
  const sums = new Sums(1);
  const keyOf = keyReader(columns, sort, ranks);
  eachMatch(columns, filter, (chunk, rows) => {
    const base = (chunks.push(chunk) - 1) * PER_CHUNK;
    keys.push(Float64Array.from(rows, (row) => keyOf(chunk, row)));
    places.push(Float64Array.from(rows, (row) => base + row));
    sums.add(chunk, rows, ONE_CELL);
  });
  return { chunks, places: sortedBy(joined(keys), joined(places), sort.descending), totals: sums.result().totals };
}

/** The ids of a stretch of a listing. */
export function pageOf({ chunks, places }: Listing, offset: number, limit: number): RowId[] {
  return Array.from(places.subarray(offset, offset + limit), (place) => {
    const chunk = chunks[Math.trunc(place / PER_CHUNK)];
    return chunk?.ids.at(place % PER_CHUNK) ?? '';
  });
}

function keyReader(columns: Columns, { by }: ListSort, ranks: Ranks): (chunk: Chunk, row: number) => number {
  if (by === 'amount') return (chunk, row) => chunk.amounts[row] as number;
  if (by === 'date') {
    return (chunk, row) => (chunk.days[row] === UNDATED ? NaN : (chunk.days[row] as number));
  }
  const rankOf = ranks(by);
  const keys = Float64Array.from(columns.dictionaries[by].values, (value) => rankOf.get(value) ?? NaN);
  return (chunk, row) => keys[chunk.codes[by][row] as number] as number;
}

/**
 * Rows of equal keys stay in the order they stand in, those without a key come last. Each row becomes one number, its
 * key's rank and its position, because numbers sort natively and a comparing function costs ten times as much.
 */
function sortedBy(keys: Float64Array, places: Float64Array, descending: boolean): Float64Array {
  const rankOf = new Map([...new Set(keys.filter((key) => !Number.isNaN(key)).sort())].map((key, rank) => [key, rank]));
  const last = rankOf.size;
  const packed = Float64Array.from(keys, (key, position) => {
    const rank = rankOf.get(key) ?? (descending ? -1 : last);
    return (descending ? last - 1 - rank : rank) * keys.length + position;
  });
  return packed.sort().map((each) => places[each % keys.length] as number);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
