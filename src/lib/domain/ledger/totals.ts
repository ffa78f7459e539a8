/** What entries come to, cost and revenue apart. */
import { safeSum, type AmountOverflow } from '../money/money.ts';
import { ok, type Result } from '../result.ts';
import type { LedgerEntry } from './entry.ts';

/** Minor units of the base currency, each in the sense of its nature. */
export interface LedgerTotals {
  readonly cost: number;
  readonly revenue: number;
  /** Revenue less cost. */
  readonly result: number;
}

/** Totals in the base currency. Entries and their reversals come to nothing. (L7, L8) */
export function totalsByNature(
  baseCurrency: string,
  entries: readonly LedgerEntry[],
): Result<LedgerTotals, AmountOverflow> {
  const inBase = entries.map(({ nature, baseAmount }) => ({ nature, minor: baseAmount, currency: baseCurrency }));
  const cost = safeSum(
    baseCurrency,
    inBase.filter(({ nature }) => nature === 'cost'),
  );
  if (!cost.ok) return cost;
  const revenue = safeSum(
    baseCurrency,
    inBase.filter(({ nature }) => nature === 'revenue'),
  );
  if (!revenue.ok) return revenue;
  const result = safeSum(baseCurrency, [revenue.value, { minor: 0 - cost.value.minor, currency: baseCurrency }]);
  if (!result.ok) return result;
  return ok({ cost: cost.value.minor, revenue: revenue.value.minor, result: result.value.minor });
}
