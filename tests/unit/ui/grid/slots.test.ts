import { describe, expect, test } from 'vitest';
import { copyTable } from '#lib/ui/grid/copy.ts';
import { FormatCache } from '#lib/ui/grid/format-cache.ts';
import { drawnColumns, looksOf } from '#lib/ui/grid/looks.ts';
import { drawRow, drawSlots, type Drawing, type Ink } from '#lib/ui/grid/slots.ts';
import { makeSheet, sheetOf, type TestSheet } from '#tests/support/budget-sheet.ts';
import { exactText, wholeText } from '#tests/support/plain-figures.ts';

const ink: Ink = {
  figures: new FormatCache(wholeText),
  ratio: (ratio) => `${(ratio * 100).toFixed(1)} %`,
  currency: 'EUR',
};
const made = makeSheet(16);

function drawing(of: TestSheet = made, mode: 'plan' | 'variance' = 'plan', folded: readonly string[] = []): Drawing {
  const hidden = new Set(folded);
  return { sheet: sheetOf(of, mode, hidden), ink, folded: hidden, columns: [1, 2, 13, 14], totalLabel: 'Total' };
}

describe('slots', () => {
  test('a line, a group and the total', () => {
    expect(drawRow(1, drawing())).toMatchObject({
      kind: 'line',
      label: 'Cloud hosting',
      depth: 1,
      expanded: null,
      texts: ['1,000', '1,001', '12,066', '-7.2 %'],
      tones: ['', '', '', 'under down'],
    });
    expect(drawRow(0, drawing(made, 'plan', ['g0']))).toMatchObject({ kind: 'group', tag: '(2)', expanded: false });
    expect(drawRow(24, drawing())).toMatchObject({
      kind: 'total',
      label: 'Total',
      texts: ['136,000', '136,016', '1,633,056', expect.any(String)],
    });
  });

  test('a variance says its sign, the way it went, and whether that is bad', () => {
    const variance = {
      ...made,
      lines: made.lines.map((line, index) => (index === 1 ? { ...line, nature: 'revenue' as const } : line)),
      figures: new Map([
        ['2027-01', Float64Array.from(made.lines, (_, index) => (index < 2 ? 500 : 0))],
        ['2027-02', Float64Array.from(made.lines, () => -300)],
      ]),
    };
    expect(drawRow(1, drawing(variance, 'variance'))).toMatchObject({
      texts: ['+5', '-3', '+2', ''],
      tones: ['over up', 'under down', 'over up', 'even'],
    });
    expect(drawRow(2, drawing(variance, 'variance'))).toMatchObject({
      tones: ['under up', 'over down', 'under up', 'even'],
    });
    expect(drawRow(4, drawing(variance, 'variance')).tones[0]).toBe('even');
  });

  test('no figure is blank, never zero', () => {
    expect(drawRow(1, drawing({ ...made, figures: new Map() })).texts).toEqual(['', '', '', '']);
  });

  test('a slot that says the same stays the same object, and only changed ones are new', () => {
    const now = drawing();
    const before = drawSlots([], { first: 0, count: 10 }, now);
    made.figures.get('2027-01')?.fill(7_00, 3, 4);
    now.sheet.reading.refresh(made.figures);
    const after = drawSlots(before, { first: 0, count: 10 }, { ...now });
    const redrawn = after.flatMap((slot, index) => (slot === before[index] ? [] : [slot.label]));
    expect(redrawn).toEqual(['Software', 'Backup']);
  });

  test('figures are written once and remembered', () => {
    let written = 0;
    const cache = new FormatCache((minor, currency) => `${++written} ${minor} ${currency}`, 3);
    expect(cache.text(5, 'EUR')).toBe('1 5 EUR');
    expect(cache.text(5, 'EUR')).toBe('1 5 EUR');
    expect(cache.text(5, 'USD')).toBe('2 5 USD');
    cache.text(6, 'USD');
    cache.text(7, 'USD');
    expect(cache.text(5, 'EUR')).toBe('5 5 EUR');
  });

  test('the columns in the window and the frozen ones are drawn, each with its look', () => {
    const geometry = { middle: 12, right: 2 } as Parameters<typeof drawnColumns>[1];
    const drawn = drawnColumns({ first: 3, count: 2 }, geometry);
    expect(drawn).toEqual([4, 5, 13, 14]);
    expect(looksOf(drawn, sheetOf(made).reading.columns, 12)).toEqual([
      'amount first',
      'amount last',
      'sum frozen edge',
      'change frozen',
    ]);
  });
});

describe('copy', () => {
  const text = { exact: exactText, ink, totalLabel: 'Total' };

  test('figures are copied in full, lines alone', () => {
    const fresh = sheetOf(makeSheet(16));
    expect(copyTable(fresh, { top: 0, bottom: 4, left: 1, right: 2 }, text)).toEqual([
      ['1000.00', '1001.00'],
      ['2000.00', '2001.00'],
      ['3000.00', '3001.00'],
    ]);
  });

  test('with the labels everything is copied as it is seen', () => {
    const fresh = sheetOf(makeSheet(16));
    expect(copyTable(fresh, { top: 0, bottom: 1, left: 0, right: 1 }, text)).toEqual([
      ['Infrastructure', '3000.00'],
      ['Cloud hosting', '1000.00'],
    ]);
    expect(copyTable(fresh, { top: 24, bottom: 24, left: 0, right: 0 }, text)).toEqual([['Total']]);
    expect(copyTable(fresh, { top: 0, bottom: 0, left: 1, right: 1 }, text)).toEqual([['3000.00']]);
  });
});
