/** Formulas are kept with ids in place of names, so that renaming a driver breaks nothing. (E8) */
import type { Expression } from './ast.ts';

/** The formula with every name replaced by what `renamed` says of it. */
export function withNames(expression: Expression, renamed: (name: string) => string): Expression {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression;
    case 'name':
      return { ...expression, name: renamed(expression.name) };
    case 'negative':
    case 'percent':
      return { ...expression, of: withNames(expression.of, renamed) };
    case 'operation':
      return { ...expression, left: withNames(expression.left, renamed), right: withNames(expression.right, renamed) };
    case 'call':
      return { ...expression, given: expression.given.map((each) => withNames(each, renamed)) };
  }
}
