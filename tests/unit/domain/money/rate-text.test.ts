import { expect, test } from 'vitest';
import { isExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import { ratesFromText } from '#lib/domain/money/rate-text.ts';

const dollar = { from: 'USD', to: 'EUR', rate: '0.9235', date: '2026-01-01', source: 'ECB' };

test.each([
  ['words', '2026-01-01 USD EUR 0.9235 ECB'],
  ['a pair with a stroke', '2026-01-01 USD/EUR 0.9235 ECB'],
  ['one currency, priced in the base', 'USD 0.9235 2026-01-01 ECB'],
  ['cells of a sheet, with a decimal comma', '2026-01-01\tUSD\tEUR\t0,9235\tECB'],
  ['a CSV', 'USD,EUR,0.9235,2026-01-01,ECB'],
  ['a CSV with semicolons, quotes and a decimal comma', '"2026-01-01";"usd";"eur";"0,9235";"ECB"'],
])('M25: a pasted line is read whatever the order of its parts: %s', (_, line) => {
  expect(ratesFromText(line, 'EUR')).toEqual({ rates: [dollar], faults: [] });
});

test('M25: headings and empty lines are passed over, and a line that cannot be read says why', () => {
  const text =
    'Date,From,To,Rate\n\n2026-01-01 USD 0.9235 ECB\n1 January USD 0.92\n2026-01-01 0.92\n2026-01-01 USD\n2026-01-01 EUR 1';
  const read = ratesFromText(text, 'EUR');
  expect(read.rates).toEqual([dollar]);
  expect(read.faults.map(({ line, why }) => [line, why])).toEqual([
    [4, 'no-date'],
    [5, 'no-currency'],
    [6, 'no-rate'],
    [7, 'same-currency'],
  ]);
});

test('M25: what is read is a dated rate, with a source of its own where the line names none', () => {
  const { rates } = ratesFromText('2026-01-01 GBP 1.1702', 'EUR');
  expect(rates.every(isExchangeRate)).toBe(true);
  expect(rates[0]?.source).toBe('Entered by hand');
});
