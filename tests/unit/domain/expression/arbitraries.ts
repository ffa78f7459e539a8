import fc from 'fast-check';
import type { Expression, Operator } from '#lib/domain/expression/ast.ts';

const at = { start: 0, end: 0 };

/** Formulas over some names; `name` makes the leaves that are not numbers. Numbers are plain decimals. */
export function expressions(name: fc.Arbitrary<string>, depth = 4): fc.Arbitrary<Expression> {
  const number = fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.constantFrom('', '.5', '.125', '.07'))
    .map(([whole, rest]): Expression => ({ kind: 'number', value: `${whole}${rest}`, unit: null, at }));
  const leaf = fc.oneof(
    number,
    name.map((text): Expression => ({ kind: 'name', name: text, at })),
  );
  if (depth === 0) return leaf;
  const inner = expressions(name, depth - 1);
  const operation = (operators: readonly Operator[]): fc.Arbitrary<Expression> =>
    fc
      .tuple(fc.constantFrom(...operators), inner, inner)
      .map(([operator, left, right]) => ({ kind: 'operation', operator, left, right, at }));
  const call = (name: 'min' | 'max' | 'sum' | 'avg' | 'prev', given: readonly Expression[]): Expression => ({
    kind: 'call',
    name,
    given,
    over: null,
    at,
  });
  return fc.oneof(
    { depthSize: 'small' },
    leaf,
    operation(['+', '-', '*', '/']),
    fc.tuple(fc.constantFrom('negative' as const, 'percent' as const), inner).map(([kind, of]) => ({ kind, of, at })),
    fc
      .tuple(fc.constantFrom('min' as const, 'max' as const, 'sum' as const, 'avg' as const), inner, inner)
      .map(([by, a, b]) => call(by, [a, b])),
    fc.tuple(inner, inner).map(([a, b]) => call('prev', [a, b])),
    fc.tuple(leaf, fc.constantFrom('ytd' as const, 'last' as const)).map(([of, kind]): Expression => {
      const over = kind === 'last' ? { kind, periods: 3 } : { kind };
      return { kind: 'call', name: 'sum', given: [of], over, at };
    }),
    fc
      .tuple(operation(['<', '<=', '>', '>=', '=', '<>']), inner, inner)
      .map(([test, yes, no]): Expression => ({ kind: 'call', name: 'if', given: [test, yes, no], over: null, at })),
  );
}

/** The formula without where its parts stand. */
export function withoutPlaces(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));
}
