import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvSplitter } from '#lib/interchange/csv/split.ts';
import type { TableRow } from '#lib/interchange/table/table.ts';

function split(text: string, delimiter = ',', pieces = [text]): TableRow[] {
  const splitter = csvSplitter(delimiter);
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

function cells(rows: readonly TableRow[]): (readonly string[])[] {
  return rows.map((row) => row.cells);
}

test('X2: quoted cells hold delimiters, line ends and doubled marks; lines are counted through them', () => {
  const rows = split('Date,Vendor\r\n2027-03-01,"Acme, ""the"" shop\nsecond floor"\r\n2027-03-02,Beta\r\n');
  expect(rows).toEqual([
    { line: 1, cells: ['Date', 'Vendor'], broken: false },
    { line: 2, cells: ['2027-03-01', 'Acme, "the" shop\nsecond floor'], broken: false },
    { line: 4, cells: ['2027-03-02', 'Beta'], broken: false },
  ]);
});

test('X2: LF, CRLF and a missing last line end read alike; a quoted last cell before CRLF too', () => {
  const expected = [
    ['a', 'b'],
    ['c', 'd e'],
  ];
  expect(cells(split('a,b\nc,d e'))).toEqual(expected);
  expect(cells(split('a,b\r\nc,"d e"\r\n'))).toEqual(expected);
  expect(cells(split('a,b\nc, "d e" \n'))).toEqual(expected);
});

test('X2: a mark inside an unquoted cell is a character', () => {
  expect(cells(split('19" rack,5\n'))).toEqual([['19" rack', '5']]);
});

test('X3: a name that starts in quotation marks and goes on is a name', () => {
  expect(cells(split('"Big" Bob Ltd,5\n'))).toEqual([['Big Bob Ltd', '5']]);
});

test('X3: a mark that never closes costs its own line and no other', () => {
  const rows = split('a,1\n"b,2\nc,3\nd,4\n');
  expect(rows.map(({ broken }) => broken)).toEqual([false, true, false, false]);
  expect(cells(rows)).toEqual([['a', '1'], ['"b,2'], ['c', '3'], ['d', '4']]);
});

test('X3: a mark that closes in the wrong place lines below costs its own line and no other', () => {
  const rows = split('a,1\n"b,2\n"c",3\nd,4\n');
  expect(rows.map(({ line, broken }) => [line, broken])).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
  ]);
});

test('X3: an open mark in a long file does not swallow it', () => {
  const rest = Array.from({ length: 20_000 }, (_, i) => `vendor ${i},${i}`).join('\n');
  const rows = split(`"open,1\n${rest}\n`);
  expect(rows).toHaveLength(20_001);
  expect(rows[0]?.broken).toBe(true);
  expect(rows.at(-1)).toEqual({ line: 20_001, cells: ['vendor 19999', '19999'], broken: false });
});

const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', ';', '"', '\n', '\r\n', 'é', '7'), maxLength: 8 });
const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 12 });

test('X2: whatever is written by RFC 4180 reads as another reader reads it, in pieces of any size', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 9 }), (table, size) => {
      const text = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.slice(i * size, (i + 1) * size),
      );
      const rows = split(text, ',', pieces);
      expect(cells(rows)).toEqual(table);
      expect(cells(rows)).toEqual(Papa.parse(text, { newline: '\n', delimiter: ',' }).data);
      const lineEndsIn = (row: readonly string[]): number => row.join('').split('\n').length;
      expect(rows.map(({ line }) => line)).toEqual(
        table.map((_, i) => table.slice(0, i).reduce((line, row) => line + lineEndsIn(row), 1)),
      );
    }),
  );
});

test('X3: no text at all makes the reader throw or lose a line', () => {
  const noise = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' '), maxLength: 60 });
  fc.assert(
    fc.property(noise, (text) => {
      const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
      const rows = split(text);
      expect(rows.every((row, i) => row.line > (rows[i - 1]?.line ?? 0))).toBe(true);
      expect(rows.at(-1)?.line ?? 0).toBeLessThanOrEqual(Math.max(lines, 0));
    }),
  );
});
