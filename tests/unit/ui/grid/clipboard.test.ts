import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlFromTable, isRagged, tableFromText, textFromTable } from '#lib/ui/grid/clipboard.ts';
import { leastOf } from '#tests/support/least-of.ts';

describe('clipboard', () => {
  test('a block from a spreadsheet', () => {
    expect(tableFromText('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('quotes hold tabs, line breaks and quotes', () => {
    expect(tableFromText('"a\tb"\t"two\nlines"\r\n"say ""no"""\t4')).toEqual([
      ['a\tb', 'two\nlines'],
      ['say "no"', '4'],
    ]);
  });

  test('a quote that is never closed is a sign for inches', () => {
    expect(tableFromText('"12\t24"\n5')).toEqual([['12\t24'], ['5']]);
    expect(tableFromText('12"\t"24\n5\t6')).toEqual([
      ['12"', '"24'],
      ['5', '6'],
    ]);
  });

  test('blank cells and blank rows stay', () => {
    expect(tableFromText('1\t\r\n\r\n\t2\r\n')).toEqual([['1', ''], [''], ['', '2']]);
    expect(tableFromText('')).toEqual([]);
  });

  test('what is written is read back, whatever stands in the cells', () => {
    const cell = fc.oneof(fc.string(), fc.stringMatching(/^["\t\r\n0-9,.]*$/), fc.constantFrom('"', '""', '1.5'));
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(tables, (table) => {
        expect(tableFromText(textFromTable(table))).toEqual(table);
      }),
    );
  });

  test('a table of rows of different lengths is ragged', () => {
    expect(isRagged([['a', 'b'], ['c']])).toBe(true);
    expect(isRagged([['a'], ['c']])).toBe(false);
  });

  test('HTML carries the same cells and nothing that runs', () => {
    expect(htmlFromTable([['<b>', '"x" & y']])).toBe(
      '<meta charset="utf-8"><table><tr><td>&lt;b&gt;</td><td>&quot;x&quot; &amp; y</td></tr></table>',
    );
  });

  test('24,000 cells are read and written within 100 ms', async () => {
    const table = Array.from({ length: 2000 }, (_, row) =>
      Array.from({ length: 12 }, (__, column) => `${row}.${column}`),
    );
    const least = await leastOf(6, 100, () => {
      const started = performance.now();
      expect(tableFromText(textFromTable(table))).toHaveLength(2000);
      return performance.now() - started;
    });
    expect(least).toBeLessThan(100);
  });
});
