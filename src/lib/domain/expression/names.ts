/** Formulas are kept with ids in place of names, so that renaming a driver breaks nothing. (E8) */
import type { Expression } from './ast.ts';

/** The formula with every name replaced by what `renamed` says of it. */
export function withNames(expression: Expression, renamed: (name: string) => string): Expression {
  return withLeaves(expression, (leaf) => (leaf.kind === 'name' ? { ...leaf, name: renamed(leaf.name) } : leaf));
}

type Leaf = Extract<Expression, { readonly kind: 'number' | 'text' | 'name' }>;

/** The formula with its numbers, texts and names replaced. */
export function withLeaves(expression: Expression, changed: (leaf: Leaf) => Leaf): Expression {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'name':
      return changed(expression);
    case 'negative':
    case 'percent':
      return { ...expression, of: withLeaves(expression.of, changed) };
    case 'operation':
      return {
        ...expression,
        left: withLeaves(expression.left, changed),
        right: withLeaves(expression.right, changed),
      };
    case 'call':
      return { ...expression, given: expression.given.map((each) => withLeaves(each, changed)) };
  }
}
