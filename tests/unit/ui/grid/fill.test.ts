import { describe, expect, test } from 'vitest';
import { emptyCells, fillDown, fillRight, fillTarget, fillTo, type FillPlan } from '#lib/ui/grid/fill.ts';
import type { Range } from '#lib/ui/grid/selection.ts';
import { makeSheet, sheetOf } from '#tests/support/budget-sheet.ts';
import { exactText, parseFigure } from '#tests/support/plain-figures.ts';

/** Rows: group 0, lines l0 and l1, group 1, lines l2 and l3. Line i in month m holds (i + 1) * 1000 + m. */
const made = makeSheet(16);
const sheet = sheetOf(made);
const text = { parse: parseFigure, exact: exactText };
const range = (top: number, left: number, bottom = top, right = left): Range => ({ top, left, bottom, right });
const written = (plan: FillPlan): readonly string[] =>
  plan.edits.map(({ line, column, minor }) => `${line} ${column} ${minor / 100}`);

describe('fill', () => {
  test('down copies the first line over the others and passes over subtotals', () => {
    expect(written(fillDown(sheet, range(1, 1, 5), text))).toEqual([
      'l1 2027-01 1000',
      'l2 2027-01 1000',
      'l3 2027-01 1000',
    ]);
  });

  test('down in a single row copies from the line above, right in a single column from the month before', () => {
    expect(written(fillDown(sheet, range(4, 1), text))).toEqual(['l2 2027-01 2000']);
    expect(written(fillRight(sheet, range(1, 3), text))).toEqual(['l0 2027-03 1001']);
  });

  test('right copies the first month over the others', () => {
    expect(written(fillRight(sheet, range(1, 1, 1, 3), text))).toEqual(['l0 2027-02 1000', 'l0 2027-03 1000']);
  });

  test('nothing is filled from the labels or into totals', () => {
    expect(fillRight(sheet, range(1, 1), text)).toEqual({ edits: [], cells: 0, skipped: 1 });
    expect(fillRight(sheet, range(1, 12, 1, 13), text)).toMatchObject({ edits: [], skipped: 1 });
  });

  test('the handle repeats the pattern on either side', () => {
    const source = range(1, 3, 1, 4);
    expect(written(fillTo(sheet, source, range(1, 5, 1, 7), text))).toEqual([
      'l0 2027-05 1002',
      'l0 2027-06 1003',
      'l0 2027-07 1002',
    ]);
    expect(written(fillTo(sheet, source, range(1, 1, 1, 2), text))).toEqual(['l0 2027-01 1002', 'l0 2027-02 1003']);
    expect(written(fillTo(sheet, range(4, 1, 5), range(1, 1, 3), text))).toEqual([
      'l1 2027-01 4000',
      'l0 2027-01 3000',
    ]);
  });

  test('the handle goes the longer way, and nowhere inside the selection', () => {
    const source = range(1, 1, 2, 3);
    expect(fillTarget(source, { row: 6, column: 4 })).toEqual(range(3, 1, 6, 3));
    expect(fillTarget(source, { row: 2, column: 8 })).toEqual(range(1, 4, 2, 8));
    expect(fillTarget(source, { row: 0, column: 2 })).toEqual(range(0, 1, 0, 3));
    expect(fillTarget(source, { row: 2, column: 2 })).toBeUndefined();
  });

  test('between currencies the number is kept, not its minor units', () => {
    const foreign = sheetOf({
      ...made,
      lines: made.lines.map((line, index) => (index === 1 ? { ...line, currency: 'JPY' } : line)),
    });
    const digits = (currency: string): number => (currency === 'JPY' ? 1 : 100);
    const plan = fillDown(foreign, range(1, 1, 2), {
      parse: (written_, currency) => ({ ok: true, value: Number(written_) * digits(currency) }),
      exact: (minor, currency) => String(minor / digits(currency)),
    });
    expect(plan.edits).toEqual([{ line: 'l1', column: '2027-01', minor: 1000 }]);
  });

  test('emptying makes zeros and leaves what is calculated', () => {
    expect(emptyCells(sheet, range(0, 0, 2, 2))).toMatchObject({ cells: 4, skipped: 0 });
    expect(emptyCells(sheet, range(1, 12, 1, 14))).toMatchObject({ cells: 1, skipped: 2 });
  });
});
