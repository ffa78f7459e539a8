import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expensesOf, importBatch, type ImportedBy } from '#lib/interchange/expenses/batch.ts';
import { factsKey } from '#lib/interchange/expenses/fingerprint.ts';
import { knownExpenses, matchRows, type KnownExpense, type Verdict } from '#lib/interchange/expenses/match.ts';
import { importText, type Imported } from '#tests/support/import-text.ts';

function by(batchId = 'batch-1'): ImportedBy {
  let made = 0;
  return { batchId, member: 'anna', at: '2027-04-30T09:00:00.000Z', newId: () => `${batchId}-${(made += 1)}` };
}

/** What stands in the workspace after importing these files one after the other. */
function workspace(...files: readonly string[]): readonly KnownExpense[] {
  const expenses: KnownExpense[] = [];
  for (const [i, file] of files.entries()) {
    const { rows } = importText(file);
    const verdicts = matchRows(rows, knownExpenses(expenses));
    const news = rows.filter((_, row) => verdicts[row]?.kind !== 'here');
    expenses.push(...expensesOf(news, by(`batch-${i + 1}`)));
  }
  return expenses;
}

function verdicts({ rows }: Imported, known: Iterable<KnownExpense>): readonly Verdict['kind'][] {
  return matchRows(rows, knownExpenses(known)).map(({ kind }) => kind);
}

const APRIL = 'Date,Supplier,Invoice No,Amount\n01/04/2027,Acme Ltd,7,100.00\n13/04/2027,Beta,8,20.00\n';

test('X17: the same file again adds nothing, and says which expense each row is', () => {
  const known = workspace(APRIL);
  expect(matchRows(importText(APRIL).rows, knownExpenses(known))).toEqual([
    { kind: 'here', id: 'batch-1-1' },
    { kind: 'here', id: 'batch-1-2' },
  ]);
});

test('X12: another export of the same data is the same data: columns moved, added, dates and amounts written otherwise', () => {
  const again =
    'Amount;Supplier;Printed on;Date;Invoice No\n"100,00";ACME  LTD ;30.04.2027;2027-04-01;7\n20;beta;30.04.2027;2027-04-13;8\n';
  expect(verdicts(importText(again), workspace(APRIL))).toEqual(['here', 'here']);
});

test('X12: a later export with more rows adds only those', () => {
  const more = `${APRIL}14/04/2027,Gamma,9,5.00\n`;
  expect(verdicts(importText(more), workspace(APRIL))).toEqual(['here', 'here', 'new']);
});

test('X12: two equal rows are two rows, in one file and when a later file has one more', () => {
  const once = 'Date,Payee,Amount\n01/04/2027,Tram,2.50\n13/04/2027,Tram,2.50\n';
  const twice = `${once}13/04/2027,Tram,2.50\n`;
  const imported = importText(twice);
  expect(imported.rows.map(({ occurrence }) => occurrence)).toEqual([1, 1, 2]);
  expect(verdicts(imported, [])).toEqual(['new', 'new', 'new']);
  expect(verdicts(imported, workspace(once))).toEqual(['here', 'here', 'new']);
  expect(verdicts(imported, workspace(once, twice))).toEqual(['here', 'here', 'here']);
});

test('X12: without a number the coding tells equal purchases of two departments apart; with one it does not count', () => {
  const row = { date: '2027-04-01', currency: 'EUR', amount: 2000, vendorText: 'Microsoft', description: '' };
  const it = { ...row, categoryText: 'Software', departmentText: 'IT', projectText: '' };
  const hr = { ...it, departmentText: 'HR' };
  expect(factsKey({ ...it, invoiceNumber: '' })).not.toBe(factsKey({ ...hr, invoiceNumber: '' }));
  expect(factsKey({ ...it, invoiceNumber: '7' })).toBe(factsKey({ ...hr, invoiceNumber: '7' }));
});

test('X17: what a person captured by hand looks like the row that the bank books days later, and is asked about', () => {
  const captured: KnownExpense = {
    id: 'photo',
    fingerprint: null,
    date: '2027-03-30',
    amount: 10000,
    currency: 'EUR',
    vendorText: 'ACME',
    invoiceNumber: '',
  };
  expect(matchRows(importText(APRIL).rows, knownExpenses([captured]))[0]).toEqual({ kind: 'alike', ids: ['photo'] });
  const kinds = (change: Partial<KnownExpense>): unknown =>
    verdicts(importText(APRIL), [{ ...captured, ...change }])[0];
  expect(kinds({ date: '2027-03-20' })).toBe('new');
  expect(kinds({ date: null })).toBe('alike');
  expect(kinds({ amount: 10001 })).toBe('new');
  expect(kinds({ currency: 'USD' })).toBe('new');
  expect(kinds({ vendorText: 'Other' })).toBe('new');
  expect(kinds({ vendorText: '' })).toBe('alike');
  expect(kinds({ invoiceNumber: '9' })).toBe('new');
});

test('X17: a row that is here does not also make its twin look alike', () => {
  const twins = 'Date,Payee,Amount\n13/04/2027,Tram,2.50\n13/04/2027,Tram,2.50\n';
  expect(verdicts(importText(twins), workspace('Date,Payee,Amount\n13/04/2027,Tram,2.50\n'))).toEqual(['here', 'new']);
});

test('X18: chosen rows become complete expenses of one batch, with a control total', () => {
  const { rows, reading } = importText(APRIL);
  const expenses = expensesOf(rows, by());
  expect(expenses[1]).toMatchObject({
    id: 'batch-1-2',
    batchId: 'batch-1',
    batchLine: 3,
    capturedBy: 'anna',
    capturedAt: '2027-04-30T09:00:00.000Z',
    receipts: [],
    returnedReason: null,
    amount: 2000,
  });
  const counts = { fileName: 'april.csv', fileHash: 'f', matched: 0, rejected: reading.setAside.length };
  expect(importBatch(expenses, counts, by())).toEqual({
    ...counts,
    id: 'batch-1',
    importedAt: '2027-04-30T09:00:00.000Z',
    rows: 2,
    controlTotal: 12000,
    currency: 'EUR',
  });
});

const line = fc.tuple(
  fc.constantFrom('2027-04-01', '2027-04-02', ''),
  fc.constantFrom('Tram', 'Acme', 'Total Gas'),
  fc.constantFrom('1.00', '2.50', '10.00'),
  fc.constantFrom('', '7'),
);
const files = fc.array(line, { minLength: 1, maxLength: 12 });

function fileOf(lines: readonly (readonly string[])[]): string {
  return ['Date,Payee,Amount,Reference', ...lines.map((cells) => cells.join(','))].join('\n');
}

test('X17: importing again changes nothing, whatever the files hold and in whatever order their rows come', () => {
  fc.assert(
    fc.property(files, files, (first, second) => {
      const known = workspace(fileOf(first), fileOf(second));
      expect(verdicts(importText(fileOf(first.toReversed())), known)).toEqual(first.map(() => 'here'));
      expect(verdicts(importText(fileOf(second)), known)).toEqual(second.map(() => 'here'));
    }),
  );
});

test('X12: the workspace holds each row as often as the file that has it most often', () => {
  fc.assert(
    fc.property(files, files, (first, second) => {
      const count = (lines: readonly (readonly string[])[], row: string): number =>
        lines.filter((cells) => cells.join() === row).length;
      const different = new Set([...first, ...second].map((cells) => cells.join()));
      const expected = [...different].reduce((sum, row) => sum + Math.max(count(first, row), count(second, row)), 0);
      expect(workspace(fileOf(first), fileOf(second))).toHaveLength(expected);
    }),
  );
});
