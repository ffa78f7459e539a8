import { describe, expect, test } from 'vitest';
import { cardsOf, monthOf } from '#lib/ui/grid/cards.ts';
import { Reading } from '#lib/ui/grid/reading.ts';
import { treeOf } from '#lib/ui/grid/rows.ts';
import type { SheetLine } from '#lib/ui/grid/sheet.ts';

const line = (id: string, groupId: string | null, nature: SheetLine['nature'] = 'cost'): SheetLine => ({
  id,
  label: id,
  groupId,
  nature,
  currency: 'EUR',
});
const tree = treeOf(
  [
    { id: 'run', label: 'Run', parentId: null },
    { id: 'cloud', label: 'Cloud', parentId: 'run' },
    { id: 'empty', label: 'Empty', parentId: null },
    { id: 'income', label: 'Income', parentId: null },
  ],
  [line('hosting', 'cloud'), line('network', 'run'), line('fees', 'income', 'revenue'), line('loose', null)],
);

function reading(...figures: readonly number[]): Reading {
  const made = new Reading(tree, [{ kind: 'amount', key: 'm', label: 'Mar', name: 'March' }]);
  made.refresh(new Map([['m', Float64Array.from(figures)]]));
  return made;
}
const figures = { plan: reading(100, 50, 200, 10), spent: reading(130, 0, 250, 4), column: 0, currency: 'EUR' };

describe('cards of a month', () => {
  test('one for each top group with its lines at any depth, then the lines without a group', () => {
    const cards = cardsOf(tree, figures, 'Without a group');
    expect(cards.map(({ label, lines }) => [label, ...lines.map(({ line: { id } }) => id)])).toEqual([
      ['Run', 'hosting', 'network'],
      ['Income', 'fees'],
      ['Without a group', 'loose'],
    ]);
  });

  test('what is left of the plan, and how much of it is used', () => {
    const [run, income, loose] = cardsOf(tree, figures, '');
    expect(run?.standing).toMatchObject({ plan: 150, spent: 130, left: 20, over: false });
    expect(run?.standing.used).toBeCloseTo(130 / 150);
    expect(run?.lines[0]?.standing).toMatchObject({ left: -30, used: 1, over: true });
    expect(loose?.standing).toMatchObject({ plan: 10, spent: 4, left: 6 });
    expect(income?.standing).toMatchObject({ revenue: true, plan: 200, spent: 250, over: false });
  });

  test('the whole month is cost less revenue', () => {
    expect(monthOf(tree, figures)).toMatchObject({ plan: 100 + 50 + 10 - 200 });
  });

  test('what was spent stays unknown until it is known', () => {
    const [run] = cardsOf(tree, { ...figures, spent: null }, '');
    expect(run?.standing.spent).toBeNaN();
    expect(run?.standing).toMatchObject({ used: 0, over: false });
  });
});
