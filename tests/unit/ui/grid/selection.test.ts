import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterEnter,
  move,
  rangeOf,
  selectAll,
  selectCell,
  type Bounds,
  type Cell,
  type Selection,
  type Step,
} from '#lib/ui/grid/selection.ts';

const bounds: Bounds = { rows: 10, columns: 5, page: 4 };
const all = (): boolean => true;
const at = (row: number, column: number): Cell => ({ row, column });
const step = (from: Selection, to: Step, extend = false): Selection => move(from, to, extend, bounds, all);

describe('selection', () => {
  test('arrows go one cell and stop at the edge', () => {
    expect(step(selectCell(at(0, 1)), 'down').active).toEqual(at(1, 1));
    expect(step(selectCell(at(0, 0)), 'left').active).toEqual(at(0, 0));
    expect(step(selectCell(at(9, 4)), 'right').active).toEqual(at(9, 4));
  });

  test('home, end and pages', () => {
    expect(step(selectCell(at(3, 3)), 'row-start').active).toEqual(at(3, 0));
    expect(step(selectCell(at(3, 3)), 'row-end').active).toEqual(at(3, 4));
    expect(step(selectCell(at(3, 3)), 'sheet-end').active).toEqual(at(9, 4));
    expect(step(selectCell(at(3, 3)), 'page-down').active).toEqual(at(7, 3));
    expect(step(selectCell(at(3, 3)), 'page-up').active).toEqual(at(0, 3));
  });

  test('shift keeps the active cell and takes the far corner along', () => {
    const extended = step(step(selectCell(at(2, 2)), 'up', true), 'right', true);
    expect(extended.active).toEqual(at(2, 2));
    expect(rangeOf(extended)).toEqual({ top: 1, bottom: 2, left: 2, right: 3 });
  });

  test('tab wraps to the next row, and Enter goes back to where the tabs began', () => {
    const tabbed = step(step(step(selectCell(at(1, 3)), 'next'), 'next'), 'next');
    expect(tabbed.active).toEqual(at(2, 1));
    expect(afterEnter(tabbed, 'down', bounds).active).toEqual(at(3, 3));
  });

  test('control arrows stop at the edge of the data, as in a spreadsheet', () => {
    const data = new Set([0, 1, 2, 5, 6]);
    const filled = (cell: Cell): boolean => data.has(cell.row);
    const go = (row: number, to: Step): number => move(selectCell(at(row, 1)), to, false, bounds, filled).active.row;
    expect([go(0, 'edge-down'), go(2, 'edge-down'), go(5, 'edge-down'), go(6, 'edge-down')]).toEqual([2, 5, 6, 9]);
    expect([go(9, 'edge-up'), go(6, 'edge-up'), go(5, 'edge-up'), go(0, 'edge-up')]).toEqual([6, 5, 2, 0]);
  });

  test('everything can be selected', () => {
    expect(rangeOf(selectAll(bounds))).toEqual({ top: 0, left: 0, bottom: 9, right: 4 });
  });

  test('no step leads outside the grid', () => {
    const steps: readonly Step[] = [
      ...(['up', 'down', 'left', 'right', 'next', 'previous'] as const),
      ...(['edge-up', 'edge-down', 'edge-left', 'edge-right'] as const),
      ...(['page-up', 'page-down', 'row-start', 'row-end', 'sheet-start', 'sheet-end'] as const),
    ];
    const cell = fc.record({ row: fc.nat(9), column: fc.nat(4) });
    const walk = fc.array(fc.tuple(fc.constantFrom(...steps), fc.boolean()));
    fc.assert(
      fc.property(cell, walk, fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }), (from, taken, data) => {
        const filled = ({ row, column }: Cell): boolean => data[row * 5 + column] ?? false;
        let selection = selectCell(from);
        for (const [to, extend] of taken) selection = move(selection, to, extend, bounds, filled);
        const range = rangeOf(selection);
        expect(range.top >= 0 && range.left >= 0 && range.bottom < 10 && range.right < 5).toBe(true);
      }),
    );
  });
});
