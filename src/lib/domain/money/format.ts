/** Amounts as people read them, in the notation of their locale. (M13) */
import { minorDigits } from '#lib/domain/money/currency.ts';
import { toDecimalText, type Money } from '#lib/domain/money/money.ts';

export interface MoneyFormat {
  /** How the currency is said; `none` where a table's head says it. Default 'symbol'. */
  readonly currency?: 'symbol' | 'narrowSymbol' | 'code' | 'none';
  /** `always`: a plus as well, for a difference. Default 'auto'. */
  readonly sign?: 'auto' | 'always';
  /** `whole`: no decimals; `compact`: '1.2M'. Both round half-up, for reading only. Default 'exact'. */
  readonly precision?: 'exact' | 'whole' | 'compact';
}

/** An amount in the notation of a BCP 47 locale: every minor unit of it, unless a shorter precision is asked for. */
export function formatMoney(amount: Money, locale: string, options: MoneyFormat = {}): string {
  // As text, not divided: beyond 2^53 / 100 a floating number no longer tells the cents apart.
  return formatOf(amount.currency, locale, options).format(toDecimalText(amount) as `${number}`);
}

/** What a locale puts before the cents: the hint `parseAmount` wants for what its people type. */
export function decimalMarkOf(locale: string): '.' | ',' {
  const parts = formatOf('EUR', locale, { currency: 'none' }).formatToParts(0.5);
  return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ',' : '.';
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, locale: string, options: MoneyFormat): Intl.NumberFormat {
  const { currency: display = 'symbol', sign = 'auto', precision = 'exact' } = options;
  const key = `${locale} ${currency} ${display} ${sign} ${precision}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  // The decimals are the standard's (M1), not the browser's habit: ICU shows some currencies without their cents.
  const digits = precision === 'exact' ? minorDigits(currency) : 0;
  const format = new Intl.NumberFormat(locale, {
    ...(display === 'none' ? {} : { style: 'currency', currency, currencyDisplay: display }),
    minimumFractionDigits: digits,
    maximumFractionDigits: precision === 'compact' ? 1 : digits,
    notation: precision === 'compact' ? 'compact' : 'standard',
    signDisplay: sign,
  });
  formats.set(key, format);
  return format;
}
