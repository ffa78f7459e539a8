/** The category tree as it can be shown and summed over, whatever two people did to it at the same time. */
import { err, ok, type Result } from '../result.ts';
import type { Category } from './category.ts';

export interface CategoryNode {
  readonly category: Category;
  /** Names from the top down to this one. */
  readonly path: readonly string[];
  readonly children: readonly CategoryNode[];
}

export type CategoryRefusal =
  | { readonly kind: 'unknown-category'; readonly id: string }
  | { readonly kind: 'circle' }
  | { readonly kind: 'other-nature'; readonly nature: Category['nature'] };

/** Every category by id, parents before children, siblings by order, then name. (O9) */
export function categoryTree(categories: readonly Category[]): ReadonlyMap<string, CategoryNode> {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const childrenOf = Map.groupBy(categories, (category) =>
    ancestors(byId, category) === 'circle' ? null : (byId.get(category.parentId ?? '')?.id ?? null),
  );
  const nodes = new Map<string, CategoryNode>();

  const place = (category: Category, above: readonly string[]): CategoryNode => {
    const children: CategoryNode[] = [];
    const node = { category, path: [...above, category.name], children };
    nodes.set(category.id, node);
    for (const child of inOrder(childrenOf.get(category.id))) children.push(place(child, node.path));
    return node;
  };

  for (const category of inOrder(childrenOf.get(null))) place(category, []);
  return nodes;
}

/** The category at its new place, below `parentId` or on the top level. (O8, O10) */
export function moveCategory(
  categories: readonly Category[],
  id: string,
  parentId: string | null,
): Result<Category, CategoryRefusal> {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const category = byId.get(id);
  if (!category) return err({ kind: 'unknown-category', id });
  if (parentId === null) return ok({ ...category, parentId });
  const parent = byId.get(parentId);
  if (!parent) return err({ kind: 'unknown-category', id: parentId });
  if (parent.nature !== category.nature) return err({ kind: 'other-nature', nature: parent.nature });
  const above = ancestors(byId, parent);
  if (parentId === id || above === 'circle' || above.has(id)) return err({ kind: 'circle' });
  return ok({ ...category, parentId });
}

/** Ids of all categories above one; `circle` when it is its own ancestor. */
function ancestors(byId: ReadonlyMap<string, Category>, category: Category): ReadonlySet<string> | 'circle' {
  const above = new Set<string>();
  let parent = byId.get(category.parentId ?? '');
  while (parent && !above.has(parent.id)) {
    above.add(parent.id);
    parent = byId.get(parent.parentId ?? '');
  }
  return above.has(category.id) ? 'circle' : above;
}

function inOrder(siblings: readonly Category[] = []): readonly Category[] {
  return siblings.toSorted((a, b) => a.order - b.order || compare(a.name, b.name) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
