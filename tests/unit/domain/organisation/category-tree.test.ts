import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Category } from '#lib/domain/organisation/category.ts';
import { categoryTree, moveCategory } from '#lib/domain/organisation/category-tree.ts';
import { DEFAULT_CATEGORIES } from '#lib/domain/organisation/default-categories.ts';

function category(id: string, parentId: string | null, nature: Category['nature'] = 'cost'): Category {
  return { id, name: id, parentId, kind: 'other', nature, order: 0 };
}

test('O7: the default tree has the eight pools and revenue on top, and the four classes', () => {
  const tops = DEFAULT_CATEGORIES.filter(({ parentId }) => parentId === null).map(({ name }) => name);
  expect(tops).toEqual([
    'Internal labour',
    'External labour',
    'Outside services',
    'Hardware',
    'Software',
    'Facilities & power',
    'Telecom',
    'Other',
    'Revenue',
  ]);
  const kinds = new Set(DEFAULT_CATEGORIES.map(({ kind }) => kind));
  for (const kind of ['hardware', 'software', 'personnel', 'maintenance'] as const) expect(kinds).toContain(kind);
  expect(new Set(DEFAULT_CATEGORIES.map(({ id }) => id)).size).toBe(DEFAULT_CATEGORIES.length);
});

test('O8: the default tree keeps cost and revenue apart', () => {
  const tree = categoryTree(DEFAULT_CATEGORIES);
  for (const { category, children } of tree.values()) {
    for (const child of children) expect(child.category.nature).toBe(category.nature);
  }
  expect([...tree.keys()]).toEqual(DEFAULT_CATEGORIES.map(({ id }) => id));
  expect(tree.get('software-maintenance')?.path).toEqual(['Software', 'Software maintenance']);
});

test('O9: two categories moved below each other at the same time stand at the top, with what is below them', () => {
  const tree = categoryTree([category('a', 'b'), category('b', 'a'), category('c', 'b'), category('d', 'gone')]);
  expect([...tree.keys()]).toEqual(['a', 'b', 'c', 'd']);
  expect(tree.get('a')?.path).toEqual(['a']);
  expect(tree.get('c')?.path).toEqual(['b', 'c']);
  expect(tree.get('d')?.path).toEqual(['d']);
});

test('O9: every category appears exactly once for any parents at all', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const parents = fc.array(fc.constantFrom(null, 'gone', ...ids), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(parents, (chosen) => {
      const categories = ids.map((id, i) => category(id, chosen[i] ?? null));
      const tree = categoryTree(categories);
      expect([...tree.keys()].sort()).toEqual(ids);
      const placed = [...tree.values()].flatMap(({ children }) => children.map((child) => child.category.id));
      expect(new Set(placed).size).toBe(placed.length);
      for (const node of tree.values()) expect(node.path.at(-1)).toBe(node.category.name);
    }),
  );
});

test('O10: moves below itself, below nothing known and into the other nature are refused', () => {
  const categories = [category('a', null), category('b', 'a'), category('r', null, 'revenue')];
  expect(moveCategory(categories, 'b', null)).toMatchObject({ value: { parentId: null } });
  expect(moveCategory(categories, 'a', 'a')).toMatchObject({ error: { kind: 'circle' } });
  expect(moveCategory(categories, 'a', 'b')).toMatchObject({ error: { kind: 'circle' } });
  expect(moveCategory(categories, 'a', 'x')).toMatchObject({ error: { kind: 'unknown-category', id: 'x' } });
  expect(moveCategory(categories, 'x', 'a')).toMatchObject({ error: { kind: 'unknown-category', id: 'x' } });
  expect(moveCategory(categories, 'a', 'r')).toMatchObject({ error: { kind: 'other-nature', nature: 'revenue' } });
});
