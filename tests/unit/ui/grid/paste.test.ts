import { describe, expect, test } from 'vitest';
import { needsPreview, planPaste, type PastePlan } from '#lib/ui/grid/paste.ts';
import type { Range } from '#lib/ui/grid/selection.ts';
import type { SheetColumn, SheetLine } from '#lib/ui/grid/sheet.ts';
import { pasteSentence, unreadSentences } from '#lib/ui/grid/wording.ts';
import { makeSheet, sheetOf, type TestSheet } from '#tests/support/budget-sheet.ts';
import { leastOf } from '#tests/support/least-of.ts';
import { parseFigure } from '#tests/support/plain-figures.ts';

const count = (number: number): string => number.toLocaleString('en');
const cell = (row: number, column: number): Range => ({ top: row, bottom: row, left: column, right: column });

/** Rows: group 0, lines l0 and l1, group 1, lines l2 and l3, and so on. */
const small = makeSheet(16);

function paste(table: readonly (readonly string[])[], at: Range, sheet: TestSheet = small): PastePlan {
  return planPaste(sheetOf(sheet), at, table, parseFigure);
}
const written = (plan: PastePlan): readonly string[] =>
  plan.edits.map(({ line, column, minor }) => `${line} ${column} ${minor}`);

function change(sheet: TestSheet, line: Partial<SheetLine>, column: Partial<SheetColumn>): TestSheet {
  return {
    ...sheet,
    lines: sheet.lines.map((one, index) => (index === 1 ? { ...one, ...line } : one)),
    columns: sheet.columns.map((one, index) => (index === 1 ? ({ ...one, ...column } as SheetColumn) : one)),
  };
}

describe('paste', () => {
  test('a block lands from the corner on', () => {
    const plan = paste(
      [
        ['1', '2'],
        ['3', '4'],
      ],
      cell(1, 2),
    );
    expect(written(plan)).toEqual(['l0 2027-02 100', 'l0 2027-03 200', 'l1 2027-02 300', 'l1 2027-03 400']);
    expect(needsPreview(plan)).toBe(false);
  });

  test('subtotals are passed over', () => {
    expect(written(paste([['1'], ['2'], ['3']], cell(1, 1)))).toEqual([
      'l0 2027-01 100',
      'l1 2027-01 200',
      'l2 2027-01 300',
    ]);
  });

  test('one value fills the whole selection, and a block is repeated where it fits', () => {
    expect(paste([['5']], { top: 1, bottom: 2, left: 1, right: 3 }).values).toBe(6);
    expect(written(paste([['1'], ['2']], { top: 1, bottom: 5, left: 1, right: 1 }))).toEqual([
      'l0 2027-01 100',
      'l1 2027-01 200',
      'l2 2027-01 100',
      'l3 2027-01 200',
    ]);
  });

  test('figures that stand already are counted and not written again', () => {
    const plan = paste([['1000.00', '7']], cell(1, 1));
    expect(plan.values).toBe(2);
    expect(written(plan)).toEqual(['l0 2027-02 700']);
  });

  test('blanks and the dash of accountants are zero', () => {
    expect(written(paste([['', ' -   ']], cell(1, 1)))).toEqual(['l0 2027-01 0', 'l0 2027-02 0']);
  });

  test('what cannot be read is kept with its place and its reason', () => {
    const plan = paste([['12', 'n/a']], cell(1, 3));
    expect(plan.unread).toHaveLength(1);
    expect(needsPreview(plan)).toBe(true);
    expect(unreadSentences(plan, 3)).toEqual(['Cloud hosting, Apr 27, “n/a”: This is not an amount. Type digits.']);
  });

  test('closed months, locked lines and totals are skipped and said', () => {
    const sheet = change(small, { locked: 'Locked.' }, { closed: true });
    const plan = paste(
      [
        ['1', '2'],
        ['3', '4'],
      ],
      cell(1, 1),
      sheet,
    );
    expect(plan.skipped).toMatchObject({ closed: 2, line: 1, total: 0 });
    expect(written(plan)).toEqual(['l0 2027-01 100']);
    expect(pasteSentence(plan, count)).toBe(
      'Paste 1 value into 1 line; 2 are in a closed month and will be skipped, 1 is in a locked line and will be skipped.',
    );
  });

  test('what falls off the sheet is counted', () => {
    const plan = paste([['1', '2', '3', '4']], cell(1, 12));
    expect(plan.skipped.total).toBe(2);
    expect(plan.outside).toBe(1);
    const last = sheetOf(small).rows.entries.length - 2;
    expect(paste([['1'], ['2'], ['3']], cell(last, 1)).outside).toBe(2);
  });

  test('a block that begins with names goes to the lines of those names', () => {
    const plan = paste(
      [
        ['Infrastructure', '99'],
        ['Data centre', '5', '6'],
        ['No such line', '1'],
        ['Cloud hosting', '7'],
      ],
      cell(0, 0),
    );
    expect(written(plan)).toEqual(['l1 2027-01 500', 'l1 2027-02 600', 'l0 2027-01 700']);
    expect(plan.unnamed).toEqual(['No such line']);
    expect(pasteSentence(plan, count)).toContain('no line here is called “No such line”');
  });

  test('the sentence of a large paste', () => {
    const sheet = makeSheet(120);
    const table = Array.from({ length: 120 }, (_, row) =>
      Array.from({ length: 12 }, (__, column) => (column === 5 && row < 3 ? 'x' : String(row + column))),
    );
    expect(pasteSentence(paste(table, cell(1, 1), sheet), count)).toBe(
      'Paste 1,437 values into 120 lines; 3 could not be read.',
    );
  });

  test('24,000 cells are planned within 100 ms', async () => {
    const sheet = makeSheet(5000);
    const table = Array.from({ length: 2000 }, (_, row) =>
      Array.from({ length: 12 }, (__, column) => `${row}.${column}`),
    );
    const built = sheetOf(sheet);
    let plan: PastePlan | undefined;
    const least = await leastOf(6, 100, () => {
      const started = performance.now();
      plan = planPaste(built, cell(1, 1), table, parseFigure);
      return performance.now() - started;
    });
    expect(plan?.values).toBe(24_000);
    expect(least).toBeLessThan(100);
  });
});
