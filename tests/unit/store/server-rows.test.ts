import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from '#lib/store/server-rows.ts';

const single = (seq: number) => ({ first: seq, seq });

test('S7: rows that come twice are taken once, and the cursor stays before a hole until it is filled', () => {
  const first = admit(0, [], [single(1), single(3), single(1)]);
  expect(first).toEqual({ fresh: [single(1), single(3)], cursor: 1 });
  const second = admit(1, [single(3)], [single(3), single(2)]);
  expect(second).toEqual({ fresh: [single(2)], cursor: 3 });
});

test('S7: a run that the server merged is taken when it holds anything new, and covers what it holds', () => {
  expect(admit(4, [single(6)], [{ first: 3, seq: 7 }, single(7)])).toEqual({
    fresh: [{ first: 3, seq: 7 }],
    cursor: 7,
  });
  expect(admit(0, [{ first: 1, seq: 5 }], [single(2)])).toEqual({ fresh: [], cursor: 5 });
});

test('S7: in whatever order and however often rows arrive, the end is the same: everything is here once', () => {
  const arrivals = fc.array(fc.array(fc.integer({ min: 1, max: 12 }).map(single), { maxLength: 6 }), { maxLength: 8 });
  fc.assert(
    fc.property(arrivals, (batches) => {
      let cursor = 0;
      const stored: { first: number; seq: number }[] = [];
      for (const batch of batches) {
        const admitted = admit(cursor, stored, batch);
        stored.push(...admitted.fresh);
        cursor = admitted.cursor;
      }
      const numbers = stored.map(({ seq }) => seq).sort((a, b) => a - b);
      expect(numbers).toEqual([...new Set(batches.flat().map(({ seq }) => seq))].sort((a, b) => a - b));
      const hole = Array.from({ length: 13 }, (_, i) => i + 1).find((seq) => !numbers.includes(seq)) ?? 14;
      expect(cursor).toBe(hole - 1);
    }),
  );
});
