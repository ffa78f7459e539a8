import { expect, test } from 'vitest';
import { decideDelimiter } from '#lib/interchange/csv/delimiter.ts';
import { importText } from '#tests/support/import-text.ts';

test.each([
  [',', 'Date,Vendor,Amount\n2027-03-01,"Smith; Sons",1.00\n2027-03-02,B,2.00\n'],
  [';', 'Datum;Text;Betrag\n01.03.2027;Müller, Söhne;1.234,56\n02.03.2027;B;2,00\n'],
  ['\t', 'Date\tVendor\tAmount\n2027-03-01\tSmith, Sons, Ltd\t1,234.00\n2027-03-02\tB\t2.00\n'],
  ['|', 'Date|Vendor|Amount\n2027-03-01|Smith, Sons|1.00\n'],
] as const)('X4: %j is found', (delimiter, text) => {
  expect(decideDelimiter(text)).toEqual({ delimiter, stated: false });
});

test('X4: a decimal comma in every row does not make the comma the delimiter', () => {
  const rows = Array.from({ length: 30 }, (_, i) => `0${(i % 9) + 1}.03.2027;Vendor ${i};${i},50`);
  expect(decideDelimiter(['Datum;Lieferant;Betrag', ...rows, ''].join('\n')).delimiter).toBe(';');
});

test('X4: a first line that states the delimiter is believed and is no row', () => {
  const { rows, reading } = importText('sep=;\r\nDate;Vendor;Amount\r\n2027-03-01;A, B;1.00\r\n');
  expect(rows[0]?.draft).toMatchObject({ vendorText: 'A, B', amount: 100, batchLine: 3 });
  expect(reading.setAside).toEqual([]);
});
