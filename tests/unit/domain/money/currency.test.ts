import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { currencyName } from '#lib/domain/money/currency-names.ts';
import { currencies, currencyOf, minorDigits } from '#lib/domain/money/currency.ts';

const table = new URL('../../../../../shared/data/ledger/iso4217-codes-all.csv', import.meta.url);

test('M1: yen have no decimals, euros two, Kuwaiti dinars three, the unidad de fomento four', () => {
  expect(['JPY', 'EUR', 'KWD', 'CLF'].map(minorDigits)).toEqual([0, 2, 3, 4]);
  expect(currencyOf('EUR')).toEqual({ code: 'EUR', digits: 2 });
});

test('M1: of the active codes 139 have two decimals, 17 none, 7 three and 2 four', () => {
  const count = (digits: number): number => currencies.filter((currency) => currency.digits === digits).length;
  expect([2, 0, 3, 4].map(count)).toEqual([139, 17, 7, 2]);
  expect(currencies.length).toBe(165);
});

test('M1: codes without a minor unit, in lower case or unheard of are unknown', () => {
  for (const code of ['XAU', 'XDR', 'XXX', 'XTS', 'eur', 'EU', '', 'toString'])
    expect(currencyOf(code)).toBeUndefined();
  expect(() => minorDigits('XXX')).toThrow('unknown currency XXX');
});

test('M2: the lev is still read but no longer offered', () => {
  expect(currencyOf('BGN')).toEqual({ code: 'BGN', digits: 2, until: '2026-01' });
  expect(currencies.some(({ code }) => code === 'BGN')).toBe(false);
});

test('M1, M2: the lists are those of the standard', ({ skip }) => {
  skip(!existsSync(table), 'the published table is not in ../shared/data');
  const rows = Papa.parse<Record<string, string>>(readFileSync(table, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const active = rows.filter((row) => row['WithdrawalDate'] === '' && /^\d$/.test(row['MinorUnit'] ?? ''));
  const expected = new Map(active.map((row) => [row['AlphabeticCode'], row]));
  expect(currencies.map(({ code }) => code)).toEqual([...expected.keys()].sort());
  for (const { code, digits } of currencies) {
    expect({ code, name: currencyName(code), digits: String(digits) }).toEqual({
      code,
      name: expected.get(code)?.['Currency']?.trim(),
      digits: expected.get(code)?.['MinorUnit'],
    });
  }
  for (const code of ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL']) {
    const months = rows.filter((row) => row['AlphabeticCode'] === code).map((row) => row['WithdrawalDate'] ?? '');
    expect([code, currencyOf(code)?.until]).toEqual([code, months.sort().at(-1)]);
  }
});
