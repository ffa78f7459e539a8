import { describe, expect, test } from 'vitest';
import { FormatCache } from '#lib/ui/grid/format-cache.ts';
import { lockAt, spreadsAt } from '#lib/ui/grid/locks.ts';
import { cellOf, refOf, remoteRange, type RemoteCursor } from '#lib/ui/grid/marks.ts';
import { otherOverlays } from '#lib/ui/grid/overlays.ts';
import { layOut } from '#lib/ui/grid/geometry.ts';
import { selectCell } from '#lib/ui/grid/selection.ts';
import { spokenSelection, type Speech } from '#lib/ui/grid/speech.ts';
import { doneSentence, lockSentence } from '#lib/ui/grid/wording.ts';
import { makeSheet, sheetOf } from '#tests/support/budget-sheet.ts';
import { exactText, wholeText } from '#tests/support/plain-figures.ts';

const sheet = sheetOf(makeSheet(16));
const ana: RemoteCursor = {
  client: '1',
  name: 'Ana',
  initials: 'An',
  colour: 3,
  cell: { line: 'l0', column: '2027-03' },
  editing: true,
  away: false,
};
const speech: Speech = {
  sheet,
  ink: { figures: new FormatCache(wholeText), ratio: String, currency: 'EUR' },
  folded: new Set(),
  totalLabel: 'Total',
  exact: exactText,
  count: String,
  presence: [ana],
  comments: [{ line: 'l0', column: '2027-03', count: 2 }],
  conflicts: [],
  describe: () => '8 percent over plan',
};

describe('what is read out', () => {
  test('a cell with everything about it', () => {
    expect(spokenSelection(selectCell({ row: 1, column: 3 }), speech)).toBe(
      'Cloud hosting, March 2027, 1002.00 EUR, 8 percent over plan, Ana editing, 2 comments',
    );
  });

  test('a group, the total and a range', () => {
    expect(spokenSelection(selectCell({ row: 0, column: 0 }), speech)).toBe('Infrastructure, expanded');
    expect(spokenSelection(selectCell({ row: 24, column: 1 }), speech)).toBe('Total, January 2027, 136000.00 EUR');
    const range = { active: { row: 1, column: 1 }, far: { row: 2, column: 3 }, tabColumn: null };
    expect(spokenSelection(range, speech)).toMatch(/^6 cells selected, to Data centre, March 2027/);
  });
});

describe('cells by name', () => {
  test('names and cells lead to each other', () => {
    const ref = { line: 'l2', column: '2027-05' };
    expect(cellOf(sheet, ref)).toEqual({ row: 4, column: 5 });
    expect(refOf(sheet, { row: 4, column: 5 })).toEqual(ref);
    expect(refOf(sheet, { row: 1, column: 0 })).toEqual({ line: 'l0', column: '' });
    expect(refOf(sheet, { row: 0, column: 1 })).toBeUndefined();
    expect(cellOf(sheet, { line: 'l2', column: 'no such month' })).toBeUndefined();
  });

  test('a remote selection is shown where its line is, and not while it is folded away or out of sight', () => {
    const cursor: RemoteCursor = { ...ana, far: { line: 'l1', column: '2027-05' } };
    expect(remoteRange(sheet, cursor)).toEqual({ top: 1, bottom: 2, left: 3, right: 5 });
    const folded = sheetOf(makeSheet(16), 'plan', new Set(['g0']));
    expect(remoteRange(folded, cursor)).toBeUndefined();
    const geometry = layOut({
      viewWidth: 1440,
      viewHeight: 300,
      rowHeight: 28,
      rows: 25,
      amounts: 12,
      totals: 2,
      amountNeeds: 50,
      totalNeeds: 66,
    });
    const others = { presence: [cursor], comments: [], conflicts: [] };
    expect(otherOverlays(others, sheet, geometry, { first: 0, count: 5 })).toHaveLength(1);
    expect(otherOverlays(others, sheet, geometry, { first: 10, count: 5 })).toHaveLength(0);
  });
});

describe('where nobody may type', () => {
  test('calculated cells, labels and other modes', () => {
    expect(lockAt(sheet, { row: 1, column: 1 })).toBeUndefined();
    expect(lockAt(sheet, { row: 0, column: 1 })).toBe('total');
    expect(lockAt(sheet, { row: 1, column: 0 })).toBe('label');
    expect(lockAt(sheet, { row: 1, column: 13 })).toBe('total');
    expect(spreadsAt(sheet, { row: 1, column: 13 })).toBe(true);
    expect(spreadsAt(sheet, { row: 0, column: 13 })).toBe(false);
    expect(lockAt(sheetOf(makeSheet(2), 'actual'), { row: 1, column: 1 })).toBe('mode');
  });

  test('the reason is a sentence', () => {
    expect(lockSentence('closed', 'plan', 'January 2027', undefined)).toBe(
      'January 2027 is closed. Its figures stay as they are.',
    );
    expect(lockSentence('line', 'plan', '', 'Under contract.')).toBe('Under contract.');
    expect(lockSentence('mode', 'variance', '', undefined)).toContain('Switch to Plan');
    expect(doneSentence('Fill right, 11 cells', 2, String)).toBe(
      'Fill right, 11 cells. 2 that cannot be written were left as they were.',
    );
  });
});
