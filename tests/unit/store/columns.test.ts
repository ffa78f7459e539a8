import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeChunk, encodeChunk } from '#lib/store/chunk-codec.ts';
import { editColumns } from '#lib/store/column-edit.ts';
import {
  CHUNK_ROWS,
  Columns,
  DIMENSIONS,
  natureOf,
  perDimension,
  stateOf,
  type ColumnRow,
} from '#lib/store/columns.ts';
import { columnRow, columnRows } from './rows-for-test.ts';

const DOCUMENT = 'inbox/ann';

/** The rows that a document's columns hold, in their order. */
function rowsIn(columns: Columns): ColumnRow[] {
  return columns.chunksOf(DOCUMENT).flatMap((chunk) =>
    Array.from({ length: chunk.count }, (_, row) => ({
      id: chunk.ids.at(row),
      values: perDimension((d) => columns.dictionaries[d].values[chunk.codes[d][row] ?? -1] ?? 'no such code'),
      state: stateOf(chunk.kinds[row] ?? 0),
      nature: natureOf(chunk.kinds[row] ?? 0),
      day: chunk.days[row] ?? 0,
      amount: chunk.amounts[row] ?? 0,
      text: chunk.texts.at(row),
    })),
  );
}

test('S24: putting, replacing and removing rows keeps the order of the rest and says which chunks are different', () => {
  const columns = new Columns();
  const rows = Array.from({ length: CHUNK_ROWS + 2 }, (_, i) => columnRow(`r${i}`, { amount: i }));
  expect([...editColumns(columns, DOCUMENT, { put: rows, removed: [] })]).toEqual([0, 1]);
  expect([...editColumns(columns, DOCUMENT, { put: [columnRow('r4097', { amount: -1 })], removed: [] })]).toEqual([1]);
  expect([...editColumns(columns, DOCUMENT, { put: [], removed: ['r0', 'nowhere'] })]).toEqual([0]);
  const left = rowsIn(columns);
  expect(left.length).toBe(CHUNK_ROWS + 1);
  expect(left.slice(0, 2).map(({ id }) => id)).toEqual(['r1', 'r2']);
  expect(left.at(-1)).toMatchObject({ id: 'r4097', amount: -1 });
});

test('S24: any sequence of changes leaves what making the columns from scratch would', () => {
  const changes = fc.array(fc.record({ put: columnRows, removed: fc.array(fc.nat(200).map((n) => `row${n}`)) }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(changes, (sequence) => {
      const columns = new Columns();
      const expected = new Map<string, ColumnRow>();
      for (const change of sequence) {
        editColumns(columns, DOCUMENT, change);
        for (const id of change.removed) expected.delete(id);
        for (const row of change.put) expected.set(row.id, row);
      }
      expect(byId(rowsIn(columns))).toEqual(byId([...expected.values()]));
    }),
    { numRuns: 60 },
  );
});

test('S24: a chunk read back from disk holds the same rows, whatever codes the reader gives the values', () => {
  fc.assert(
    fc.property(columnRows, (rows) => {
      const columns = new Columns();
      editColumns(columns, DOCUMENT, { put: rows, removed: [] });
      const stored = columns
        .chunksOf(DOCUMENT)
        .map((chunk, i) => encodeChunk(DOCUMENT, i, chunk, columns.dictionaries));
      const other = new Columns();
      for (const dimension of DIMENSIONS) other.dictionaries[dimension].codeOf('something else');
      for (const chunk of structuredClone(stored)) {
        other.chunksOf(DOCUMENT).push(decodeChunk(chunk, other.dictionaries));
      }
      expect(rowsIn(other)).toEqual(rowsIn(columns));
    }),
    { numRuns: 40 },
  );
});

function byId(rows: readonly ColumnRow[]): ColumnRow[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
