/** Currencies as files mark them, beside amounts, in columns of their own and in headers. (X10) */
import { readCurrency } from '#lib/domain/money/currency-symbols.ts';
import { currencyOf } from '#lib/domain/money/currency.ts';

/** The ISO 4217 code that a code, sign or word stands for; `usual` settles signs that several currencies share. */
export function currencyOfMark(mark: string, usual: string): string | undefined {
  const text = mark.trim();
  const code = text.toUpperCase();
  if (code === usual || currencyOf(code) !== undefined) return code;
  if (/^EUROS?$/.test(code)) return 'EUR';
  if (text === '' || /\d/.test(text)) return undefined;
  if (readCurrency(text, usual) === 'wanted') return usual;
  // A single letter is a currency only where it is expected: elsewhere it is part of a code such as K9534.
  if (text.length === 1 && !/\p{Sc}/u.test(text)) return undefined;
  return FREQUENT.find((frequent) => readCurrency(text, frequent) === 'wanted');
}

/** The currency a column header names (`Amount (£)`, `amount_gbp`), if any. */
export function currencyOfHeader(header: string, usual: string): string | undefined {
  const sign = /(?:US|A|C|CA|NZ|HK|S|R)?\p{Sc}/u.exec(header)?.[0];
  if (sign !== undefined) return currencyOfMark(sign, usual);
  for (const [word] of header.matchAll(/(?<!\p{L})(?:\p{L}{3}|euros?)(?!\p{L})/giu)) {
    if (WORDS_LIKE_CODES.has(word.toUpperCase())) continue;
    const code = currencyOfMark(word, usual);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** What a shared sign means where nothing says more, the most frequent first. */
const FREQUENT: readonly string[] = (
  'USD EUR GBP JPY CHF SEK NOK DKK PLN CZK HUF CAD AUD NZD HKD SGD TWD CNY INR BRL MXN KRW ILS TRY RUB UAH ZAR THB PHP VND ' +
  'NGN KES RON ISK'
).split(' ');

/** Codes that are ordinary words of headers in some language. */
const WORDS_LIKE_CODES: ReadonlySet<string> = new Set(['ALL', 'TOP', 'TRY', 'PEN', 'CUP', 'SOS', 'MAD', 'BAM', 'ANG']);
