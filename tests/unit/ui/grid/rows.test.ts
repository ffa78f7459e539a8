import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flatten, isLine, rowAgain, toggled, treeOf, unfoldedFor } from '#lib/ui/grid/rows.ts';
import type { SheetGroup, SheetLine } from '#lib/ui/grid/sheet.ts';

const line = (id: string, groupId: string | null, nature: SheetLine['nature'] = 'cost'): SheetLine => ({
  id,
  label: id,
  groupId,
  nature,
  currency: 'EUR',
});
const group = (id: string, parentId: string | null = null): SheetGroup => ({ id, label: id, parentId });

const infrastructure = [group('infra'), group('cloud', 'infra'), group('software')];
const lines = [line('hosting', 'cloud'), line('network', 'infra'), line('crm', 'software'), line('loose', null)];

function shown(groups: readonly SheetGroup[], of: readonly SheetLine[], folded: readonly string[] = []): string[] {
  const tree = treeOf(groups, of);
  return Array.from(flatten(tree, new Set(folded)).entries, (entry) =>
    isLine(entry) ? (of[entry]?.id ?? '') : (groups[~entry]?.id ?? 'total').toUpperCase(),
  );
}

describe('rows', () => {
  test('lines stand under their groups, before the groups inside, and the total comes last', () => {
    expect(shown(infrastructure, lines)).toEqual([
      'loose',
      'INFRA',
      'network',
      'CLOUD',
      'hosting',
      'SOFTWARE',
      'crm',
      'TOTAL',
    ]);
  });

  test('a folded group hides everything under it', () => {
    expect(shown(infrastructure, lines, ['infra'])).toEqual(['loose', 'INFRA', 'SOFTWARE', 'crm', 'TOTAL']);
  });

  test('the size of a group counts lines at any depth', () => {
    expect(Array.from(treeOf(infrastructure, lines).sizes)).toEqual([2, 1, 1, 4]);
  });

  test('a group alone with revenue counts the other way round, a mixed one does not', () => {
    const tree = treeOf(
      [group('in'), group('mixed')],
      [line('a', 'in', 'revenue'), line('b', 'mixed', 'revenue'), line('c', 'mixed')],
    );
    expect(Array.from(tree.groupSigns)).toEqual([-1, 1, 1]);
  });

  test('groups that are each other’s parents stand on top, and none is lost', () => {
    expect(shown([group('a', 'b'), group('b', 'a')], [line('x', 'a')])).toEqual(
      expect.arrayContaining(['A', 'B', 'x']),
    );
  });

  test('a row is found again after others came before it, and in its group when that is folded', () => {
    const before = treeOf(infrastructure, lines);
    const after = treeOf(infrastructure, [line('new', null), ...lines]);
    const open = flatten(after, new Set());
    expect(rowAgain(0, before, after, open)).toBe(open.rowOfLine[1]);
    const folded = flatten(after, new Set(['infra']));
    expect(rowAgain(0, before, after, folded)).toBe(folded.rowOfGroup[0]);
    expect(rowAgain(~before.total, before, after, open)).toBe(open.entries.length - 1);
    expect(rowAgain(0, before, treeOf(infrastructure, []), folded)).toBeUndefined();
  });

  test('every line is shown exactly once whatever the groups, and depths say who stands under whom', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const parent = fc.option(fc.constantFrom(...ids));
    fc.assert(
      fc.property(fc.array(parent, { minLength: 5, maxLength: 5 }), fc.array(parent), (parents, homes) => {
        const groups = ids.map((id, index) => group(id, parents[index] ?? null));
        const placed = homes.map((home, index) => line(`l${index}`, home));
        const tree = treeOf(groups, placed);
        const rows = flatten(tree, new Set());
        expect(rows.entries).toHaveLength(ids.length + placed.length + 1);
        expect(new Set(rows.entries).size).toBe(rows.entries.length);
        placed.forEach((_, index) => {
          const home = tree.groupOfLine[index] ?? 0;
          const above = home === tree.total ? -1 : (rows.depths[rows.rowOfGroup[home] ?? 0] ?? 0);
          expect(rows.depths[rows.rowOfLine[index] ?? 0]).toBe(above + 1);
        });
      }),
    );
  });

  test('a line is shown by unfolding what hides it, and nothing else', () => {
    const tree = treeOf(infrastructure, lines);
    const folded = new Set(['infra', 'cloud', 'software']);
    expect(unfoldedFor(tree, folded, 'hosting')).toEqual(new Set(['software']));
    expect(unfoldedFor(tree, folded, 'loose')).toBe(folded);
    expect(unfoldedFor(tree, folded, 'nobody')).toBe(folded);
  });

  test('folding twice is not folding', () => {
    expect(toggled(toggled(new Set(['a']), 'b'), 'b')).toEqual(new Set(['a']));
  });
});
