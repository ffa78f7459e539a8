/** A chunk as it lies on disk: whole by itself, with its own small dictionaries. */
import { perDimension, type Chunk, type Dictionaries, type Dictionary, type Dimension } from './columns.ts';
import { PackedText } from './packed-text.ts';

export interface StoredChunk {
  readonly document: string;
  readonly index: number;
  readonly count: number;
  readonly values: Readonly<Record<Dimension, readonly string[]>>;
  /** Positions in `values`. */
  readonly codes: Readonly<Record<Dimension, Uint16Array>>;
  readonly days: Int32Array;
  readonly amounts: Float64Array;
  readonly kinds: Uint8Array;
  readonly ids: string;
  readonly texts: string;
}

export function encodeChunk(document: string, index: number, chunk: Chunk, dictionaries: Dictionaries): StoredChunk {
  const { count } = chunk;
  const local = perDimension((dimension) => localCodes(chunk.codes[dimension], count, dictionaries[dimension]));
  return {
    document,
    index,
    count,
    values: perDimension((dimension) => local[dimension].values),
    codes: perDimension((dimension) => local[dimension].codes),
    days: chunk.days.slice(0, count),
    amounts: chunk.amounts.slice(0, count),
    kinds: chunk.kinds.slice(0, count),
    ids: chunk.ids.packed,
    texts: chunk.texts.packed,
  };
}

export function decodeChunk(stored: StoredChunk, dictionaries: Dictionaries): Chunk {
  return {
    count: stored.count,
    codes: perDimension((dimension) => {
      const known = stored.values[dimension].map((value) => dictionaries[dimension].codeOf(value));
      return Uint32Array.from(stored.codes[dimension], (code) => known[code] ?? 0);
    }),
    days: stored.days,
    amounts: stored.amounts,
    kinds: stored.kinds,
    ids: new PackedText(stored.ids),
    texts: new PackedText(stored.texts),
  };
}

function localCodes(codes: Uint32Array, count: number, dictionary: Dictionary) {
  const localByCode = new Map<number, number>();
  const values: string[] = [];
  const local = new Uint16Array(count);
  for (let row = 0; row < count; row += 1) {
    const code = codes[row] ?? 0;
    let position = localByCode.get(code);
    if (position === undefined) {
      position = values.push(dictionary.values[code] ?? '') - 1;
      localByCode.set(code, position);
    }
    local[row] = position;
  }
  return { values, codes: local };
}
