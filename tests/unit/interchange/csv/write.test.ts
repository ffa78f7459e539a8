import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardText, unguardText } from '#lib/interchange/csv/guard.ts';
import { csvSplitter } from '#lib/interchange/csv/split.ts';
import { writeCsv } from '#lib/interchange/csv/write.ts';

test('X21: texts that a spreadsheet would run get a single quote, numbers stay numbers', () => {
  const cells = ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\0x', 'plain'].map((text) => ({ text }));
  const row = writeCsv(['a'], [[...cells, { number: '-12.50' }]]).split('\r\n', 2)[1];
  expect(row).toBe(`"'=HYPERLINK(""x"")",'+1,'-1,'@SUM(A1),"'\tx","'\rx","'\0x",plain,-12.50`);
});

test('X21: the guard is taken back exactly, also from texts that start with quotes of their own', () => {
  const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', 'a', ' ') });
  fc.assert(fc.property(text, (written) => unguardText(guardText(written)) === written));
  fc.assert(fc.property(text, (written) => !/^[=+\-@\t]/.test(guardText(written))));
});

test('X20: whatever is written reads back the same', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '=', ';', 'é') });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (table) => {
      const splitter = csvSplitter(',');
      const text = writeCsv(
        ['a', 'b', 'c'],
        table.map((row) => row.map((value) => ({ text: value }))),
      );
      const rows = [...splitter.push(text), ...splitter.end()].slice(1);
      expect(rows.map(({ cells }) => cells.map(unguardText))).toEqual(table);
    }),
  );
});
