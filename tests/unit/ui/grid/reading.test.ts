import { describe, expect, test } from 'vitest';
import { Reading } from '#lib/ui/grid/reading.ts';
import { treeOf } from '#lib/ui/grid/rows.ts';
import type { SheetColumn } from '#lib/ui/grid/sheet.ts';

const columns: readonly SheetColumn[] = [
  { kind: 'sum', key: 'year', label: 'FY27', name: 'year 2027', of: ['jan', 'feb'] },
  { kind: 'amount', key: 'jan', label: 'Jan', name: 'January' },
  { kind: 'amount', key: 'feb', label: 'Feb', name: 'February' },
  { kind: 'amount', key: 'last', label: 'FY26', name: 'year 2026', hidden: true },
  { kind: 'change', key: 'change', label: 'vs', name: 'change', from: 'last', to: 'year' },
];
const tree = treeOf(
  [{ id: 'g', label: 'Group', parentId: null }],
  [
    { id: 'a', label: 'a', groupId: 'g', nature: 'cost', currency: 'EUR' },
    { id: 'b', label: 'b', groupId: 'g', nature: 'cost', currency: 'USD' },
  ],
);
const figures = new Map([
  ['jan', Float64Array.of(100, 200)],
  ['feb', Float64Array.of(50, NaN)],
  ['last', Float64Array.of(120, 0)],
]);
const [january, february, year, change] = [0, 1, 2, 3];

function reading(): Reading {
  const made = new Reading(tree, columns);
  made.refresh(figures);
  return made;
}

describe('reading', () => {
  test('months come first, then what is made from them; hidden columns are not shown', () => {
    expect(reading().columns.map(({ key }) => key)).toEqual(['jan', 'feb', 'year', 'change']);
  });

  test('a line reads its figures, their sum, and the change from last year', () => {
    const made = reading();
    expect([january, february, year, change].map((column) => made.figure(0, column))).toEqual([100, 50, 150, 0.25]);
  });

  test('no figure stays no figure, and no change is counted from nothing', () => {
    const made = reading();
    expect(made.figure(1, february)).toBeNaN();
    expect(made.figure(1, year)).toBe(200);
    expect(made.figure(1, change)).toBeNaN();
  });

  test('a group reads its subtotals', () => {
    const made = reading();
    expect([january, february, year].map((column) => made.figure(~0, column))).toEqual([300, 50, 350]);
    expect(made.figure(~0, change)).toBeCloseTo((350 - 120) / 120);
  });

  test('subtotals are counted in the base currency, lines are read in their own', () => {
    const made = new Reading(tree, columns);
    made.refresh(figures, new Map([['jan', Float64Array.of(100, 180)]]));
    expect(made.figure(1, january)).toBe(200);
    expect(made.baseFigure(1, january)).toBe(180);
    expect(made.figure(~0, january)).toBe(280);
  });

  test('the extremes are those of the widest cells', () => {
    expect(reading().extremes()).toMatchObject({ amounts: { most: 300, least: 0 }, sums: { most: 350 } });
  });

  test('a change measured from a column that is not there is no figure', () => {
    const made = new Reading(tree, [{ kind: 'change', key: 'x', label: '', name: '', from: 'no', to: 'nor this' }]);
    made.refresh(figures);
    expect(made.figure(0, 0)).toBeNaN();
  });
});
