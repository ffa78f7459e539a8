import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from '#lib/domain/money/allocate.ts';
import { minorUnits } from '#tests/unit/domain/money/arbitraries.ts';

test('M7: parts of an allocation always add up to the whole: 100.00 in thirds', () => {
  expect(allocate(10_000, [1, 1, 1])).toEqual([3334, 3333, 3333]);
});

test('M8: the units left over go to the largest remainders, of equal ones to the earlier', () => {
  // Exact shares 33.33.., 16.66.., 50: the cent goes to the one in the middle.
  expect(allocate(100, [2, 1, 3])).toEqual([33, 17, 50]);
  expect(allocate(5, [1, 1, 1, 1])).toEqual([2, 1, 1, 1]);
  expect(allocate(-5, [1, 1, 1, 1])).toEqual([-2, -1, -1, -1]);
});

test('M8: no weight, no share; no weights at all, even shares', () => {
  expect(allocate(10, [0, 1, 0, 2])).toEqual([0, 3, 0, 7]);
  expect(allocate(5, [0, 0])).toEqual([3, 2]);
  expect(allocate(0, [])).toEqual([]);
  expect(() => allocate(1, [])).toThrow('among nobody');
});

test('M8: weights are the decimals they print as', () => {
  expect(allocate(10, [0.1, 0.2, 0.7])).toEqual([1, 2, 7]);
  // 1.5 and 0.5 tie, and the earlier gets the unit; the binary fractions behind 0.3 and 0.1 would not tie.
  expect(allocate(2, [0.3, 0.1])).toEqual([2, 0]);
  expect(allocate(3, [1e-7, 1e21])).toEqual([0, 3]);
});

test('M8: what is no weight is not shared by', () => {
  for (const weight of [-1, NaN, Infinity]) expect(() => allocate(10, [1, weight])).toThrow('weight');
  expect(() => allocate(0.5, [1])).toThrow('minor units');
});

const weights = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.nat({ max: 1000 }) },
    { weight: 1, arbitrary: fc.maxSafeNat() },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1e12, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  { minLength: 1, maxLength: 40 },
);

test('M7: parts of an allocation always add up to the whole, each less than a unit from its exact share', () => {
  fc.assert(
    fc.property(minorUnits, weights, (total, shares) => {
      const parts = allocate(total, shares);
      expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));

      const exact = shares.map((weight) => BigInt(decimalOf(weight)));
      const sum = exact.reduce((a, b) => a + b, 0n);
      if (sum === 0n) return;
      parts.forEach((part, i) => {
        const error = BigInt(part) * sum - BigInt(total) * (exact[i] ?? 0n);
        expect(error < sum && -error < sum).toBe(true);
      });
    }),
  );
});

test('M8: minus the whole is shared as minus the parts, and equal weights differ by at most a unit', () => {
  fc.assert(
    fc.property(minorUnits, weights, (total, shares) => {
      const parts = allocate(total, shares);
      expect(allocate(0 - total, shares)).toEqual(parts.map((part) => 0 - part));
      const bySize = Map.groupBy(parts.keys(), (i) => shares[i]);
      for (const equals of bySize.values()) {
        const sizes = equals.map((i) => Math.abs(parts[i] ?? 0));
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        expect((sizes[0] ?? 0) - (sizes.at(-1) ?? 0)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('M8: plain and exact arithmetic share alike', () => {
  const small = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), small, (total, shares) => {
      // A million million times the weights are the same weights, but too large for plain numbers.
      expect(
        allocate(
          total,
          shares.map((weight) => weight * 1e12),
        ),
      ).toEqual(allocate(total, shares));
    }),
  );
});

/** The number as an integer of 10^-340: enough for every decimal a double prints. */
function decimalOf(weight: number): string {
  const [mantissa = '0', exponent = '0'] = weight.toExponential().split('e');
  const [units = '0', fraction = ''] = mantissa.split('.');
  return units + fraction + '0'.repeat(340 + Number(exponent) - fraction.length);
}
