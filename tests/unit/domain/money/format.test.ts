import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencies } from '#lib/domain/money/currency.ts';
import { decimalMarkOf, formatMoney, type MoneyFormat } from '#lib/domain/money/format.ts';
import { money } from '#lib/domain/money/money.ts';
import { parseAmount } from '#lib/domain/money/parse.ts';
import { currencyCodes, minorUnits } from '#tests/unit/domain/money/arbitraries.ts';

const locales = (
  'en-GB en-US en-IN en-ZA en-CA en-AU de-DE de-AT de-CH de-LI fr-FR fr-CH fr-CA fr-BE it-IT it-CH es-ES es-MX es-AR ' +
  'pt-BR pt-PT nl-NL sv-SE nb-NO da-DK fi-FI is-IS et-EE lv-LV lt-LT pl-PL cs-CZ sk-SK hu-HU ro-RO bg-BG hr-HR sl-SI ' +
  'sr-RS el-GR tr-TR uk-UA ru-RU he-IL ar-EG ar-AE fa-IR hi-IN bn-BD mr-IN th-TH vi-VN id-ID ja-JP ko-KR zh-CN zh-TW my-MM'
).split(' ');

/** Spaces and apostrophes of every kind as the plain ones: ICU versions differ in these. */
const plain = (text: string): string => text.replaceAll(/\s/g, ' ').replaceAll('’', "'");

test('M13: an amount in the notation of its reader', () => {
  const amount = money(-123_456_789, 'EUR');
  expect(plain(formatMoney(amount, 'en-GB'))).toBe('-€1,234,567.89');
  expect(plain(formatMoney(amount, 'de-DE'))).toBe('-1.234.567,89 €');
  expect(plain(formatMoney(amount, 'fr-FR'))).toBe('-1 234 567,89 €');
  expect(plain(formatMoney(amount, 'en-IN'))).toBe('-€12,34,567.89');
  expect(plain(formatMoney(amount, 'de-CH', { currency: 'none' }))).toBe("-1'234'567.89");
  expect(plain(formatMoney(amount, 'en-GB', { currency: 'code' }))).toBe('-EUR 1,234,567.89');
});

test('M13: every minor unit is shown, also of the largest amount and where browsers hide cents', () => {
  expect(formatMoney(money(Number.MAX_SAFE_INTEGER, 'EUR'), 'en-GB', { currency: 'none' })).toBe(
    '90,071,992,547,409.91',
  );
  expect(formatMoney(money(1234, 'IQD'), 'en-GB', { currency: 'none' })).toBe('1.234');
  expect(formatMoney(money(1234, 'JPY'), 'ja-JP', { currency: 'none' })).toBe('1,234');
});

test('M13: shorter for reading, with a plus or in parentheses', () => {
  const format = (minor: number, options: MoneyFormat): string => formatMoney(money(minor, 'EUR'), 'en-GB', options);
  expect(format(123_450, { precision: 'whole' })).toBe('€1,235');
  expect(format(123_456_789, { precision: 'compact' })).toMatch(/^€1\.2m$/i);
  expect(format(-40, { precision: 'whole' })).toBe('€0');
  expect(format(500, { sign: 'always' })).toBe('+€5.00');
  expect(format(0, { sign: 'always' })).toBe('€0.00');
  expect(format(-500, { negative: 'parentheses' })).toBe('(€5.00)');
  expect(format(500, { negative: 'parentheses' })).toBe('€5.00');
});

test('M13: the mark before the cents is the one of money, which in fr-CH is not that of numbers', () => {
  expect(['en-GB', 'de-DE', 'fr-FR', 'de-CH', 'fr-CH', 'ar-EG'].map(decimalMarkOf)).toEqual([
    '.',
    ',',
    ',',
    '.',
    '.',
    '.',
  ]);
  expect(plain(formatMoney(money(-123_456, 'KWD'), 'fr-CH', { currency: 'none' }))).toBe('-123.456');
});

test('M23: an amount shown with its code or bare reads back as the same amount, in every locale and currency', () => {
  const shown = fc.constantFrom<MoneyFormat>(
    { currency: 'code' },
    { currency: 'none' },
    { currency: 'code', negative: 'parentheses' },
    { currency: 'none', sign: 'always' },
  );
  fc.assert(
    fc.property(fc.constantFrom(...locales), currencyCodes, minorUnits, shown, (locale, currency, minor, options) => {
      const amount = money(minor, currency);
      const text = formatMoney(amount, locale, options);
      expect([text, parseAmount(text, currency, { decimal: decimalMarkOf(locale) })]).toEqual([
        text,
        { ok: true, value: amount },
      ]);
    }),
    { numRuns: 2000 },
  );
});

test('M23: so does one shown with the sign of a widely used currency', () => {
  const widely =
    'EUR USD GBP JPY CHF SEK NOK DKK PLN CZK HUF INR CNY KRW BRL CAD AUD NZD MXN ZAR TRY ILS KWD BHD'.split(' ');
  const european = locales.filter((locale) => !/^(ar|fa|hi|bn|mr|th|my|bg|sr)/.test(locale));
  for (const locale of european) {
    for (const currency of widely) {
      for (const minor of [0, 5, -123_456, 123_456_789]) {
        const text = formatMoney(money(minor, currency), locale);
        const amount = parseAmount(text, currency, { decimal: decimalMarkOf(locale) });
        expect([locale, text, amount]).toEqual([locale, text, { ok: true, value: money(minor, currency) }]);
      }
    }
  }
});

test('M23: no sign of any locale makes it another amount', () => {
  const symbols = fc.constantFrom<MoneyFormat>({ currency: 'symbol' }, { currency: 'narrowSymbol' });
  const anyCurrency = fc.constantFrom(...currencies).map(({ code }) => code);
  fc.assert(
    fc.property(fc.constantFrom(...locales), anyCurrency, minorUnits, symbols, (locale, currency, minor, options) => {
      const text = formatMoney(money(minor, currency), locale, options);
      const amount = parseAmount(text, currency, { decimal: decimalMarkOf(locale) });
      if (amount.ok) expect([text, amount.value.minor]).toEqual([text, minor]);
    }),
    { numRuns: 2000 },
  );
});
