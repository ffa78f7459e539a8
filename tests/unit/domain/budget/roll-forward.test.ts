import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountsOf } from '#lib/domain/budget/line.ts';
import { rollForward, versionFrom } from '#lib/domain/budget/roll-forward.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { makeLine } from '#tests/support/make-line.ts';

const from = periodsOfYear({ pattern: 'months', startMonth: 4, namedBy: 'start' }, 2026);
const to = periodsOfYear({ pattern: 'months', startMonth: 4, namedBy: 'start' }, 2027);
const phasesOf = (amounts: readonly number[]) =>
  Object.fromEntries(from.map(({ key }, i) => [key, amounts[i] ?? 0] as const));

function rolled(amounts: readonly number[], growth: string): number[] {
  const copies = rollForward([{ line: makeLine(), phases: phasesOf(amounts) }], from, to, growth);
  if (!copies.ok) throw new Error('refused');
  return amountsOf(copies.value[0]?.phases ?? {}, to);
}

test('B7: 4 % on 100.10 and 50.05 is 156.16 in all, with the cent where the fraction is largest', () => {
  expect(rolled([10_010, 5005], '4').slice(0, 3)).toEqual([10_411, 5205, 0]);
  expect(rolled([10_000, -2000], '-2.5').slice(0, 2)).toEqual([9750, -1950]);
});

test('B8: a copied line is the same line in another version, and archived ones stay behind', () => {
  const kept = { line: makeLine({ id: 'kept' }), phases: { '2026-04': 100, '2025-01': 7 } };
  const archived = { line: makeLine({ id: 'archived', archived: true }), phases: { '2026-04': 100 } };
  const copies = rollForward([kept, archived], from, to, '0');
  expect(copies).toMatchObject({ ok: true, value: [{ line: kept.line, phases: { '2027-04': 100, '2028-03': 0 } }] });
  if (copies.ok) expect(copies.value).toHaveLength(1);
});

test('B8: a version knows the one it was copied from', () => {
  const source = {
    id: 'b27',
    name: 'Budget 2027',
    kind: 'budget' as const,
    fiscalYear: 2027,
    parentId: null,
    createdAt: '2026-11-01T00:00:00.000Z',
    createdBy: 'anna',
    archived: true,
  };
  const copy = { ...source, id: 'f27', name: 'Forecast 2027', kind: 'forecast' as const };
  expect(versionFrom(source, copy)).toEqual({ ...copy, parentId: 'b27', archived: false });
});

test('B8: between years of unlike length the grown total is kept', () => {
  const thirteen = periodsOfYear(
    { pattern: '13x4', endMonth: 12, endWeekday: 0, endRule: 'last', namedBy: 'end' },
    2027,
  );
  const copies = rollForward([{ line: makeLine(), phases: phasesOf([1300]) }], from, thirteen, '10');
  expect(copies).toMatchObject({ ok: true, value: [{ phases: { '2027P01': 110, '2027P13': 110 } }] });
});

test('B7: a figure that grows out of the safe integers is refused with its line', () => {
  const line = { line: makeLine({ id: 'huge' }), phases: phasesOf([Number.MAX_SAFE_INTEGER]) };
  expect(rollForward([line], from, to, '1')).toEqual({
    ok: false,
    error: { kind: 'too-large', currency: 'EUR', lineId: 'huge' },
  });
  expect(() => rollForward([line], from, to, 'much')).toThrow('not a percentage');
});

test('B7: the total grows by the factor rounded once, and each period within a unit of its own', () => {
  const amounts = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: -5000, max: 20_000 }), (before, basisPoints) => {
      const growth = (basisPoints / 100).toFixed(2);
      const after = rolled(before, growth);
      const exact = (amount: number) => BigInt(amount) * BigInt(10_000 + basisPoints);
      const total = before.reduce((sum, amount) => sum + amount, 0);
      const grown = after.reduce((sum, amount) => sum + amount, 0);
      const distance = BigInt(grown) * 10_000n - exact(total);
      expect(distance >= -5000n && distance <= 5000n).toBe(true);
      before.forEach((amount, i) => {
        const off = BigInt(after[i] ?? 0) * 10_000n - exact(amount);
        expect(off > -10_000n && off < 10_001n).toBe(true);
      });
      if (basisPoints === 0) expect(after).toEqual(before);
    }),
  );
});
