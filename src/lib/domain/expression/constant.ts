/** A formula of numbers alone, as an amount field takes it. (E23) */
import { fraction, fractionOf, inverse, plus, times, type Fraction } from '#lib/domain/money/fraction.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Expression } from './ast.ts';

export type ConstantRefusal = { readonly kind: 'not-constant' } | { readonly kind: 'division-by-zero' };

/** The exact value of numerals, signs, percentages and + - * /; whatever else a formula can hold is refused. */
export function constantOf(expression: Expression): Result<Fraction, ConstantRefusal> {
  switch (expression.kind) {
    case 'number':
      return expression.unit === null ? ok(fractionOf(expression.value)) : notConstant;
    case 'negative':
    case 'percent': {
      const of = constantOf(expression.of);
      return of.ok ? ok(times(of.value, expression.kind === 'negative' ? MINUS_ONE : HUNDREDTH)) : of;
    }
    case 'operation': {
      const left = constantOf(expression.left);
      if (!left.ok) return left;
      const right = constantOf(expression.right);
      return right.ok ? combined(expression.operator, left.value, right.value) : right;
    }
    default:
      return notConstant;
  }
}

const notConstant: Result<Fraction, ConstantRefusal> = err({ kind: 'not-constant' });
const MINUS_ONE = fraction(-1n);
const HUNDREDTH = fraction(1n, 100n);

function combined(operator: string, left: Fraction, right: Fraction): Result<Fraction, ConstantRefusal> {
  switch (operator) {
    case '+':
      return ok(plus(left, right));
    case '-':
      return ok(plus(left, times(right, MINUS_ONE)));
    case '*':
      return ok(times(left, right));
    case '/':
      return right.numerator === 0n ? err({ kind: 'division-by-zero' }) : ok(times(left, inverse(right)));
    default:
      return notConstant;
  }
}
