import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Category } from '#lib/domain/organisation/category.ts';
import { moveAmongSiblings, orderAfter, type NewOrder } from '#lib/domain/organisation/category-order.ts';

function sibling(id: string, order: number): Category {
  return { id, name: id, parentId: 'software', kind: 'software', nature: 'cost', order };
}

function shown(siblings: readonly Category[], changes: readonly NewOrder[]): readonly string[] {
  const orders = new Map(changes.map(({ id, order }) => [id, order]));
  return siblings
    .map((category) => ({ ...category, order: orders.get(category.id) ?? category.order }))
    .sort((a, b) => a.order - b.order)
    .map(({ id }) => id);
}

const three = [sibling('licences', 15), sibling('subscriptions', 16), sibling('maintenance', 17)];

test('O15: a category moves one step by trading places with its neighbour', () => {
  expect(moveAmongSiblings(three, 'maintenance', -1)).toEqual([
    { id: 'maintenance', order: 16 },
    { id: 'subscriptions', order: 17 },
  ]);
  expect(moveAmongSiblings(three, 'licences', -1)).toEqual([]);
  expect(moveAmongSiblings(three, 'maintenance', 1)).toEqual([]);
  expect(moveAmongSiblings(three, 'nowhere', 1)).toEqual([]);
  expect(orderAfter(three)).toBe(18);
  expect(orderAfter([])).toBe(0);
});

test('O15: whatever orders there are, equal ones included, one step moves one category by one place', () => {
  const orders = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(orders, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (raw, pick, step) => {
      const siblings = raw.toSorted((a, b) => a - b).map((order, index) => sibling(`c${index}`, order));
      const at = pick % siblings.length;
      const ids = siblings.map(({ id }) => id);
      const expected =
        ids[at + step] === undefined ? ids : ids.with(at, ids[at + step] ?? '').with(at + step, ids[at] ?? '');
      expect(shown(siblings, moveAmongSiblings(siblings, ids[at] ?? '', step))).toEqual(expected);
    }),
  );
});
