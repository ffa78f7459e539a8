/** Exact fractions as floating-point numbers, with what is lost. */
import type { Fraction } from '#lib/domain/money/fraction.ts';

/** A fraction as the nearest number, or the one beside it. */
export function numberOf({ numerator, denominator }: Fraction): number {
  if (denominator < SHORT) return Number(numerator) / Number(denominator);
  // Both shortened alike: a number holds no more than their first 53 bits, and no integer above 2^1024.
  const spare = BigInt(denominator.toString(16).length * 4 - 256);
  return Number(numerator >> spare) / Number(denominator >> spare);
}

const SHORT = 1n << 512n;

/** How far `numberOf` may be off: three roundings of half a unit in the last place. */
export function errorOfNumber({ denominator }: Fraction, value: number): number {
  if (denominator === 1n && Number.isSafeInteger(value)) return 0;
  return Math.abs(value) * 2 ** -51 + Number.MIN_VALUE;
}
