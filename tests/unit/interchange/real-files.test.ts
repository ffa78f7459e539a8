import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exactText } from '#lib/interchange/expenses/file-total.ts';
import { expensesOf } from '#lib/interchange/expenses/batch.ts';
import { knownExpenses, matchRows } from '#lib/interchange/expenses/match.ts';
import { importText, rolesOf, type Imported } from '#tests/support/import-text.ts';
import { realData } from '#tests/support/real-data.ts';

/** Payments over 500 pounds of Oxford City Council and over 25,000 of the Treasury: rows, total and dates as published. */
const files = [
  ['oxford-apr-jun-2014.csv', 3836, '14165887.28', null, null],
  ['oxford-oct-dec-2014.csv', 3978, '15676053.92', '2014-10-03', '2014-12-31'],
  ['oxford-jan-mar-2015.csv', 3864, '13880574.57', '2015-01-02', '2015-03-31'],
  ['oxford-apr-jun-2015.csv', 3993, '14057679.06', '2015-04-01', '2015-06-30'],
  ['oxford-jul-sep-2015.csv', 3461, '11227481.07', '2015-07-03', '2015-09-29'],
  ['oxford-oct-dec-2015.csv', 3918, '11923874.03', '2015-10-02', '2015-12-29'],
  ['oxford-jan-mar-2016.csv', 3908, '12705491.15', '2016-01-08', '2016-03-29'],
  ['oxford-jan-mar-2017.csv', 3913, '13397989.24', '2017-01-04', '2017-03-28'],
  ['hmt-2025-01.json', 79, '17274927.62', '2025-01-03', '2025-01-31'],
] as const;

const folder = realData('payments');

describe.skipIf(folder === undefined)('real payment files', () => {
  const imports = new Map<string, Imported>();
  function imported(name: string): Imported {
    const found = imports.get(name) ?? importText(readFileSync(path.join(folder ?? '', name)), { currency: 'GBP' });
    imports.set(name, found);
    return found;
  }

  test.each(files)('X16: %s comes to its %i rows and %s pounds', (name, rows, total, firstDate, lastDate) => {
    const { reading } = imported(name);
    expect(reading).toMatchObject({ rows, setAside: [], firstDate, lastDate, undated: firstDate === null ? rows : 0 });
    expect(reading.totals.map(({ currency }) => currency)).toEqual(['GBP']);
    expect(reading.totals.map(exactText)).toEqual([total]);
  });

  test.each(files)('X6: the columns of %s are known', (name) => {
    const roles = rolesOf(imported(name));
    expect(roles).toEqual(
      expect.arrayContaining(['date', 'amount', 'vendor', 'category', 'department', 'reference']) as unknown[],
    );
    const department = imported(name).mapping.columns.find(({ role }) => role === 'department');
    expect(department?.name).toMatch(/unit|service area|expense_area/i);
  });

  test('X22: what the Treasury list states beside its records is used and its fields are read', () => {
    expect(imported('hmt-2025-01.json').rows[0]?.draft).toMatchObject({
      date: '2025-01-09',
      amount: 7403961,
      currency: 'GBP',
      vendorText: 'Refinitiv',
      description: 'Market Data Systems and Services',
      invoiceNumber: '',
      batchLine: 1,
    });
  });

  test('X17: all files again add nothing', () => {
    const rows = files.flatMap(([name]) => imported(name).rows);
    let made = 0;
    const by = { batchId: 'b', member: 'anna', at: '2027-04-30T09:00:00.000Z', newId: () => String((made += 1)) };
    const known = knownExpenses(expensesOf(rows, by));
    const again = files.flatMap(([name]) => matchRows(imported(name).rows, known));
    expect(again.filter(({ kind }) => kind !== 'here')).toEqual([]);
  });
});

const focus = realData('focus/focus_sample_1.0_first400.csv');

test.skipIf(focus === undefined)('X16: a cloud bill of eleven decimals comes to its exact total', () => {
  const { rows, reading } = importText(readFileSync(focus ?? ''), { currency: 'GBP' });
  expect(reading.totals).toMatchObject([{ currency: 'USD', rows: 400 }]);
  expect(reading.totals.map(exactText)).toEqual(['6.9585609178']);
  expect(rows[0]?.draft).toMatchObject({
    currency: 'USD',
    vendorText: 'Amazon Web Services, Inc.',
    date: '2024-09-18',
  });
});
