/** Plan against actual, and whether the difference is good news. */
import { isZero, subtract, type Money } from '../money/money.ts';
import { roundQuotient } from '../money/rounding.ts';

export interface Variance {
  /** Actual less plan. */
  readonly difference: Money;
  /** Difference over the size of the plan as decimal text ('-0.125' is 12.5 % below); null when the plan is zero. */
  readonly ratio: string | null;
  /** Null when there is no difference. */
  readonly favourable: boolean | null;
}

/** (B9, B10) */
export function variance(planned: Money, actual: Money, nature: 'cost' | 'revenue'): Variance {
  const difference = subtract(actual, planned);
  if (isZero(difference)) return { difference, ratio: isZero(planned) ? null : '0', favourable: null };
  const favourable = nature === 'cost' ? difference.minor < 0 : difference.minor > 0;
  if (isZero(planned)) return { difference, ratio: null, favourable };
  return { difference, ratio: ratioOf(difference.minor, planned.minor), favourable };
}

/** Six decimals of the quotient, half-even; exact integers, so the first screen needs no decimal library. */
function ratioOf(difference: number, planned: number): string {
  const millionths = roundQuotient(BigInt(difference) * 1_000_000n, BigInt(Math.abs(planned)), 'half-even');
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
  return millionths < 0n ? `-${text}` : text;
}
