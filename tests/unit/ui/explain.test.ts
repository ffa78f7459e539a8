import { expect, test } from 'vitest';
import { parseAmount } from '#lib/domain/money/parse.ts';
import { explainAmount, explainDate, explainOther } from '#lib/ui/explain.ts';

const said = (text: string, currency: string): string => {
  const amount = parseAmount(text, currency);
  return amount.ok ? 'read' : explainAmount(amount.error);
};

test('every refused amount says what to do next', () => {
  expect(said('abc', 'EUR')).toContain('1,234.56');
  expect(said('', 'EUR')).toBe('Type an amount, such as 1,234.56.');
  expect(said('1.5', 'JPY')).toBe('JPY has no decimals. Type a whole amount.');
  expect(said('1.23456', 'EUR')).toBe('EUR has 2 decimals. Round the amount to that.');
  expect(said('=1/0', 'EUR')).toContain('divides by zero');
  expect(said('12 USD', 'EUR')).toContain('the amount is in EUR');
  expect(said('1', 'XQZ')).toContain('XQZ is not a known currency code');
  expect(said('99999999999999999999', 'EUR')).toContain('Check the number of zeros');
});

test('refused dates name the text, and an unknown refusal says that nothing was lost', () => {
  expect(explainDate({ kind: 'empty' })).toBe('Choose a date.');
  expect(explainDate({ kind: 'not-a-date', text: '2026-02-30' })).toContain('“2026-02-30” is not a date');
  expect(explainDate({ kind: 'ambiguous', text: '03/04/2026' })).toContain('the day or the month');
  expect(explainDate({ kind: 'out-of-range', text: '0206-01-01' })).toContain('Check the year');
  expect(explainOther({ kind: 'disk-full' })).toBe('This did not work (disk full). Nothing was lost; try again.');
});
