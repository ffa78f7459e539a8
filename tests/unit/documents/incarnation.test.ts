import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonRows, renewedIncarnation, restoredIncarnation } from '#lib/documents/incarnation.ts';

test('D19: a copy of 57 rows shares them with whoever went on, and with another copy of the same', () => {
  const copy = restoredIncarnation('abc', 57, 'x');
  expect(copy).toBe('abc~57.x');
  expect(commonRows('abc', copy)).toBe(57);
  expect(commonRows(copy, restoredIncarnation('abc', 57, 'y'))).toBe(57);
  expect(commonRows(copy, restoredIncarnation('abc', 40, 'z'))).toBe(40);
  expect(commonRows(copy, restoredIncarnation(copy, 80, 'w'))).toBe(80);
  expect(commonRows(copy, copy)).toBe(Infinity);
  expect(commonRows(copy, 'other')).toBe(0);
});

test('D21: a document that begins anew on purpose has nothing in common with the one before, its copies neither', () => {
  const anew = renewedIncarnation('def');
  expect([commonRows('abc', anew), commonRows('abc~57.x', restoredIncarnation(anew, 3, 'y'))]).toEqual([null, null]);
  expect(commonRows(anew, restoredIncarnation(anew, 3, 'y'))).toBe(3);
});

interface Log {
  readonly incarnation: string;
  readonly rows: readonly number[];
}

test('D19: however often copies are taken and restored, no more rows are called common than are', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('write' as const), count: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ do: fc.constant('copy' as const) }),
    fc.record({ do: fc.constant('restore' as const), which: fc.nat(30) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let last = 0;
      let log: Log = { incarnation: 'jdy4nt8hxzqm0pcbevhe', rows: [] };
      const known: Log[] = [log];
      const copies: Log[] = [log];
      for (const [token, one] of steps.entries()) {
        if (one.do === 'copy') copies.push(log);
        if (one.do === 'write') {
          log = { ...log, rows: [...log.rows, ...Array.from({ length: one.count }, () => (last += 1))] };
        }
        if (one.do === 'restore') {
          const { incarnation, rows } = copies[one.which % copies.length] as Log;
          log = { incarnation: restoredIncarnation(incarnation, rows.length, `${token}abcdefg`), rows };
        }
        known.push(log);
      }
      expect(log.incarnation.length).toBeLessThanOrEqual(64);
      for (const one of known) {
        const common = commonRows(one.incarnation, log.incarnation);
        const compared = Math.min(common ?? 0, one.rows.length);
        expect(common).not.toBeNull();
        expect(log.rows.slice(0, compared)).toEqual(one.rows.slice(0, compared));
      }
    }),
  );
});
