import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { treeOf, type Tree } from '#lib/ui/grid/rows.ts';
import { Totals } from '#lib/ui/grid/totals.ts';

const tree = treeOf(
  [
    { id: 'run', label: 'Run', parentId: null },
    { id: 'cloud', label: 'Cloud', parentId: 'run' },
    { id: 'income', label: 'Income', parentId: null },
  ],
  [
    { id: 'a', label: 'a', groupId: 'cloud', nature: 'cost', currency: 'EUR' },
    { id: 'b', label: 'b', groupId: 'run', nature: 'cost', currency: 'EUR' },
    { id: 'c', label: 'c', groupId: 'income', nature: 'revenue', currency: 'EUR' },
    { id: 'd', label: 'd', groupId: null, nature: 'cost', currency: 'EUR' },
  ],
);
const [run, cloud, income, total] = [0, 1, 2, 3];

describe('totals', () => {
  test('a group sums what stands under it, and the total is cost less revenue', () => {
    const totals = new Totals(tree, 1);
    expect(totals.refresh([Float64Array.of(100, 20, 50, 7)])).toBe(4);
    expect([run, cloud, income, total].map((group) => totals.of(group, 0))).toEqual([120, 100, 50, 77]);
  });

  test('refreshing adds what changed since', () => {
    const totals = new Totals(tree, 1);
    const figures = Float64Array.of(100, 20, 50, 7);
    totals.refresh([figures]);
    figures[0] = 130;
    expect(totals.refresh([figures])).toBe(1);
    expect([run, cloud, income, total].map((group) => totals.of(group, 0))).toEqual([150, 130, 50, 107]);
  });

  test('no figure counts as nothing', () => {
    const totals = new Totals(tree, 1);
    const figures = Float64Array.of(NaN, 20, NaN, 7);
    totals.refresh([figures]);
    figures[0] = 5;
    figures[1] = NaN;
    totals.refresh([figures]);
    expect(totals.of(run, 0)).toBe(5);
    expect(totals.of(total, 0)).toBe(12);
  });

  test('a history of edits ends with the sums that counting from scratch gives', () => {
    const edit = fc.record({ line: fc.nat(3), column: fc.nat(2), minor: fc.option(fc.integer(), { nil: NaN }) });
    fc.assert(
      fc.property(fc.array(fc.array(edit)), (steps) => {
        const figures = Array.from({ length: 3 }, () => new Float64Array(tree.lines.length));
        const totals = new Totals(tree, figures.length);
        for (const step of steps) {
          for (const { line, column, minor } of step) (figures[column] ?? figures[0])?.fill(minor, line, line + 1);
          totals.refresh(figures);
        }
        figures.forEach((column, index) => {
          expect([run, cloud, income, total].map((group) => totals.of(group, index))).toEqual(bruteForce(tree, column));
        });
      }),
    );
  });
});

function bruteForce(of: Tree, figures: Float64Array): readonly number[] {
  const under: Readonly<Record<string, readonly string[]>> = {
    run: ['a', 'b'],
    cloud: ['a'],
    income: ['c'],
    total: ['a', 'b', 'c', 'd'],
  };
  return Object.entries(under).map(([group, ids]) => {
    const signed = ids.map((id) => {
      const figure = figures[of.lines.findIndex((line) => line.id === id)] ?? 0;
      return (Number.isNaN(figure) ? 0 : figure) * (id === 'c' && group === 'total' ? -1 : 1);
    });
    return signed.reduce((sum, figure) => sum + figure, 0) + 0;
  });
}
