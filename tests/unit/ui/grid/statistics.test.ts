import { describe, expect, test } from 'vitest';
import { statisticsOf } from '#lib/ui/grid/statistics.ts';
import { makeSheet, sheetOf } from '#tests/support/budget-sheet.ts';

/** Rows: group 0, lines l0 and l1, group 1, lines l2 and l3; 12 months, the year, the change. */
const made = makeSheet(16);
const sheet = sheetOf(made);

describe('sum, average and count', () => {
  test('of lines, with their subtotals in between', () => {
    expect(statisticsOf(sheet, { top: 0, bottom: 4, left: 1, right: 1 })).toEqual({
      sum: 6_000_00,
      count: 3,
      currency: 'EUR',
    });
  });

  test('of subtotals, where their lines are folded or not selected', () => {
    const folded = sheetOf(made, 'plan', new Set(['g0', 'g1']));
    expect(statisticsOf(folded, { top: 0, bottom: 1, left: 1, right: 1 })).toEqual({
      sum: 10_000_00,
      count: 2,
      currency: null,
    });
    expect(statisticsOf(sheet, { top: 0, bottom: 0, left: 1, right: 1 })).toMatchObject({ sum: 3_000_00, count: 1 });
  });

  test('months count once when their year is selected too; a year alone counts', () => {
    const months = statisticsOf(sheet, { top: 1, bottom: 1, left: 1, right: 14 });
    expect(months).toMatchObject({ sum: 12_066_00, count: 12 });
    expect(statisticsOf(sheet, { top: 1, bottom: 1, left: 13, right: 14 })).toMatchObject({ sum: 12_066_00, count: 1 });
  });

  test('everything sums to the total', () => {
    const rows = sheet.rows.entries.length;
    const all = statisticsOf(sheet, { top: 0, bottom: rows - 1, left: 0, right: 14 });
    const total = statisticsOf(sheet, { top: rows - 1, bottom: rows - 1, left: 13, right: 13 });
    expect(all.sum).toBe(total.sum);
    expect(all.count).toBe(16 * 12);
  });

  test('lines of several currencies are summed in that of the subtotals', () => {
    const foreign = {
      ...made,
      lines: made.lines.map((line, index) => (index === 1 ? { ...line, currency: 'USD' } : line)),
    };
    const mixed = sheetOf(foreign);
    mixed.reading.refresh(made.figures, new Map([['2027-01', Float64Array.from(made.lines, () => 5)]]));
    expect(statisticsOf(mixed, { top: 1, bottom: 2, left: 1, right: 1 })).toEqual({
      sum: 10,
      count: 2,
      currency: null,
    });
    expect(statisticsOf(mixed, { top: 2, bottom: 2, left: 1, right: 2 })).toMatchObject({
      sum: 4001_00,
      currency: 'USD',
    });
  });
});
