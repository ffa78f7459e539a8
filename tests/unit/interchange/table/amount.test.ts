import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAmount } from '#lib/domain/money/parse.ts';
import { money, toDecimalText } from '#lib/domain/money/money.ts';
import { plainMinor, readAmount } from '#lib/interchange/table/amount-text.ts';
import { decimalEvidence, whatItTells, type DecimalDecision } from '#lib/interchange/table/decimal-mark.ts';
import { currencyOfHeader, currencyOfMark } from '#lib/interchange/table/currency-text.ts';

test.each([
  ['1068.60', 106860],
  ['-856.74', -85674],
  ['500', 50000],
  ['1,068.60', 106860],
  ['1 068.60', 106860],
  ["1'068.60", 106860],
  ['£1,068.60', 106860],
  ['-£1,068.60', -106860],
  ['£-1,068.60', -106860],
  ['(1,068.60)', -106860],
  ['(£1,068.60)', -106860],
  ['1,068.60-', -106860],
  ['1,068.60 CR', -106860],
  ['1,068.60 DR', 106860],
  ['GBP 1,068.60', 106860],
  ['1,00,068.60', 10006860],
  ['.5', 50],
  ['12.500', 1250],
  ['1.2E+03', 120000],
  ['5E-2', 5],
  ['="12.50"', 1250],
  ['\u00a0 1\u202f068.60 ', 106860],
  ['\u22125.00', -500],
])('X10: %s is %i pence', (text, minor) => {
  expect(readAmount(text, 'GBP', '.')).toEqual({ ok: true, value: { minor, currency: 'GBP', lost: 0 } });
});

test.each([
  ['1.068,60', 106860],
  ['1 068,60', 106860],
  ['1068,6', 106860],
  ['1.068.000', 106800000],
  ['1.068', 106800],
  ['50,-', 5000],
  ['12,50 €', 1250],
])('X9: with a decimal comma %s is %i cents', (text, minor) => {
  expect(readAmount(text, 'EUR', ',')).toMatchObject({ ok: true, value: { minor } });
});

test('X9: the mark settles only what has two readings', () => {
  expect(readAmount('1.234', 'EUR', ',')).toMatchObject({ ok: true, value: { minor: 123400 } });
  expect(readAmount('1,234', 'EUR', '.')).toMatchObject({ ok: true, value: { minor: 123400 } });
  expect(readAmount('12,50', 'EUR', '.')).toMatchObject({ ok: true, value: { minor: 1250 } });
});

test.each(['', ' ', '-', 'N/A', 'null', '.'])('X10: "%s" is no amount at all', (text) => {
  expect(readAmount(text, 'EUR', '.')).toEqual({ ok: false, error: 'empty' });
});

test.each([
  'twelve',
  '12%',
  '=12*450',
  '=1+1',
  'K9534',
  '1,2345',
  '12.50 13.00',
  '46281108_1',
  '01/04/2015',
  '--5',
  '1.2.3',
])('X10: %s is not a number', (text) => {
  expect(readAmount(text, 'EUR', '.')).toEqual({ ok: false, error: 'not-a-number' });
});

test('X10: an amount beyond the safe integers is refused, never bent', () => {
  expect(readAmount('90071992547409.91', 'EUR', '.')).toMatchObject({ ok: true, value: { minor: 9007199254740991 } });
  expect(readAmount('90071992547409.92', 'EUR', '.')).toEqual({ ok: false, error: 'too-large' });
  expect(readAmount('99999999999999999999', 'EUR', '.')).toEqual({ ok: false, error: 'too-large' });
});

test('X16: more decimals than the currency has are rounded half-even, and what that leaves out is known', () => {
  expect(readAmount('1.005', 'EUR', '.')).toEqual({ ok: true, value: { minor: 100, currency: 'EUR', lost: 5e8 } });
  expect(readAmount('1.015', 'EUR', '.')).toEqual({ ok: true, value: { minor: 102, currency: 'EUR', lost: -5e8 } });
  expect(readAmount('-1.012', 'EUR', '.')).toEqual({ ok: true, value: { minor: -101, currency: 'EUR', lost: -2e8 } });
  expect(readAmount('0.00000080000', 'USD', '.')).toMatchObject({ value: { minor: 0, lost: 80_000 } });
});

test('X16: the noise of binary fractions is no amount', () => {
  expect(readAmount('24.990000000000002', 'EUR', '.')).toEqual({
    ok: true,
    value: { minor: 2499, currency: 'EUR', lost: 0 },
  });
});

