import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constantOf } from '#lib/domain/expression/constant.ts';
import { parseFormula } from '#lib/domain/expression/parse.ts';
import { printFormula } from '#lib/domain/expression/print.ts';
import { figuresIn } from '#lib/domain/expression/model.ts';
import { makeDriver, makeModel, monthsOf } from '#tests/support/make-model.ts';
import { expressions } from './arbitraries.ts';

function constant(text: string): string {
  const formula = parseFormula(text, '.');
  const value = formula.ok ? constantOf(formula.value) : formula;
  return value.ok ? String(Number(value.value.numerator) / Number(value.value.denominator)) : value.error.kind;
}

test.each([
  ['12 * 450', '5400'],
  ['(1200 + 80) * 15%', '192'],
  ['-(2 - 5) / 2', '1.5'],
  ['1 / (2 - 2)', 'division-by-zero'],
  ['headcount * 2', 'not-constant'],
  ['5 EUR', 'not-constant'],
  ['sum(1; 2)', 'not-constant'],
  ['1 < 2', 'not-constant'],
])('E23: %s', (text, expected) => {
  expect(constant(text)).toBe(expected);
});

test('E23: a field and a driver make the same of the same numbers', () => {
  fc.assert(
    fc.property(expressions(fc.constant('x'), 3), (expression) => {
      const value = constantOf(expression);
      if (!value.ok) return;
      const model = makeModel([makeDriver('d', '', printFormula(expression))], monthsOf(1).slice(0, 1));
      const [figure] = figuresIn(model, 'd');
      if (!figure?.ok) return;
      expect(figure.value.numerator * value.value.denominator).toBe(value.value.numerator * figure.value.denominator);
    }),
  );
});
