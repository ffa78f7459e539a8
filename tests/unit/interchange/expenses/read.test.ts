import { expect, test } from 'vitest';
import type { Category } from '#lib/domain/organisation/category.ts';
import { exactText } from '#lib/interchange/expenses/file-total.ts';
import { isTotalLabel } from '#lib/interchange/expenses/total-row.ts';
import { withRole } from '#lib/interchange/expenses/mapping.ts';
import { bytesOf, importText, type Imported } from '#tests/support/import-text.ts';

const problems = ({ reading }: Imported): unknown[] => reading.setAside.map(({ line, reason }) => [line, reason.kind]);
const totals = ({ reading }: Imported): unknown[] => reading.totals.map((total) => [total.currency, exactText(total)]);

test('X15: a row becomes a draft with its line, and the workspace has nothing yet that it names', () => {
  const { rows } = importText(
    'Date,Supplier,Invoice No,Amount,Department\n01/04/2027,Acme Ltd  ,7,"1,200.50",IT\n13/04/2027,B,8,1.00,IT\n',
  );
  expect(rows[0]).toEqual({
    draft: {
      kind: 'expense',
      date: '2027-04-01',
      amount: 120050,
      currency: 'EUR',
      vendorText: 'Acme Ltd',
      description: '',
      invoiceNumber: '7',
      vendorId: null,
      categoryId: null,
      departmentId: null,
      projectId: null,
      lineId: null,
      batchLine: 2,
      fingerprint: expect.stringMatching(/^1[0-9a-z]{21}-1$/) as string,
    },
    occurrence: 1,
    names: { categories: '', departments: 'IT', vendors: 'Acme Ltd', projects: '' },
  });
});

test('X15: what cannot be read is set aside with its line and the reason, and the rest is read', () => {
  const imported = importText(
    [
      'Date,Vendor,Amount',
      '13/04/2027,A,1.00',
      '14/04/2027,B,one',
      '31/02/2027,C,2.00',
      '15/04/2027,D,',
      '16/04/2027,E,3.00,extra',
      '"17/04/2027,F,4.00',
      '18/04/2027,G,99999999999999999',
      'Date,Vendor,Amount',
      '',
      ',,,',
      'Report printed by finance,,',
      '19/04/2027,H,5.00,,',
    ].join('\n'),
  );
  expect(problems(imported)).toEqual([
    [3, 'amount-unreadable'],
    [4, 'date-unreadable'],
    [5, 'amount-missing'],
    [6, 'too-many-cells'],
    [7, 'quotes-broken'],
    [8, 'amount-too-large'],
    [9, 'header-again'],
    [12, 'note'],
  ]);
  expect(imported.reading.setAside[0]?.text).toBe('14/04/2027, B, one');
  expect(imported.reading.rows).toBe(2);
  expect(totals(imported)).toEqual([['EUR', '6.00']]);
});

test('X8: rows whose date is missing or was destroyed are read with the date unknown', () => {
  const { rows, reading } = importText(
    'Date,Vendor,Amount\n00:00:00,A,1.00\n,B,2.00\n########,C,3.00\n13/04/2027,D,4.00\n',
  );
  expect(rows.map(({ draft }) => draft.date)).toEqual([null, null, null, '2027-04-13']);
  expect(reading).toMatchObject({ rows: 4, undated: 3, firstDate: '2027-04-13', lastDate: '2027-04-13' });
});

test('X15: rows outside the period are reported and read all the same', () => {
  const { reading } = importText('Date,Vendor,Amount\n2027-03-31,A,1.00\n2027-04-01,B,2.00\n2028-04-01,C,3.00\n', {
    period: { start: '2027-04-01', end: '2028-03-31' },
  });
  expect(reading).toMatchObject({ rows: 3, outside: [2, 4] });
});

