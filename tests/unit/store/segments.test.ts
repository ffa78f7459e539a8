import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredRow } from '#lib/store/database.ts';
import { planSegments } from '#lib/store/segments.ts';

const SHARED = { isShared: true, cursor: 100, upTo: 1000 };

function row(number: number, seq: number | null, size = 10): StoredRow {
  return {
    number,
    key: `k${number}`,
    document: 'core',
    bytes: new Uint8Array(size),
    format: 'v1',
    checksum: 0,
    state: seq === null ? 'unacknowledged' : 'durable',
    serverSeq: seq,
    firstSeq: seq,
    author: null,
  };
}

function planned(rows: readonly StoredRow[], terms = SHARED, limit = 100): number[][] {
  return planSegments(rows, terms, limit).map((group) => group.map(({ number }) => number));
}

test('S14: consecutive rows become segments of at most the limit', () => {
  expect(planned([1, 2, 3, 4, 5, 6].map((n) => row(n, n, 30)))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test('S14: nothing is merged across or together with a row that the server has not acknowledged', () => {
  expect(planned([row(1, 1), row(2, 2), row(3, null), row(4, 3), row(5, 4)])).toEqual([
    [1, 2],
    [4, 5],
  ]);
});

test('S14: in a local workspace nobody acknowledges, and rows are merged all the same', () => {
  expect(planned([row(1, null), row(2, null)], { ...SHARED, isShared: false })).toEqual([[1, 2]]);
});

test('S14: rows beyond a hole in the server’s numbers, beyond the cursor or not yet projected stay as they are', () => {
  expect(planned([row(1, 1), row(2, 2), row(3, 5), row(4, 6)])).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(planned([row(1, 1), row(2, 2), row(3, 3)], { ...SHARED, cursor: 2 })).toEqual([[1, 2]]);
  expect(planned([row(1, 1), row(2, 2), row(3, 3)], { ...SHARED, upTo: 2 })).toEqual([[1, 2]]);
});

test('S14: a row of half a segment is not merged again and again', () => {
  expect(planned([row(1, 1, 60), row(2, 2), row(3, 3)])).toEqual([[2, 3]]);
});

test('S14: no plan ever holds an unacknowledged row of a shared workspace, a hole, or too many bytes', () => {
  const rows = fc
    .array(fc.record({ acknowledged: fc.boolean(), skip: fc.nat(1), size: fc.integer({ min: 1, max: 70 }) }))
    .map((each) => {
      let seq = 0;
      return each.map(({ acknowledged, skip, size }, i) => row(i + 1, acknowledged ? (seq += 1 + skip) : null, size));
    });
  fc.assert(
    fc.property(rows, (all) => {
      for (const group of planSegments(all, SHARED, 100)) {
        expect(group.length).toBeGreaterThan(1);
        expect(group.every(({ state }) => state === 'durable')).toBe(true);
        expect(group.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(100);
        for (const [i, { firstSeq }] of group.slice(1).entries()) expect(firstSeq).toBe((group[i]?.serverSeq ?? 0) + 1);
      }
    }),
  );
});
