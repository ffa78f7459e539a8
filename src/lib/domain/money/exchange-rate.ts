/** Dated exchange rates: which one holds on a day, and an amount turned by it. (M9 to M12) */
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { currencyOf, minorDigits } from '#lib/domain/money/currency.ts';
import { decimalText, fractionOf, inverse, times, type Fraction } from '#lib/domain/money/fraction.ts';
import type { AmountOverflow } from '#lib/domain/money/money.ts';
import { legsOn, type Leg, type Quote } from '#lib/domain/money/rate-book.ts';
import { roundQuotient } from '#lib/domain/money/rounding.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';

/** A dated rate: one unit of `from` is `rate` units of `to` on `date`. */
export interface ExchangeRate extends Quote {
  /** Where the rate came from, in words: 'ECB', 'budget FY27'. */
  readonly source: string;
}

/** The rate that holds on a day, with the quoted rates it was worked out from (none within one currency). */
export interface HeldRate extends ExchangeRate {
  readonly quotes: readonly ExchangeRate[];
}

/**
 * The rate between two currencies that holds on a date: the latest quote of the pair, in either direction, on or before
 * it; failing that, two such quotes through a common currency; undefined without these. Its `date` is that of its
 * oldest quote; its `source` says how the quotes were joined: 'ECB: 1/(EUR/USD) x EUR/GBP'.
 */
export function rateOn(rates: readonly ExchangeRate[], from: string, to: string, date: string): HeldRate | undefined {
  if (from === to) return { from, to, rate: '1', date, source: 'same currency', quotes: [] };
  const legs = legsOn(rates, from, to, date);
  const quotes = legs.map(({ quote }) => quote);
  const [first, second] = legs;
  if (first === undefined) return undefined;
  if (second === undefined && !first.turned) return { ...first.quote, quotes };
  return {
    from,
    to,
    rate: decimalText(legs.map(valueOf).reduce(times), SIGNIFICANT_DIGITS),
    date: quotes.map((quote) => quote.date).reduce((a, b) => (a < b ? a : b)),
    source: `${[...new Set(quotes.map(({ source }) => source))].join(', ')}: ${legs.map(formulaOf).join(' x ')}`,
    quotes,
  };
}

/** What a derived rate is rounded to, half-even: ten times as fine as the largest amount can show. */
const SIGNIFICANT_DIGITS = 20;

function valueOf({ quote, turned }: Leg<Quote>): Fraction {
  const value = fractionOf(quote.rate);
  return turned ? inverse(value) : value;
}

function formulaOf({ quote, turned }: Leg<Quote>): string {
  return turned ? `1/(${quote.from}/${quote.to})` : `${quote.from}/${quote.to}`;
}

/**
 * `amount` (minor units of `from`) in minor units of `to`, at `rate` units of `to` for one of `from`: exact, then
 * rounded half-even once. The rate is text that `isRate` accepts.
 */
export function convert(amount: number, from: string, to: string, rate: string): Result<number, AmountOverflow> {
  assert(Number.isSafeInteger(amount), `${amount} is not an amount of minor units`);
  assert(isRate(rate), `${rate} is not a rate`);
  const { numerator, denominator } = fractionOf(rate);
  const converted = BigInt(amount) * numerator * 10n ** BigInt(minorDigits(to));
  const minor = Number(roundQuotient(converted, denominator * 10n ** BigInt(minorDigits(from)), 'half-even'));
  return Number.isSafeInteger(minor) ? ok(minor) : err({ kind: 'too-large', currency: to });
}

/** Whether text is a rate: a plain positive decimal of at most 15 digits before the point and 40 behind it. */
export function isRate(text: unknown): text is string {
  return typeof text === 'string' && /^\d{1,15}(?:\.\d{1,40})?$/.test(text) && /[1-9]/.test(text);
}

/** Whether something from outside is a dated rate between two different known currencies. */
export function isExchangeRate(value: unknown): value is ExchangeRate {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to, rate, date, source } = value as Record<keyof ExchangeRate, unknown>;
  const isPair = isCurrency(from) && isCurrency(to) && from !== to;
  return isPair && isRate(rate) && isIsoDate(date) && typeof source === 'string';
}

function isCurrency(code: unknown): boolean {
  return typeof code === 'string' && currencyOf(code) !== undefined;
}