test('X14: total rows are set aside and compared with the rows above them', () => {
  const imported = importText(
    [
      'Date,Vendor,Amount',
      '2027-04-01,Total Gas & Power Ltd,10.00',
      '2027-04-02,A,5.00',
      ',Sub-total,15.00',
      '2027-04-03,B,1.00',
      ',Subtotal:,1.00',
      ',Grand Total,17.00',
      ',,16.00',
    ].join('\n'),
  );
  expect(imported.reading.setAside.map(({ line, reason }) => [line, reason])).toEqual([
    [4, { kind: 'total-row', written: 1500, currency: 'EUR', agrees: true }],
    [6, { kind: 'total-row', written: 100, currency: 'EUR', agrees: true }],
    [7, { kind: 'total-row', written: 1700, currency: 'EUR', agrees: false }],
    [8, { kind: 'total-row', written: 1600, currency: 'EUR', agrees: true }],
  ]);
  expect(imported.reading.rows).toBe(3);
});

test('X14: labels of totals in several languages; vendors that only begin so are none', () => {
  const labels = [
    'Total',
    'TOTALS:',
    'Grand total',
    'Sub-Total',
    'Total for March',
    'Summe',
    'Gesamtsumme',
    'Total général',
    'Totaal',
  ];
  expect(labels.filter((label) => !isTotalLabel(label))).toEqual([]);
  expect(['Total Gas & Power', 'Totalenergies', 'Summer school', 'Totally Ltd', '12'].filter(isTotalLabel)).toEqual([]);
});

test('X16: control totals are exact per currency, also where the file writes more decimals than the currency has', () => {
  const imported = importText(
    'Date,Vendor,Cost,Currency\n2027-04-01,A,0.1,EUR\n2027-04-02,B,0.2,EUR\n2027-04-03,C,1.005,USD\n2027-04-04,D,0.0000008,USD\n2027-04-05,E,1200,JPY\n',
  );
  expect(totals(imported)).toEqual([
    ['EUR', '0.30'],
    ['USD', '1.0050008'],
    ['JPY', '1200'],
  ]);
  expect(imported.reading.totals[1]).toMatchObject({ rows: 2, minor: 100, rounded: 2 });
});

test('X10: a bank statement writes spending negative; its rows become expenses and credits', () => {
  const imported = importText('Date;Payee;Amount\n13.04.2027;A;-12,50\n14.04.2027;B;-7,00\n15.04.2027;C;3,00\n');
  expect(imported.decisions).toMatchObject({ spending: 'negative', decimal: { kind: 'decided', mark: ',' } });
  expect(imported.rows.map(({ draft }) => [draft.kind, draft.amount])).toEqual([
    ['expense', 1250],
    ['expense', 700],
    ['credit', -300],
  ]);
  expect(totals(imported)).toEqual([['EUR', '-16.50']]);
});

test('X10: money out and money in may have columns of their own, or a letter', () => {
  const pair = importText(
    'Date,Details,Debit,Credit\n2027-04-01,A,12.50,\n2027-04-02,B,,3.00\n2027-04-03,C,0.00,4.00\n',
  );
  const letter = importText(
    'Date,Details,Amount,D/C\n2027-04-01,A,12.50,D\n2027-04-02,B,3.00,C\n2027-04-03,C,4.00,C\n',
  );
  for (const { rows } of [pair, letter]) {
    expect(rows.map(({ draft }) => [draft.kind, draft.amount])).toEqual([
      ['expense', 1250],
      ['credit', -300],
      ['credit', -400],
    ]);
  }
  expect([totals(pair), totals(letter)]).toEqual([[['EUR', '5.50']], [['EUR', '5.50']]]);
});

const recharges: Category = {
  id: 'r',
  name: 'Recharges',
  parentId: null,
  kind: 'revenue',
  nature: 'revenue',
  order: 0,
};

test('X10: rows of a revenue category are revenue, positive when money comes in', () => {
  const directory = { categories: [recharges] };
  const list = importText('Date,Customer name,Amount,Category\n2027-04-01,A,12.50,Recharges\n', { directory });
  const pair = importText('Date,Details,Debit,Credit,Category\n2027-04-01,A,,12.50,Recharges\n2027-04-01,B,3.00,,\n', {
    directory,
  });
  expect(list.rows[0]?.draft).toMatchObject({ kind: 'revenue', amount: 1250 });
  expect(pair.rows.map(({ draft }) => [draft.kind, draft.amount])).toEqual([
    ['revenue', 1250],
    ['expense', 300],
  ]);
});

