/** Amounts as people read them, in the notation of their locale. (M13) */
import { minorDigits } from '#lib/domain/money/currency.ts';
import { negate, toDecimalText, type Money } from '#lib/domain/money/money.ts';
import type { DecimalMark } from '#lib/domain/money/numeral.ts';

export interface MoneyFormat {
  /** How the currency is said; `none` where a table's head says it. Default 'symbol'. */
  readonly currency?: 'symbol' | 'narrowSymbol' | 'code' | 'none';
  /** `always`: a plus as well, for a difference; zero has no sign. Default 'negative'. */
  readonly sign?: 'negative' | 'always';
  /** `parentheses`: the bookkeeper's (12.00) in any locale. Default 'minus'. */
  readonly negative?: 'minus' | 'parentheses';
  /** `whole`: no decimals; `compact`: '1.2M'. Both round half-up, for reading only. Default 'exact'. */
  readonly precision?: 'exact' | 'whole' | 'compact';
}

/** An amount in the notation of a BCP 47 locale: every minor unit of it, unless a shorter precision is asked for. */
export function formatMoney(amount: Money, locale: string, options: MoneyFormat = {}): string {
  const write = writerOf(amount.currency, locale, options);
  const inParentheses = options.negative === 'parentheses' && amount.minor < 0;
  return inParentheses ? `(${write(toDecimalText(negate(amount)))})` : write(toDecimalText(amount));
}

/** What a locale puts before the cents: the hint `parseAmount` wants for what its people type. */
export function decimalMarkOf(locale: string): DecimalMark {
  return markOf(intlFormat('EUR', locale, {})) === ',' ? ',' : '.';
}

/** Writes decimal text. Text, because beyond 2^53 / 100 a floating number no longer tells the cents apart. */
type Writer = (decimal: string) => string;

const writers = new Map<string, Writer>();

function writerOf(currency: string, locale: string, options: MoneyFormat): Writer {
  const { currency: display = 'symbol', sign = 'negative', precision = 'exact' } = options;
  const key = `${locale} ${currency} ${display} ${sign} ${precision}`;
  let writer = writers.get(key);
  if (writer === undefined) writers.set(key, (writer = newWriter(currency, locale, options)));
  return writer;
}

function newWriter(currency: string, locale: string, options: MoneyFormat): Writer {
  const format = intlFormat(currency, locale, options);
  if (options.currency !== 'none') return (decimal) => format.format(decimal as `${number}`);
  const bare = intlFormat(currency, locale, options, { style: 'decimal' });
  if (markOf(bare) === markOf(format)) return (decimal) => bare.format(decimal as `${number}`);
  // Where money has another decimal mark than numbers (fr-CH), what stands without its currency is still money.
  return (decimal) =>
    format
      .formatToParts(decimal as `${number}`)
      .filter(({ type }) => type !== 'currency' && type !== 'literal')
      .map(({ value }) => value)
      .join('');
}

function intlFormat(
  currency: string,
  locale: string,
  { currency: display = 'symbol', sign, precision = 'exact' }: MoneyFormat,
  style: Intl.NumberFormatOptions = { style: 'currency' },
): Intl.NumberFormat {
  // The decimals are the standard's (M1), not the browser's habit: ICU shows some currencies without their cents.
  const digits = precision === 'exact' ? minorDigits(currency) : 0;
  return new Intl.NumberFormat(locale, {
    currency,
    currencyDisplay: display === 'none' ? 'code' : display,
    minimumFractionDigits: digits,
    maximumFractionDigits: precision === 'compact' ? 1 : digits,
    notation: precision === 'compact' ? 'compact' : 'standard',
    signDisplay: sign === 'always' ? 'exceptZero' : 'negative',
    ...style,
  });
}

function markOf(format: Intl.NumberFormat): string | undefined {
  return format.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value;
}
