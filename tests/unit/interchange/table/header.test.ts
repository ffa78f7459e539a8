import { expect, test } from 'vitest';
import { headerScore } from '#lib/interchange/table/header-score.ts';
import { findHeader } from '#lib/interchange/table/header.ts';
import { headerWords } from '#lib/interchange/table/role.ts';
import { headOf } from '#lib/interchange/table/table.ts';
import { importText, rolesOf, tableOf } from '#tests/support/import-text.ts';

function header(text: string): ReturnType<typeof findHeader> {
  return findHeader(headOf(tableOf(text), 100));
}

test('X5: the header is the first line, or stands below a title and blank lines', () => {
  expect(header('Date,Vendor,Amount\n2027-03-01,A,1.00\n').line).toBe(1);
  const preamble = 'City Council,,\nPayments over 500 for March 2027,,\n,,\n\nDate,Vendor,Amount\n2027-03-01,A,1.00\n';
  expect(header(preamble)).toEqual({ line: 5, names: ['Date', 'Vendor', 'Amount'] });
});

test('X5: a header in unknown words stands right above the first figures', () => {
  expect(header('Report\nfoo,bar,baz\n2027-03-01,A,1.00\n2027-03-02,B,2.00\n')).toEqual({
    line: 2,
    names: ['foo', 'bar', 'baz'],
  });
});

test('X5: a file that starts with figures has no header, and its first line is a row', () => {
  const { mapping, rows } = importText('2027-03-01,Acme,12.50\n2027-03-02,Beta,99.00\n2027-03-03,Gamma,7.25\n');
  expect(mapping.headerLine).toBeNull();
  expect(mapping.columns.map(({ name }) => name)).toEqual(['Column 1', 'Column 2', 'Column 3']);
  expect(rows.map(({ draft }) => [draft.date, draft.amount])).toEqual([
    ['2027-03-01', 1250],
    ['2027-03-02', 9900],
    ['2027-03-03', 725],
  ]);
});

test('X5: columns without name and content at the end do not count', () => {
  const { mapping, reading } = importText('Date,Vendor,Amount,,,\n2027-03-01,A,1.00,,,\n2027-03-02,B,2.00,,,\n');
  expect(mapping.columns).toHaveLength(3);
  expect(reading).toMatchObject({ rows: 2, setAside: [] });
});

test('X6: spelling, case, punctuation, currency and VAT do not hide what a header says', () => {
  expect(['Supplier_Name', 'SupplierName', 'SUPPLIER  NAME', 'supplier.name'].map(headerWords)).toEqual(
    Array(4).fill('supplier name'),
  );
  expect(['Amount (£)', 'amount_gbp', 'AMOUNT EUR'].map(headerWords)).toEqual(['amount', 'amount', 'amount']);
  expect(['Amount excl. VAT', 'Amount Excluding VAT', 'Amount (ex VAT)'].map(headerWords)).toEqual(
    Array(3).fill('amount net'),
  );
  expect(headerWords('Débit')).toBe('debit');
  expect(headerScore('expenditure catergory', ['expenditure category'])).toBe(90);
  expect(headerScore('supplier id', ['supplier'], new Set(['id']))).toBe(-1);
});

test.each([
  [
    'Body Name,Service Area,Expenditure Category,Paid Date,Trans No,Amount,Type,Supplier ID,Supplier Name\n' +
      'X Council,HR,Training,01/04/2027,1_1,500.00,Revenue,77,ACME\n'.repeat(6),
    [null, 'department', 'category', 'date', 'reference', 'amount', null, null, 'vendor'],
  ],
  [
    'Directorate;Supplier;Invoice Number;Payment Date;Net Amount (£);VAT;Gross;Purpose of spend\n' +
      'Children;A Ltd;INV7;13/04/2027;100.00;20.00;120.00;Books\n',
    ['department', 'vendor', 'reference', 'date', 'amount', null, null, 'description'],
  ],
  [
    'Buchungstag;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung\n01.03.2027;Müller GmbH;Rechnung 7;-1.234,56;EUR\n',
    ['date', 'vendor', 'description', 'amount', 'currency'],
  ],
  [
    'Date;Fournisseur;Libellé;N° facture;Montant HT;Centre de coût\n31/03/2027;Dupont SA;Licences;F-1;1 234,56;DSI\n',
    ['date', 'vendor', 'description', 'reference', 'amount', 'department'],
  ],
  [
    'Fecha;Proveedor;Concepto;Importe;Categoría\n31/03/2027;Lopez SL;Licencias;1.234,56;Software\n',
    ['date', 'vendor', 'description', 'amount', 'category'],
  ],
  [
    'Datum;Leverancier;Omschrijving;Factuurnummer;Bedrag;Kostenplaats\n31-03-2027;De Vries BV;Licenties;7;1.234,56;IT\n',
    ['date', 'vendor', 'description', 'reference', 'amount', 'department'],
  ],
  [
    'Transaction Date,Description,Money Out,Money In,Balance\n31/03/2027,ACME HOSTING,12.00,,988.00\n01/04/2027,REFUND,,5.00,993.00\n',
    ['date', 'description', 'debit', 'credit', null],
  ],
  [
    'Datum,Naam / Omschrijving,Af Bij,Bedrag (EUR)\n20270331,ACME,Af,"12,00"\n20270401,BETA,Bij,"5,00"\n20270402,BETA,Bij,"6,00"\n',
    ['date', 'vendor', 'direction', 'amount'],
  ],
])('X6: columns are known by their headers and what stands in them (%#)', (text, roles) => {
  expect(rolesOf(importText(text))).toEqual(roles);
});

test('X6: what stands in a column outweighs its header', () => {
  // `Valuta` is the value date in German and the currency in Swedish; `Type` says only capital or revenue.
  expect(rolesOf(importText('Datum;Valuta;Belopp\n2027-03-01;SEK;12,50\n2027-03-02;EUR;1,50\n'))).toEqual([
    ...['date', 'currency', 'amount'],
  ]);
  expect(
    rolesOf(importText('Expenditure,Paid,When\nCapital,12.50,2027-03-01\nRevenue,1.00,2027-03-02\n'))[0],
  ).toBeNull();
});

test('X6: supplier codes in a column of numbers are not taken for amounts or dates', () => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `${45000 + i},${10 + i}.50,2027-03-${String(i + 1).padStart(2, '0')}`,
  );
  expect(rolesOf(importText(['Foo,Bar,Baz', ...rows, ''].join('\n')))).toEqual([null, 'amount', 'date']);
});

test('X6: a due date is taken for the date only where there is no other', () => {
  expect(rolesOf(importText('Due date,Date,Amount\n2027-04-30,2027-04-01,1.00\n'))).toEqual([null, 'date', 'amount']);
  expect(rolesOf(importText('Due date,Amount\n2027-04-30,1.00\n'))).toEqual(['date', 'amount']);
});
