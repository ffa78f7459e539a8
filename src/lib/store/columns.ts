/**
 * Every expense and ledger entry as columns of numbers, in chunks: what reports and lists are made from. All of it is
 * in the worker's memory; the records themselves stay on disk.
 */
import { PackedText } from './packed-text.ts';
import type { RowId } from './row-id.ts';

/** What rows are grouped and filtered by. The empty text stands for "not said". */
export const DIMENSIONS = ['period', 'category', 'department', 'vendor', 'project', 'line', 'batch'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type RowState = 'posted' | 'unposted' | 'returned';
export type Nature = 'cost' | 'revenue';

/** One row, as it goes into the columns. */
export interface ColumnRow {
  readonly id: RowId;
  readonly values: Readonly<Record<Dimension, string>>;
  readonly state: RowState;
  readonly nature: Nature;
  /** Days since 1970-01-01, or `UNDATED`. */
  readonly day: number;
  /** Minor units of the base currency; NaN when no rate was known. */
  readonly amount: number;
  /** What a text filter looks in, already `searchable`. */
  readonly text: string;
}

export const UNDATED = -(2 ** 31);
export const CHUNK_ROWS = 4096;

/** A run of one document's rows. Arrays are at least `count` long. */
export interface Chunk {
  count: number;
  readonly codes: Record<Dimension, Uint32Array>;
  days: Int32Array;
  amounts: Float64Array;
  /** `kindOf` state and nature. */
  kinds: Uint8Array;
  ids: PackedText;
  texts: PackedText;
}

const STATES: readonly RowState[] = ['posted', 'unposted', 'returned'];
export const NATURES: readonly Nature[] = ['cost', 'revenue'];
export const KINDS = STATES.length * NATURES.length;

/** State and nature as one small number. */
export function kindOf(state: RowState, nature: Nature): number {
  return STATES.indexOf(state) * NATURES.length + NATURES.indexOf(nature);
}

export function stateOf(kind: number): RowState {
  return STATES[Math.trunc(kind / NATURES.length)] ?? 'posted';
}

export function natureOf(kind: number): Nature {
  return NATURES[kind % NATURES.length] ?? 'cost';
}

/** The values of one dimension, each known by a small number. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #values: string[] = [];

  get values(): readonly string[] {
    return this.#values;
  }

  codeOf(value: string): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }

  find(value: string): number | undefined {
    return this.#codes.get(value);
  }
}

export type Dictionaries = Readonly<Record<Dimension, Dictionary>>;

export class Columns {
  readonly dictionaries = perDimension(() => new Dictionary());
  readonly #chunks = new Map<string, Chunk[]>();
  #generation = 0;

  /** Goes up with every change: what was worked out under another generation is old. */
  get generation(): number {
    return this.#generation;
  }

  get rows(): number {
    return this.chunks().reduce((sum, { chunk }) => sum + chunk.count, 0);
  }

  /** The chunks of a document, to be edited in place; say `changed()` after it. */
  chunksOf(document: string): Chunk[] {
    const known = this.#chunks.get(document);
    if (known !== undefined) return known;
    const chunks: Chunk[] = [];
    this.#chunks.set(document, chunks);
    return chunks;
  }

  clear(): void {
    this.#chunks.clear();
    this.changed();
  }

  changed(): void {
    this.#generation += 1;
  }

  /** All chunks in a settled order. */
  chunks(): readonly { readonly document: string; readonly chunk: Chunk }[] {
    return [...this.#chunks].flatMap(([document, chunks]) => chunks.map((chunk) => ({ document, chunk })));
  }
}

export function emptyChunk(): Chunk {
  return {
    count: 0,
    codes: perDimension(() => new Uint32Array(16)),
    days: new Int32Array(16),
    amounts: new Float64Array(16),
    kinds: new Uint8Array(16),
    ids: new PackedText(),
    texts: new PackedText(),
  };
}

export function perDimension<T>(make: (dimension: Dimension) => T): Record<Dimension, T> {
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, make(dimension)])) as Record<Dimension, T>;
}
