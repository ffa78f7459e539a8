import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindRange } from '#server/update/client-binding.ts';
import type { BoundClient } from '#server/update/client-binding.ts';

const ana = { member: 'ana', device: 'laptop' };
const ben = { member: 'ben', device: 'phone' };
const range = (from: number, to: number) => ({ client: 7, from, to });

test('the first who writes under an id owns it', () => {
  expect(bindRange(null, ana, range(0, 3))).toEqual({
    ok: true,
    value: { bound: { ...ana, clock: 3, beyond: [] }, gap: false },
  });
});

test('others may repeat what is known and nothing more, also the same member on another device', () => {
  const known: BoundClient = { ...ana, clock: 3, beyond: [] };
  expect(bindRange(known, ben, range(0, 3)).ok).toBe(true);
  expect(bindRange(known, ben, range(2, 4))).toEqual({ ok: false, error: 'client-taken' });
  expect(bindRange(known, { ...ana, device: 'phone' }, range(3, 4)).ok).toBe(false);
});

test('a gap is noted, and closed by what was missing', () => {
  const late = bindRange({ ...ana, clock: 3, beyond: [] }, ana, range(5, 8));
  if (!late.ok) throw new Error(late.error);
  expect(late.value).toEqual({ bound: { ...ana, clock: 3, beyond: [range(5, 8)] }, gap: true });
  const closed = bindRange(late.value.bound, ana, range(3, 5));
  expect(closed).toMatchObject({ value: { bound: { clock: 8, beyond: [] }, gap: false } });
});

test('ranges in any order end at the same clock, and neighbours beyond a gap are one', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(cuts, fc.infiniteStream(fc.nat()), (unsorted, chance) => {
      const ends = unsorted.toSorted((a, b) => a - b);
      const ranges = ends.map((to, index) => range(ends[index - 1] ?? 0, to));
      const shuffled = ranges.map((one) => ({ one, by: Number(chance.next().value) })).sort((a, b) => a.by - b.by);
      let known: BoundClient | null = null;
      for (const { one } of shuffled) {
        const next = bindRange(known, ana, one);
        if (!next.ok) throw new Error(next.error);
        known = next.value.bound;
        expect(known.beyond.every((later, n, all) => n === 0 || (all[n - 1]?.to ?? 0) < later.from)).toBe(true);
      }
      expect(known).toMatchObject({ clock: ends.at(-1), beyond: [] });
    }),
  );
});
