import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportExpenses, type ExportedExpense } from '#lib/interchange/expenses/export.ts';
import { importText } from '#tests/support/import-text.ts';

function exported(fields: Partial<ExportedExpense>): ExportedExpense {
  return {
    date: '2027-04-01',
    kind: 'expense',
    amount: 1250,
    currency: 'EUR',
    vendorText: 'Acme',
    description: '',
    invoiceNumber: '',
    category: '',
    department: '',
    project: '',
    ...fields,
  };
}

test('X20: an export has a fixed header, plain decimals and ISO dates', () => {
  const text = exportExpenses([
    exported({ vendorText: 'Smith, "Sons"', category: 'Software / Licences', amount: 123456 }),
    exported({ kind: 'credit', amount: -500, date: null, description: '=1+1' }),
  ]);
  expect(text).toBe(
    '\uFEFFDate,Kind,Amount,Currency,Vendor,Description,Invoice number,Category,Department,Project\r\n' +
      '2027-04-01,expense,1234.56,EUR,"Smith, ""Sons""",,,Software / Licences,,\r\n' +
      ",credit,-5.00,EUR,Acme,'=1+1,,,,\r\n",
  );
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', ';', 'a'),
    maxLength: 6,
  }),
  fc.constantFrom('Total', 'None', 'N/A', '-', 'Date', '="x"', '00:00:00', '1e5', '  padded  '),
);
const size = fc.integer({ min: 0, max: 10 ** 12 });
const kinds = fc.oneof(
  size.map((amount) => ({ kind: 'expense' as const, amount })),
  size.map((amount) => ({ kind: 'revenue' as const, amount })),
  size.map((amount) => ({ kind: 'credit' as const, amount: 0 - amount })),
);
const expense: fc.Arbitrary<ExportedExpense> = fc
  .record({
    date: fc.option(fc.constantFrom('2027-04-01', '2026-12-31', '2028-02-29')),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
    vendorText: text,
    description: text,
    invoiceNumber: text,
    category: text,
    department: text,
    project: text,
  })
  .chain((fields) => kinds.map((kind) => ({ ...fields, ...kind })));

test('X20: what is exported comes back the same, to the letter', () => {
  fc.assert(
    fc.property(fc.array(expense, { minLength: 1, maxLength: 8 }), (expenses) => {
      const { rows, reading, mapping } = importText(exportExpenses(expenses));
      expect(mapping.own).toBe(true);
      expect(reading.setAside).toEqual([]);
      const back = rows.map(({ draft, names }) => ({
        date: draft.date,
        kind: draft.kind,
        amount: draft.amount,
        currency: draft.currency,
        vendorText: draft.vendorText,
        description: draft.description,
        invoiceNumber: draft.invoiceNumber,
        category: names.categories,
        department: names.departments,
        project: names.projects,
      }));
      expect(back).toEqual(expenses);
    }),
  );
});