test('X10: the currency of a row is its column, else the sign beside the amount, else the header, else the workspace', () => {
  const currencies = (text: string): string[] => importText(text).rows.map(({ draft }) => draft.currency);
  expect(currencies('Date,Vendor,Amount,Currency\n2027-04-01,A,1.00,usd\n2027-04-01,B,1.00,\n')).toEqual([
    'USD',
    'EUR',
  ]);
  expect(currencies('Date,Vendor,Amount\n2027-04-01,A,£1.00\n2027-04-01,B,2.00\n')).toEqual(['GBP', 'EUR']);
  expect(currencies('Date,Vendor,Amount (£)\n2027-04-01,A,1.00\n')).toEqual(['GBP']);
  expect(
    problems(
      importText(
        'Date,Vendor,Amount,Currency\n2027-04-01,A,1.00,EUR\n2027-04-01,B,1.00,EUR\n2027-04-02,B,1.00,USD\n2027-04-02,B,1.00,USD\n2027-04-03,C,1.00,QQQ\n',
      ),
    ),
  ).toEqual([[6, 'currency-unknown']]);
});

test('X9: an ambiguous column is read as a person answers', () => {
  const text = 'Datum;Lieferant;Betrag\n13.04.2027;A;1.234\n14.04.2027;B;500\n';
  expect(importText(text).decisions.decimal.kind).toBe('ambiguous');
  expect(totals(importText(text))).toEqual([['EUR', '1734.00']]);
  expect(totals(importText(text, { how: { decimalMark: '.' } }))).toEqual([['EUR', '501.234']]);
});

test('X6: a person may give a column another role; the role moves', () => {
  const text = 'Date,Vendor,Net,Gross\n2027-04-01,A,10.00,12.00\n';
  expect(totals(importText(text))).toEqual([['EUR', '10.00']]);
  expect(totals(importText(text, { mapping: (guess) => withRole(guess, 3, 'amount') }))).toEqual([['EUR', '12.00']]);
});

test.each([
  [
    'preamble, pounds, thousands, parentheses, trailing columns, Windows-1252',
    bytesOf(
      'Somewhere Borough Council,,,,,\r\n"Payments to suppliers over £500, April 2027",,,,,\r\n,,,,,\r\n' +
        'Directorate ,Supplier,Payment Date,Transaction Number,Amount (£),,\r\n' +
        'Corporate,"Caf\u00e9 Ltd",01-Apr-2027,5001," £1,234.56 ",,\r\n' +
        'Corporate,B plc,02-Apr-2027,5002,"(£34.56)",,\r\n' +
        ',,,,,,\r\n,,,Total,"£1,200.00",,\r\n',
      'latin1',
    ),
    ['GBP', '1200.00'],
    ['Caf\u00e9 Ltd', 'B plc'],
  ],
  [
    'tab-separated, ISO instants',
    'Supplier Name\tPayment Date\tNet Amount\tInvoice No\nA, Sons\t2027-04-01T00:00:00\t1000\t1\nB\t2027-04-02T00:00:00\t200.5\t2\n',
    ['EUR', '1200.50'],
    ['A, Sons', 'B'],
  ],
  [
    'semicolons, decimal comma, spreadsheet days',
    'Fournisseur;Date;Montant TTC\nDupont;46478;1 000,00\nB;46479;200,50\n',
    ['EUR', '1200.50'],
    ['Dupont', 'B'],
  ],
  [
    'short dates, quoted newlines, empty cells missing at the end of rows',
    'Date,Payee,Amount,Narrative\n13/4/27,A,1000,"two\nlines"\n1/4/27,"B ""the"" C",200.50\n',
    ['EUR', '1200.50'],
    ['A', 'B "the" C'],
  ],
])('X5 to X10: a file with %s is read whole', (_, content, total, vendors) => {
  const imported = importText(content);
  expect(totals(imported)).toEqual([total]);
  expect(imported.rows.map(({ draft }) => draft.vendorText)).toEqual(vendors);
  expect(imported.rows.every(({ draft }) => draft.date?.startsWith('2027-04'))).toBe(true);
  expect(imported.reading.setAside.every(({ reason }) => reason.kind === 'total-row' && reason.agrees)).toBe(true);
});
