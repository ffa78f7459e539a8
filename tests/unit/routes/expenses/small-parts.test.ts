import { expect, test } from 'vitest';
import { sameFigure } from '../../../../src/routes/expenses/currency-choices.ts';
import { periodChoices } from '../../../../src/routes/expenses/period-choices.ts';
import { shownRow } from '../../../../src/routes/expenses/shown-row.ts';
import { totalsText } from '../../../../src/routes/expenses/totals-text.ts';
import { captured, posted, reference } from './listed.ts';

const totals = { cost: 1_234_567, revenue: 0, rows: 1204, unconverted: 0, isExact: true };

test('a list says what it adds up to, and what is not in the sum', () => {
  const plain = (text: string): string => text.replaceAll(/\s/g, ' ');
  expect(plain(totalsText(totals, reference))).toBe('1,204 rows, EUR 12,345.67');
  expect(plain(totalsText({ ...totals, revenue: 50_000, rows: 1 }, reference))).toBe(
    '1 row, cost EUR 12,345.67, revenue EUR 500.00',
  );
  expect(plain(totalsText({ ...totals, cost: 0, revenue: 50_000 }, reference))).toBe('1,204 rows, revenue EUR 500.00');
  expect(plain(totalsText({ ...totals, unconverted: 3 }, reference))).toBe(
    '1,204 rows, EUR 12,345.67, 3 without a rate not counted',
  );
  expect(totalsText({ ...totals, isExact: false }, reference)).toBe('1,204 rows, too much to be added up exactly');
});

test('a change of currency keeps the figure that was typed', () => {
  expect(sameFigure({ amount: 1234, currency: 'EUR' }, 'USD')).toBe(1234);
  expect(sameFigure({ amount: 1234, currency: 'EUR' }, 'JPY')).toBe(12);
  expect(sameFigure({ amount: 12, currency: 'JPY' }, 'KWD')).toBe(12_000);
});

test('an address of an expense shows what counts of it now', () => {
  const first = posted({}, { id: 'one' }, { takenBackBy: 'back' });
  const second = posted({}, { id: 'two', generation: 2 });
  expect(shownRow([first, second], 'expense-1/one')).toBe(first);
  expect(shownRow([first, second], 'expense-1')).toBe(second);
  const returned = captured({}, { state: 'returned' });
  expect(shownRow([returned, first], 'expense-1')).toBe(returned);
  expect(shownRow([first], 'expense-1')).toBe(first);
  expect(shownRow([], 'expense-1')).toBeUndefined();
});

test('periods are offered by year, the one an address names among them', () => {
  const groups = new Set(periodChoices(reference, 2027, ['2019-02', null]).map(({ group }) => group));
  expect([...groups]).toEqual(['FY27', 'FY26', 'FY25', 'FY19']);
  expect(periodChoices(reference, 2027)).toHaveLength(36);
});
