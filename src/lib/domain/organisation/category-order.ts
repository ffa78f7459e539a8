/** The order of siblings in the category tree, which is theirs to choose. */
import type { Category } from './category.ts';

/** A category and the order it is to have. */
export interface NewOrder {
  readonly id: string;
  readonly order: number;
}

/**
 * What to write so that `id` stands one step earlier (-1) or later (1) among its siblings, which are given in the order
 * they are shown in. Nothing when it is at that end already; as little as possible otherwise. (O15)
 */
export function moveAmongSiblings(siblings: readonly Category[], id: string, step: -1 | 1): readonly NewOrder[] {
  const at = siblings.findIndex((category) => category.id === id);
  const [moved, other] = [siblings[at], siblings[at + step]];
  if (moved === undefined || other === undefined) return [];
  const after = siblings.with(at, other).with(at + step, moved);
  const orders = isRising(siblings) ? siblings.map(({ order }) => order) : siblings.map((_, index) => index);
  return after.flatMap(({ id, order: before }, index) => {
    const order = orders[index] ?? index;
    return order === before ? [] : [{ id, order }];
  });
}

/** The order that puts a new category behind all of these. */
export function orderAfter(siblings: readonly Category[]): number {
  return Math.max(-1, ...siblings.map(({ order }) => order)) + 1;
}

/** Two people who moved at the same time may have left equal orders. */
function isRising(siblings: readonly Category[]): boolean {
  return siblings.every(({ order }, index) => index === 0 || order > (siblings[index - 1]?.order ?? -Infinity));
}
