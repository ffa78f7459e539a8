import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '#lib/domain/money/decimal.ts';
import { roundQuotient, roundToInteger, type RoundingMode } from '#lib/domain/money/rounding.ts';
import { roundingModes } from '#tests/unit/domain/money/arbitraries.ts';

/** The table of java.math.RoundingMode, in tenths: what each of these becomes. */
const tenths = [55, 25, 16, 11, 10, -10, -11, -16, -25, -55];
const table: Record<RoundingMode, number[]> = {
  up: [6, 3, 2, 2, 1, -1, -2, -2, -3, -6],
  down: [5, 2, 1, 1, 1, -1, -1, -1, -2, -5],
  ceiling: [6, 3, 2, 2, 1, -1, -1, -1, -2, -5],
  floor: [5, 2, 1, 1, 1, -1, -2, -2, -3, -6],
  'half-up': [6, 3, 2, 1, 1, -1, -1, -2, -3, -6],
  'half-down': [5, 2, 2, 1, 1, -1, -1, -2, -2, -5],
  'half-even': [6, 2, 2, 1, 1, -1, -1, -2, -2, -6],
};

test.each(Object.entries(table))(
  'M6: %s rounds 5.5, 2.5, 1.6, 1.1, 1.0 and their negatives by definition',
  (mode, row) => {
    const named = mode as RoundingMode;
    expect(tenths.map((n) => Number(roundQuotient(BigInt(n), 10n, named)))).toEqual(row);
    expect(tenths.map((n) => roundToInteger(new Decimal(n).div(10), named))).toEqual(row);
  },
);

test('M6: what rounds to nothing has no sign', () => {
  expect(Object.is(roundToInteger(new Decimal('-0.4'), 'half-even'), 0)).toBe(true);
});

test('M6: integers and decimals round alike, every way, also far beyond the safe integers', () => {
  const big = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
  fc.assert(
    fc.property(big, fc.integer({ min: 0, max: 12 }), roundingModes, (numerator, places, mode) => {
      const decimal = new Decimal(String(numerator)).div(new Decimal(10).pow(places));
      expect(Number(roundQuotient(numerator, 10n ** BigInt(places), mode))).toBe(roundToInteger(decimal, mode));
    }),
  );
});
