/** Changing the columns of one document in place: rows are put, rows go, the rest keeps its order. */
import { CHUNK_ROWS, DIMENSIONS, emptyChunk, kindOf, type Chunk, type ColumnRow, type Columns } from './columns.ts';
import { PackedText } from './packed-text.ts';
import type { RowId } from './row-id.ts';

export interface ColumnChange {
  readonly put: readonly ColumnRow[];
  readonly removed: readonly RowId[];
}

/** Applies a change and gives the indexes of the chunks that are different now. (S24) */
export function editColumns(columns: Columns, document: string, change: ColumnChange): ReadonlySet<number> {
  const edit = new Edit(columns, document);
  edit.remove(change.removed);
  for (const row of change.put) edit.put(row);
  columns.changed();
  return edit.finish();
}

interface Place {
  readonly index: number;
  readonly row: number;
}

class Edit {
  readonly #columns: Columns;
  readonly #chunks: Chunk[];
  readonly #ids: string[][];
  readonly #texts = new Map<number, string[]>();
  readonly #places: Map<RowId, Place>;
  readonly #changed = new Set<number>();

  constructor(columns: Columns, document: string) {
    this.#columns = columns;
    this.#chunks = columns.chunksOf(document);
    this.#ids = this.#chunks.map((chunk) => chunk.ids.texts());
    this.#places = new Map(this.#ids.flatMap((ids, index) => ids.map((id, row) => [id, { index, row }] as const)));
  }

  remove(ids: readonly RowId[]): void {
    const gone = new Set(ids);
    const hit = new Set(ids.flatMap((id) => this.#places.get(id)?.index ?? []));
    for (const index of hit) this.#closeRanks(index, gone);
  }

  put(row: ColumnRow): void {
    const place = this.#places.get(row.id) ?? this.#newPlace(row.id);
    const chunk = this.#chunk(place.index);
    for (const dimension of DIMENSIONS) {
      const code = this.#columns.dictionaries[dimension].codeOf(row.values[dimension]);
      chunk.codes[dimension][place.row] = code;
    }
    chunk.days[place.row] = row.day;
    chunk.amounts[place.row] = row.amount;
    chunk.kinds[place.row] = kindOf(row.state, row.nature);
    this.#textsOf(place.index)[place.row] = row.text;
    this.#changed.add(place.index);
  }

  finish(): ReadonlySet<number> {
    for (const index of this.#changed) {
      const chunk = this.#chunk(index);
      chunk.ids = PackedText.of(this.#ids[index] ?? []);
      chunk.texts = PackedText.of(this.#textsOf(index));
    }
    return this.#changed;
  }

  /** Moves the rows that stay together, in one pass over the chunk. */
  #closeRanks(index: number, gone: ReadonlySet<RowId>): void {
    const chunk = this.#chunk(index);
    const ids = this.#ids[index] ?? [];
    const texts = this.#textsOf(index);
    let to = 0;
    for (let from = 0; from < chunk.count; from += 1) {
      const id = ids[from] ?? '';
      if (gone.has(id)) {
        this.#places.delete(id);
        continue;
      }
      if (to !== from) move(chunk, from, to);
      ids[to] = id;
      texts[to] = texts[from] ?? '';
      this.#places.set(id, { index, row: to });
      to += 1;
    }
    ids.length = to;
    texts.length = to;
    chunk.count = to;
    this.#changed.add(index);
  }

  #newPlace(id: RowId): Place {
    let index = this.#chunks.length - 1;
    if (index < 0 || this.#chunk(index).count === CHUNK_ROWS) {
      index = this.#chunks.push(emptyChunk()) - 1;
      this.#ids.push([]);
      this.#texts.set(index, []);
    }
    const chunk = this.#chunk(index);
    if (chunk.count === chunk.days.length) grow(chunk);
    const place = { index, row: chunk.count };
    chunk.count += 1;
    this.#ids[index]?.push(id);
    this.#places.set(id, place);
    return place;
  }

  #textsOf(index: number): string[] {
    const known = this.#texts.get(index);
    if (known !== undefined) return known;
    const texts = this.#chunk(index).texts.texts();
    this.#texts.set(index, texts);
    return texts;
  }

  #chunk(index: number): Chunk {
    const chunk = this.#chunks[index];
    if (chunk === undefined) throw new Error(`Cannot happen: no chunk ${index}`);
    return chunk;
  }
}

function move(chunk: Chunk, from: number, to: number): void {
  for (const dimension of DIMENSIONS) chunk.codes[dimension].copyWithin(to, from, from + 1);
  chunk.days.copyWithin(to, from, from + 1);
  chunk.amounts.copyWithin(to, from, from + 1);
  chunk.kinds.copyWithin(to, from, from + 1);
}

function grow(chunk: Chunk): void {
  const length = Math.min(CHUNK_ROWS, Math.max(16, chunk.days.length * 2));
  for (const dimension of DIMENSIONS) chunk.codes[dimension] = longer(new Uint32Array(length), chunk.codes[dimension]);
  chunk.days = longer(new Int32Array(length), chunk.days);
  chunk.amounts = longer(new Float64Array(length), chunk.amounts);
  chunk.kinds = longer(new Uint8Array(length), chunk.kinds);
}

function longer<A extends { set(from: A): void }>(array: A, content: A): A {
  array.set(content);
  return array;
}
