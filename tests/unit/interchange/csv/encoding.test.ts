import { expect, test } from 'vitest';
import { openCsv } from '#lib/interchange/csv/open.ts';
import { decideEncoding } from '#lib/interchange/csv/encoding.ts';
import { headOf } from '#lib/interchange/table/table.ts';
import { bytesOf } from '#tests/support/import-text.ts';

const TEXT = 'Date,Vendor\n2027-03-01,Café Zürich €\n';

function utf16(text: string, littleEnd: boolean, mark: boolean): Uint8Array<ArrayBuffer> {
  const content = mark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(content.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < content.length; i += 1) view.setUint16(2 * i, content.charCodeAt(i), littleEnd);
  return bytes;
}

const WINDOWS = bytesOf(TEXT.replace('€', '\u0080'), 'latin1');

test.each([
  ['utf-8', bytesOf(TEXT)],
  ['utf-8', bytesOf(`\uFEFF${TEXT}`)],
  ['utf-16le', utf16(TEXT, true, true)],
  ['utf-16be', utf16(TEXT, false, true)],
  ['utf-16le', utf16(TEXT, true, false)],
  ['utf-16be', utf16(TEXT, false, false)],
  ['windows-1252', WINDOWS],
] as const)('X1: %s is recognised and reads as the same text', (name, bytes) => {
  const table = openCsv(bytes);
  expect(table.ok && table.value.encoding).toBe(name);
  expect(table.ok && headOf(table.value, 5).map(({ cells }) => cells)).toEqual([
    ['Date', 'Vendor'],
    ['2027-03-01', 'Café Zürich €'],
  ]);
});

test('X1: a stray byte among well-formed characters does not spoil the others', () => {
  const bytes = new Uint8Array([...bytesOf('Ä,Ö,Ü,ß,é\n'), 0xa3, 0x0a]);
  expect(decideEncoding(bytes)).toMatchObject({ ok: true, value: { name: 'utf-8' } });
});

test('X1: a character cut by the border of two pieces is read whole', () => {
  const filler = 'x'.repeat(262_143 - 'v,'.length);
  const table = openCsv(bytesOf(`v,${filler}é\n1,2\n`));
  expect(table.ok && headOf(table.value, 1)[0]?.cells[1]).toBe(`${filler}é`);
});

test.each([
  ['excel', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]],
  ['old-excel', [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
  ['pdf', [...bytesOf('%PDF-1.7\n')]],
  ['picture', [0xff, 0xd8, 0xff, 0xe0]],
  ['archive', [0x1f, 0x8b, 0x08]],
] as const)('X1: %s is no text and is called by its name', (looksLike, bytes) => {
  expect(decideEncoding(Uint8Array.from(bytes))).toEqual({ ok: false, error: { kind: 'not-text', looksLike } });
});

test('X1: random bytes are no text, nor is a text header over a binary body', () => {
  let state = 1;
  const random = Uint8Array.from({ length: 400_000 }, () => (state = (state * 48_271) % 2_147_483_647) & 255);
  const refusal = { ok: false, error: { kind: 'not-text', looksLike: 'unknown' } };
  expect(decideEncoding(random)).toEqual(refusal);
  random.fill(0x61, 0, 70_000);
  expect(decideEncoding(random)).toEqual(refusal);
});

test('X2: files with old Macintosh line ends are read', () => {
  const table = openCsv(bytesOf('a,b\rc,d\r'));
  expect(table.ok && headOf(table.value, 5).map(({ cells }) => cells)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});
