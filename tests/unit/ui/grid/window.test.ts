import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnSpan, overscan, rowInSlot, rowSpan, slotOfRow } from '#lib/ui/grid/window.ts';

describe('window', () => {
  test('what is seen is drawn, and six rows beyond each edge', () => {
    expect(rowSpan(28 * 100, 560, 28, 5000)).toEqual({ first: 94, count: 33 });
    expect(rowSpan(0, 560, 28, 5000)).toEqual({ first: 0, count: 33 });
    expect(rowSpan(1e9, 560, 28, 5000)).toEqual({ first: 4967, count: 33 });
    expect(rowSpan(0, 560, 28, 5)).toEqual({ first: 0, count: 5 });
  });

  test('columns likewise', () => {
    expect(columnSpan(0, 840, 84, 24)).toEqual({ first: 0, count: 12 });
    expect(columnSpan(300, 840, 84, 24)).toEqual({ first: 2, count: 12 });
    expect(columnSpan(0, 840, 84, 6)).toEqual({ first: 0, count: 6 });
  });

  test('every visible row is drawn in exactly one slot', () => {
    const scrolled = fc.record({
      top: fc.nat(150_000),
      height: fc.integer({ min: 28, max: 2000 }),
      rows: fc.nat(6000),
    });
    fc.assert(
      fc.property(scrolled, ({ top, height, rows }) => {
        const span = rowSpan(top, height, 28, rows);
        const drawn = Array.from({ length: span.count }, (_, slot) => rowInSlot(slot, span));
        expect(new Set(drawn).size).toBe(span.count);
        drawn.forEach((row, slot) => expect(slotOfRow(row, span)).toBe(slot));
        const lastTop = Math.max(0, Math.min(top, rows * 28 - height));
        const [from, to] = [Math.floor(lastTop / 28), Math.min(rows - 1, Math.floor((lastTop + height) / 28))];
        for (let row = from; row <= to; row += 1) expect(slotOfRow(row, span)).toBeDefined();
      }),
    );
  });

  test('a step of scrolling gives one slot another row', () => {
    const [before, after] = [rowSpan(2800, 560, 28, 5000), rowSpan(2828, 560, 28, 5000)];
    const slots = Array.from({ length: before.count }, (_, slot) => slot);
    expect(slots.filter((slot) => rowInSlot(slot, before) !== rowInSlot(slot, after))).toHaveLength(1);
    expect(overscan).toBe(6);
  });
});
