/** Which rows a report or a list is about, and how a row is told to be one of them. */
import {
  CHUNK_ROWS,
  DIMENSIONS,
  KINDS,
  natureOf,
  stateOf,
  UNDATED,
  type Chunk,
  type Columns,
  type Dictionary,
  type Dimension,
  type Nature,
  type RowState,
} from './columns.ts';
import { dayNumber } from '#lib/domain/fiscal/iso-date.ts';
import { searchable } from './packed-text.ts';

/** What is absent does not narrow. Several values of one dimension mean any of them; the empty text is "not said". */
export interface Filter {
  readonly values?: { readonly [D in Dimension]?: readonly string[] };
  /** First and last period, both inclusive; rows without a period are then out. */
  readonly periods?: { readonly from: string; readonly to: string };
  /** ISO dates, both inclusive; rows without a date are then out. */
  readonly dates?: { readonly from: string; readonly to: string };
  readonly undated?: boolean;
  readonly states?: readonly RowState[];
  readonly nature?: Nature;
  /** Words that all stand in vendor, description or invoice number, in any order and any spelling of accents. */
  readonly text?: string;
  /** Documents the rows stand in: `inbox/<member>` for one's own. */
  readonly documents?: readonly string[];
}

/** A filter put into numbers for the columns of now. */
interface Matcher {
  readonly filter: Filter;
  /** By dimension and code: 1 where the value is wanted; null where every value is. */
  readonly wanted: Readonly<Record<Dimension, Uint8Array | null>>;
  /** By kind. */
  readonly kinds: Uint8Array;
  readonly fromDay: number;
  readonly toDay: number;
  readonly words: readonly string[];
}

function matcherOf(columns: Columns, filter: Filter): Matcher {
  const { from, to } = filter.dates ?? {};
  return {
    filter,
    wanted: wantedCodes(columns, filter),
    kinds: Uint8Array.from({ length: KINDS }, (_, kind) => Number(isWantedKind(kind, filter))),
    fromDay: from !== undefined ? dayNumber(from) : filter.undated === false ? UNDATED + 1 : UNDATED,
    toDay: to !== undefined ? dayNumber(to) : filter.undated === true ? UNDATED : LAST_DAY,
    words: searchable(filter.text ?? '')
      .split(' ')
      .filter(Boolean),
  };
}

const LAST_DAY = 2 ** 31 - 1;

/** Calls back with each chunk that may hold matching rows, and a list of their positions in it. */
export function eachMatch(
  columns: Columns,
  filter: Filter,
  callback: (chunk: Chunk, rows: Uint16Array, ordinal: number) => void,
): void {
  const matcher = matcherOf(columns, filter);
  const scratch = new Uint16Array(CHUNK_ROWS);
  for (const [ordinal, { document, chunk }] of columns.chunks().entries()) {
    if (filter.documents?.includes(document) === false) continue;
    const found = matchesIn(chunk, matcher, scratch);
    if (found > 0) callback(chunk, scratch.subarray(0, found), ordinal);
  }
}

function matchesIn(chunk: Chunk, matcher: Matcher, out: Uint16Array): number {
  out.set(EVERY_ROW.subarray(0, chunk.count));
  let found = chunk.count;
  if (matcher.kinds.includes(0)) found = keepWanted(chunk.kinds, matcher.kinds, out, found);
  if (matcher.fromDay > UNDATED || matcher.toDay < LAST_DAY) found = keepDays(chunk.days, matcher, out, found);
  for (const dimension of DIMENSIONS) {
    const wanted = matcher.wanted[dimension];
    if (wanted !== null) found = keepWanted(chunk.codes[dimension], wanted, out, found);
  }
  return matcher.words.length === 0 || found === 0 ? found : keepTexts(chunk, matcher.words, out, found);
}

const EVERY_ROW = Uint16Array.from({ length: CHUNK_ROWS }, (_, row) => row);

function keepDays(days: Int32Array, { fromDay, toDay }: Matcher, rows: Uint16Array, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i += 1) {
    const row = rows[i] as number;
    const day = days[row] as number;
    rows[kept] = row;
    kept += Number(day >= fromDay) & Number(day <= toDay);
  }
  return kept;
}

function keepWanted(codes: Uint32Array | Uint8Array, wanted: Uint8Array, rows: Uint16Array, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i += 1) {
    const row = rows[i] as number;
    rows[kept] = row;
    kept += wanted[codes[row] as number] as number;
  }
  return kept;
}

function keepTexts(chunk: Chunk, words: readonly string[], rows: Uint16Array, count: number): number {
  const isHit = chunk.texts.containing(words);
  let kept = 0;
  for (let i = 0; i < count; i += 1) {
    const row = rows[i] as number;
    rows[kept] = row;
    kept += isHit[row] ?? 0;
  }
  return kept;
}

function wantedCodes(columns: Columns, { values = {}, periods }: Filter): Matcher['wanted'] {
  return Object.fromEntries(
    DIMENSIONS.map((dimension) => {
      const isRanged = dimension === 'period' && periods !== undefined;
      if (values[dimension] === undefined && !isRanged) return [dimension, null];
      const listed = values[dimension] === undefined ? null : new Set(values[dimension]);
      const isWanted = (value: string): boolean =>
        (listed === null || listed.has(value)) && (!isRanged || isWithin(value, periods));
      return [dimension, codesWhere(columns.dictionaries[dimension], isWanted)];
    }),
  ) as Record<Dimension, Uint8Array | null>;
}

function codesWhere(dictionary: Dictionary, isWanted: (value: string) => boolean): Uint8Array {
  return Uint8Array.from(dictionary.values, (value) => Number(isWanted(value)));
}

/** Keys of one calendar sort in time order. */
function isWithin(period: string, { from, to }: { readonly from: string; readonly to: string }): boolean {
  return period !== '' && period >= from && period <= to;
}

function isWantedKind(kind: number, { states, nature }: Filter): boolean {
  return (states?.includes(stateOf(kind)) ?? true) && (nature === undefined || natureOf(kind) === nature);
}