test('X10: a currency beside the number counts, in its own decimals', () => {
  expect(readAmount('¥1,200', 'EUR', '.')).toMatchObject({ value: { minor: 1200, currency: 'JPY' } });
  expect(readAmount('$5.00', 'CAD', '.')).toMatchObject({ value: { minor: 500, currency: 'CAD' } });
  expect(readAmount('$5.00', 'EUR', '.')).toMatchObject({ value: { minor: 500, currency: 'USD' } });
  expect(readAmount('1.250 KWD', 'EUR', '.')).toMatchObject({ value: { minor: 1250, currency: 'KWD' } });
  expect(readAmount('5.00 kr', 'EUR', '.')).toMatchObject({ value: { minor: 500, currency: 'SEK' } });
});

test('X10: codes, signs and headers name currencies; ordinary words do not', () => {
  expect(['£', 'eur', 'Euro', 'US$', 'CHF', 'kr', 'zł'].map((mark) => currencyOfMark(mark, 'EUR'))).toEqual([
    ...['GBP', 'EUR', 'EUR', 'USD', 'CHF', 'SEK', 'PLN'],
  ]);
  expect(['K', 'ABC', 'x', ''].map((mark) => currencyOfMark(mark, 'EUR'))).toEqual(Array(4).fill(undefined));
  expect(
    ['Amount (£)', 'amount_gbp', 'Value in EUR', 'Betrag in Euro', 'Net $'].map((h) => currencyOfHeader(h, 'AUD')),
  ).toEqual(['GBP', 'GBP', 'EUR', 'EUR', 'AUD']);
  expect(['Amount', 'Total all', 'Top line', 'Net'].map((h) => currencyOfHeader(h, 'EUR'))).toEqual(
    Array(4).fill(undefined),
  );
});

const amounts = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });

test('X9: the quick way and the house reader of amounts agree', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
      const text = toDecimalText(money(minor, currency));
      const digits = text.split('.')[1]?.length ?? 0;
      expect(plainMinor(text, '.', digits)).toBe(minor);
      expect(parseAmount(text, currency, { decimal: '.' })).toEqual({ ok: true, value: money(minor, currency) });
      expect(plainMinor(text.replace('.', ','), ',', digits)).toBe(minor);
    }),
  );
});

test('X9: an amount reads back from every locale that writes it', () => {
  const locales = fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'sv-SE', 'pl-PL', 'pt-BR');
  fc.assert(
    fc.property(amounts, locales, (minor, locale) => {
      const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(minor / 100);
      const mark = new Intl.NumberFormat(locale).format(1.5).includes(',') ? ',' : '.';
      expect(readAmount(text, 'EUR', mark)).toMatchObject({ ok: true, value: { minor: minor + 0, lost: 0 } });
    }),
  );
});

function decide(...cells: readonly string[]): DecimalDecision {
  const evidence = decimalEvidence();
  for (const cell of cells) evidence.add(cell);
  return evidence.decide('EUR');
}

test.each([
  ['12.50', '.'],
  ['12,5', ','],
  ['1.234,56', ','],
  ['1,234.56', '.'],
  ['1.234.567', ','],
  ['1,234,567', '.'],
  ['1234.567', '.'],
  ['0.125', '.'],
  ['1.234', 'either'],
  ['1,234', 'either'],
  ['£1,234', 'either'],
  ['500', undefined],
  ['1 200', undefined],
  ['', undefined],
] as const)('X9: %s tells %s', (cell, told) => {
  expect(whatItTells(cell)).toBe(told);
});

test('X9: one telling cell decides the whole column', () => {
  expect(decide('1.234', '500', '12,50')).toEqual({ kind: 'decided', mark: ',' });
  expect(decide('1,234', '500', '12.50')).toEqual({ kind: 'decided', mark: '.' });
  expect(decide('500', '600')).toEqual({ kind: 'decided', mark: '.' });
});

test('X9: a column that does not tell is asked about with both readings, thousands first', () => {
  expect(decide('1.234', '500', '2.500')).toEqual({
    kind: 'ambiguous',
    marks: [',', '.'],
    samples: [
      { text: '1.234', readings: [123400, 123] },
      { text: '2.500', readings: [250000, 250] },
    ],
  });
});

test('X9: a column that tells both is asked about only if a cell hangs on it', () => {
  expect(decide('12.50', '13,50')).toMatchObject({ kind: 'decided' });
  expect(decide('12.50', '13,50', '1.234')).toMatchObject({ kind: 'ambiguous' });
});
