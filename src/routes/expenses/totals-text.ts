/** What a list adds up to, in one line: the same figures as the report it was opened from. */
import type { ListTotals } from '#lib/app/expense-list.svelte.ts';
import type { Reference } from '#lib/app/reference.ts';
import { moneyText } from '#lib/ui/figure/figure-text.ts';
import { countText } from './texts.ts';

/** `1,204 rows, cost 12,345.67 EUR, revenue 500.00 EUR`; says what is not in the sum. */
export function totalsText(
  { rows, cost, revenue, unconverted, isExact }: ListTotals,
  { baseCurrency, locale }: Pick<Reference, 'baseCurrency' | 'locale'>,
): string {
  const money = (minor: number): string => moneyText({ minor, currency: baseCurrency }, locale, { currency: 'code' });
  const count = rows === 1 ? '1 row' : `${countText(rows, locale)} rows`;
  if (!isExact) return `${count}, too much to be added up exactly`;
  const sums = [
    revenue === 0 || cost !== 0 ? `${revenue === 0 ? '' : 'cost '}${money(cost)}` : '',
    revenue === 0 ? '' : `revenue ${money(revenue)}`,
  ];
  const left = unconverted === 0 ? '' : `${countText(unconverted, locale)} without a rate not counted`;
  return [count, ...(rows === 0 ? [] : sums), left].filter((part) => part !== '').join(', ');
}
