/** Exact fractions: for typed calculations and derived exchange rates, where a decimal would have to stop somewhere. */
import { roundQuotient, type RoundingMode } from '#lib/domain/money/rounding.ts';

export interface Fraction {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

export function fraction(numerator: bigint, denominator = 1n): Fraction {
  return { numerator, denominator };
}

/** The value of plain decimal text: '-1234.56', '.5', '12.'. */
export function fractionOf(decimal: string): Fraction {
  const [units = '', decimals = ''] = decimal.split('.');
  return fraction(BigInt(units + decimals), 10n ** BigInt(decimals.length));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** One divided by a fraction that is not zero. */
export function inverse({ numerator, denominator }: Fraction): Fraction {
  return numerator < 0n ? fraction(-denominator, -numerator) : fraction(denominator, numerator);
}

/** The fraction times ten to the `digits` (0 or more), as an integer. */
export function scaled({ numerator, denominator }: Fraction, digits: number, mode: RoundingMode): bigint {
  return roundQuotient(numerator * 10n ** BigInt(digits), denominator, mode);
}

/** A positive fraction as plain decimal text of so many significant digits, rounded half-even. */
export function decimalText(value: Fraction, significant: number): string {
  let decimals = Math.max(significant + 1 + length(value.denominator) - length(value.numerator), 0);
  while (decimals > 0 && length(scaled(value, decimals, 'down')) > significant) decimals -= 1;
  const figures = String(scaled(value, decimals, 'half-even')).padStart(decimals + 1, '0');
  if (decimals === 0) return figures;
  return `${figures.slice(0, -decimals)}.${figures.slice(-decimals)}`.replace(/\.?0+$/, '');
}

function length(integer: bigint): number {
  return String(integer).length;
}
