import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxesOf, boxOf, contentWidth, hit, layOut, scrollToShow, type Geometry } from '#lib/ui/grid/geometry.ts';
import { placeNote, placeOver } from '#lib/ui/grid/place-over.ts';

const measures = {
  viewWidth: 1440,
  viewHeight: 700,
  rowHeight: 28,
  rows: 101,
  amounts: 24,
  totals: 2,
  amountNeeds: 66,
  totalNeeds: 73,
};
const wide = layOut(measures);
const phone = layOut({ ...measures, viewWidth: 390 });

describe('geometry', () => {
  test('where there is room the totals are frozen, on a phone they scroll along', () => {
    expect([wide.middle, wide.right]).toEqual([24, 2]);
    expect([phone.middle, phone.right]).toEqual([26, 0]);
  });

  test('columns are as wide as the longest figure needs, and a wide view is filled', () => {
    expect(layOut({ ...measures, amountNeeds: 110 }).amountWidth).toBeGreaterThanOrEqual(110);
    const few = layOut({ ...measures, amounts: 3 });
    expect(contentWidth(few)).toBe(1440);
  });

  test('a range is cut where panes and bands meet, and stays open there', () => {
    const boxes = boxesOf({ top: 98, bottom: 100, left: 0, right: 25 }, wide);
    expect(boxes.map(({ pane, band }) => `${pane} ${band}`)).toEqual([
      'left body',
      'left foot',
      'middle body',
      'middle foot',
      'right body',
      'right foot',
    ]);
    expect(boxes[0]).toMatchObject({ y: 98 * 28, height: 56, open: 'open-right open-bottom' });
    expect(boxes[5]).toMatchObject({ width: wide.totalWidth, open: 'open-left open-top' });
  });

  test('the point in the middle of a cell that is scrolled into view hits that cell', () => {
    const cell = fc.record({ row: fc.nat(100), column: fc.nat(26) });
    const scroll = fc.record({ top: fc.nat(2000), left: fc.nat(1000) });
    fc.assert(
      fc.property(fc.constantFrom(wide, phone), cell, scroll, (geometry, at, from) => {
        const shown = scrollToShow(at, from, geometry);
        const place = placeOver(at, shown, geometry);
        const pinned = at.row === geometry.rows - 1;
        const x = place.left + place.width / 2 - shown.left;
        const y = pinned ? geometry.viewHeight - 5 : place.top + place.height / 2 - shown.top;
        expect(hit(x, y, shown, geometry)).toEqual(at);
      }),
    );
  });

  test('what can be seen already is not scrolled', () => {
    expect(scrollToShow({ row: 10, column: 3 }, { top: 28, left: 0 }, wide)).toEqual({ top: 28, left: 0 });
    expect(scrollToShow({ row: 0, column: 1 }, { top: 500, left: 300 }, wide)).toEqual({ top: 0, left: 0 });
  });

  test('the header is no cell, and points outside lead to the nearest one', () => {
    expect(hit(300, 10, { top: 0, left: 0 }, wide)).toBeUndefined();
    expect(hit(-50, 60, { top: 0, left: 0 }, wide)).toEqual({ row: 0, column: 0 });
    expect(hit(5000, 60, { top: 0, left: 0 }, wide)).toEqual({ row: 0, column: 26 });
  });

  test('a note stays inside the view and turns upward at the bottom', () => {
    const low = { row: 20, column: 24 };
    const shown: Geometry = wide;
    expect(placeNote(low, 264, { top: 0, left: 900 }, shown).left).toBeLessThanOrEqual(900 + 1440 - 264);
    expect(placeOver(low, { top: 0, left: 0 }, shown).above).toBe(true);
    expect(placeOver({ row: 2, column: 1 }, { top: 0, left: 0 }, shown).above).toBe(false);
    expect(boxOf({ row: 2, column: 1 }, shown)).toMatchObject({ pane: 'middle', x: 0, y: 56, open: '' });
  });
});
