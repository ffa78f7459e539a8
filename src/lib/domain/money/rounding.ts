/**
 * The named ways to round to an integer (M6). Names as in the General Decimal Arithmetic Specification (Cowlishaw) and
 * java.math.RoundingMode; IEEE 754-2019 section 4.3 calls half-even roundTiesToEven, half-up roundTiesToAway, down
 * roundTowardZero, ceiling roundTowardPositive and floor roundTowardNegative.
 *
 * Nothing here loads decimal.js: a Decimal that comes in brings its own methods.
 */
import type { Decimal } from '#lib/domain/money/decimal.ts';

/**
 * half-even: nearest, a tie to the even neighbour ("banker's"). half-up: nearest, a tie away from zero.
 * half-down: nearest, a tie towards zero. up: away from zero. down: towards zero (truncation).
 * ceiling: towards plus infinity. floor: towards minus infinity.
 */
export type RoundingMode = 'half-even' | 'half-up' | 'half-down' | 'up' | 'down' | 'ceiling' | 'floor';

/**
 * A decimal as an integer. The result can lie beyond the safe integers; where a person's figures can cause that, check
 * `Number.isSafeInteger` before making money of it.
 */
export function roundToInteger(decimal: Decimal, mode: RoundingMode): number {
  return decimal.toDecimalPlaces(0, DECIMAL_JS_MODES[mode]).toNumber() + 0;
}

/** The numbers by which decimal.js knows the modes. */
const DECIMAL_JS_MODES = {
  up: 0,
  down: 1,
  ceiling: 2,
  floor: 3,
  'half-up': 4,
  'half-down': 5,
  'half-even': 6,
} as const satisfies Record<RoundingMode, number>;

/** `numerator / denominator` as an integer, exact until the one rounding. The denominator is positive. */
export function roundQuotient(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const truncated = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return truncated;
  const away = rest < 0n ? -1n : 1n;
  return goesAway(mode, truncated, rest * away * 2n - denominator, away) ? truncated + away : truncated;
}

/** Whether a quotient leaves its truncation for the neighbour away from zero; `overHalf` compares the rest with a half. */
function goesAway(mode: RoundingMode, truncated: bigint, overHalf: bigint, away: bigint): boolean {
  switch (mode) {
    case 'half-even':
      return overHalf > 0n || (overHalf === 0n && truncated % 2n !== 0n);
    case 'half-up':
      return overHalf >= 0n;
    case 'half-down':
      return overHalf > 0n;
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return away === 1n;
    case 'floor':
      return away === -1n;
  }
}
