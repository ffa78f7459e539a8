/** Plan against actual, and whether the difference is good news. */
import { Decimal } from '../money/decimal.ts';
import { isZero, subtract, type Money } from '../money/money.ts';

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

const HALF_EVEN = Decimal.ROUND_HALF_EVEN;

function ratioOf(difference: number, planned: number): string {
  const ratio = new Decimal(difference).div(Math.abs(planned)).toDecimalPlaces(6, HALF_EVEN);
  return ratio.isZero() ? '0' : ratio.toFixed();
}
