import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, dayNumber } from '#lib/domain/fiscal/iso-date.ts';
import { money, toDecimalText } from '#lib/domain/money/money.ts';
import { exactText } from '#lib/interchange/expenses/file-total.ts';
import { bytesOf, importText } from '#tests/support/import-text.ts';

/** One payment, and the many ways in which publishers write a list of them. */
interface Payment {
  readonly day: number;
  readonly vendor: string;
  readonly number: string;
  readonly unit: string;
  readonly minor: number;
}

const payment: fc.Arbitrary<Payment> = fc.record({
  day: fc.integer({ min: dayNumber('2014-04-01'), max: dayNumber('2018-03-31') }),
  vendor: fc.constantFrom(
    'ACME LTD',
    'Smith, Jones & Co',
    'The "Big" Shop',
    'Café Zoë',
    'Total Gas & Power',
    "O'Hara; Sons",
    '3M',
    '-',
  ),
  number: fc.integer({ min: 1, max: 10 ** 6 }).map((n) => `${n}_1`),
  unit: fc.constantFrom('Housing', 'Policy, Culture and Communication', 'HR', 'Finance'),
  minor: fc.oneof(
    fc.integer({ min: 50_000, max: 10 ** 9 }),
    fc.integer({ min: -99_999, max: -1 }),
    fc.integer({ min: 1, max: 999 }).map((thousands) => thousands * 100_000),
  ),
});
/** The first two tell day from month and point from comma, as any list of some length does. */
const telling: readonly Payment[] = [
  { day: dayNumber('2015-01-31'), vendor: 'Telling', number: '0_1', unit: 'HR', minor: 123_456 },
  { day: dayNumber('2015-01-30'), vendor: 'Telling', number: '0_2', unit: 'HR', minor: 99 },
];
/** Credits are the exception, or it would be a bank statement. */
const payments = fc
  .array(payment, { minLength: 2, maxLength: 25 })
  .map((list) => [...telling, ...list.map((p, i) => (i % 3 === 0 ? p : { ...p, minor: Math.abs(p.minor) }))]);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
type Parts = readonly [year: string, month: string, day: string];
const dateStyles: readonly ((parts: Parts, iso: string) => string)[] = [
  ([y, m, d]) => `${d}/${m}/${y}`,
  ([y, m, d]) => `${d}/${m}/${y.slice(2)}`,
  ([y, m, d]) => `${Number(d)}/${Number(m)}/${y}`,
  ([y, m, d]) => `${m}/${d}/${y}`,
  ([y, m, d]) => `${d}.${m}.${y}`,
  ([y, m, d]) => `${d}-${MONTHS[Number(m) - 1] ?? ''}-${y}`,
  ([y, m, d]) => `${d}-${MONTHS[Number(m) - 1] ?? ''}-${y.slice(2)}`,
  (_, iso) => iso,
  (_, iso) => `${iso}T00:00:00`,
  ([y, m, d]) => `${d}/${m}/${y} 00:00`,
  ([y, m, d]) => `${y}${m}${d}`,
  (_, iso) => String(dayNumber(iso) - dayNumber('1899-12-30')),
];

const style = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'mark', 'latin1', 'utf-16'),
  date: fc.constantFrom(...dateStyles),
  comma: fc.boolean(),
  group: fc.constantFrom('', 'mark', ' ', "'"),
  sign: fc.constantFrom('', '£', 'GBP '),
  negative: fc.constantFrom('-', '()', 'behind'),
  pad: fc.constantFrom('', '   '),
  names: fc.constantFrom(
    ['Paid Date', 'Supplier Name', 'Trans No', 'Service Area', 'Amount'],
    ['payment_date', 'supplier', 'invoice_number', 'directorate', 'net_amount'],
    ['Date', 'Payee', 'Reference', 'Department', 'Amount (£)'],
    ['PAYMENT DATE', 'VENDOR NAME', 'DOCUMENT NO.', 'COST CENTRE', 'VALUE EXCL. VAT'],
    ['Datum', 'Lieferant', 'Belegnummer', 'Kostenstelle', 'Betrag'],
  ),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  body: fc.boolean(),
  preamble: fc.constantFrom(0, 1, 3),
  trailing: fc.constantFrom(0, 2),
  blanks: fc.boolean(),
  total: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer S> ? S : never;

function amountText(minor: number, { comma, group, sign, negative }: Style): string {
  const [whole = '', cents = ''] = toDecimalText(money(Math.abs(minor), 'GBP')).split('.');
  const parting = group === 'mark' ? (comma ? '.' : ',') : group;
  const written = `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, parting)}${comma ? ',' : '.'}${cents}`;
  if (minor >= 0) return written;
  return negative === '()' ? `(${written})` : negative === '-' ? `-${written}` : `${written}-`;
}

function fileOf(list: readonly Payment[], s: Style): Uint8Array<ArrayBuffer> {
  const cell = (text: string): string =>
    s.quoteAll || /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const record = (cells: readonly string[]): string =>
    [
      ...(s.body ? ['Somewhere Council'] : []),
      ...s.order.map((i) => cells[i] ?? ''),
      ...Array<string>(s.trailing).fill(''),
    ]
      .map(cell)
      .join(s.delimiter);
  const rows = list.map(({ day, vendor, number, unit, minor }) => {
    const iso = dateOfDay(day);
    const [y = '', m = '', d = ''] = iso.split('-');
    return record([s.date([y, m, d], iso), vendor + s.pad, number, unit, amountText(minor, s)]);
  });
  const sum = list.reduce((total, { minor }) => total + minor, 0);
  const header = record(s.names).replace('Somewhere Council', 'Body Name');
  const lines = [
    ...Array.from({ length: s.preamble }, (_, i) => (i === 1 ? '' : cell(`Payments over £500, part ${i}`))),
    header,
    ...rows.flatMap((row, i) => (s.blanks && i === 1 ? [row, '', s.delimiter.repeat(4)] : [row])),
    ...(s.total ? [record(['', 'Total', '', '', amountText(sum, s)]).replace('Somewhere Council', '')] : []),
  ];
  const text = lines.join(s.newline);
  if (s.encoding === 'latin1') return bytesOf(text, 'latin1');
  if (s.encoding !== 'utf-16') return bytesOf(s.encoding === 'mark' ? `\uFEFF${text}` : text);
  const units = Uint16Array.from(`\uFEFF${text}`, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

test('X1 to X16: a list of payments reads the same however its publisher writes it', () => {
  fc.assert(
    fc.property(payments, style, (list, written) => {
      const { rows, reading } = importText(fileOf(list, written), { currency: 'GBP' });
      const read = rows.map(({ draft, names }) => ({
        day: draft.date === null ? null : dayNumber(draft.date),
        vendor: draft.vendorText,
        number: draft.invoiceNumber,
        unit: names.departments,
        minor: draft.amount,
      }));
      expect(read).toEqual(list.map((p) => ({ ...p, vendor: p.vendor === '-' ? '' : p.vendor })));
      expect(reading.totals.map(exactText)).toEqual([
        toDecimalText(
          money(
            list.reduce((sum, p) => sum + p.minor, 0),
            'GBP',
          ),
        ),
      ]);
      expect(reading.setAside.map(({ reason }) => reason)).toEqual(
        written.total ? [expect.objectContaining({ kind: 'total-row', agrees: true })] : [],
      );
    }),
    { numRuns: 200 },
  );
});
