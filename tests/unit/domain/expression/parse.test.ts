import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainFault } from '#lib/domain/expression/explain.ts';
import { withNames } from '#lib/domain/expression/names.ts';
import { DEEPEST_FORMULA, LONGEST_FORMULA, parseFormula } from '#lib/domain/expression/parse.ts';
import { printFormula } from '#lib/domain/expression/print.ts';
import { expressions, withoutPlaces } from './arbitraries.ts';

/** The formula as it is written back, or what is wrong with it. */
function read(text: string, decimal?: '.' | ','): string {
  const formula = parseFormula(text, decimal);
  return formula.ok ? printFormula(formula.value) : formula.error.kind;
}

test.each([
  ['=12*450', '12 * 450'],
  ['12k', '12000'],
  ['1.5 Mio', '1500000'],
  ['(1,200.00+80)*15%', '(1200 + 80) * 15%'],
  ['3×4÷2', '3 * 4 / 2'],
  ['1 234,50', '1234.5'],
  ['−5', '-5'],
  ['5%%', '5%%'],
])('E1: %s reads as in an amount field', (text, printed) => {
  expect(read(text)).toBe(printed);
});

test('E1: a numeral with two readings is refused with both, and settled by the decimal mark', () => {
  expect(parseFormula('2 * 1.075')).toMatchObject({
    ok: false,
    error: { kind: 'ambiguous', readings: ['1.075', '1075'] },
  });
  expect(read('2 * 1.075', '.')).toBe('2 * 1.075');
  expect(read('2 * 1.075', ',')).toBe('2 * 1075');
});

test.each([
  ['a - b - c', 'a - b - c'],
  ['a - (b - c)', 'a - (b - c)'],
  ['(a * b) + c / d', 'a * b + c / d'],
  ['a * (b + c)', 'a * (b + c)'],
  ['-a%', '-a%'],
  ['(-a)%', '(-a)%'],
  ['if(a + 1 > b; a; b)', 'if(a + 1 > b; a; b)'],
])('E2: %s', (text, printed) => {
  expect(read(text)).toBe(printed);
});

test.each([
  ['[Cloud hosting] * 2', '[Cloud hosting] * 2'],
  ['[a]', 'a'],
  ['[odd ]] name]', '[odd ]] name]'],
  ['[prev]', '[prev]'],
  ['Löhne + kosten_2', 'Löhne + kosten_2'],
])('E3: %s', (text, printed) => {
  expect(read(text)).toBe(printed);
});

test.each([
  ['min(a, b)', 'min(a; b)'],
  ['min(1, 2)', 'min(1; 2)'],
  ['MIN(1;20)', 'min(1; 20)'],
  ['min(1,20)', 'comma-in-list'],
  ['sum(a over last 3)', 'sum(a over last 3)'],
  ['prev', 'prev'],
  ['prev(users; 100)', 'prev(users; 100)'],
  ['dated(6; "2027-07-01"; 8)', 'dated(6; "2027-07-01"; 8)'],
])('E4: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test('E4: who writes commas before decimals may do so in a list', () => {
  expect(read('min(1,5; a)', ',')).toBe('min(1.5; a)');
});

test.each([
  ['', 'The formula ends too soon: a number or a name is missing at the end.'],
  ['2 *', 'The formula ends too soon: a number or a name is missing at the end.'],
  ['(2', 'The formula ends too soon: “)” is missing at the end.'],
  ['a b', '“b” at character 3 cannot stand there: write an operator such as + first.'],
  ['a < b < c', '“<” at character 7 cannot stand there: write an operator such as + first.'],
  ['a ^ 2', '“^” at character 3 means nothing in a formula. Take it out, or put a name that has it in [brackets].'],
  [
    'vlookup(a; b)',
    'There is no function “vlookup” (character 1). Use prev, sum, avg, min, max, if, lookup, dated or at.',
  ],
  ['1..2', '“.” at character 2 means nothing in a formula. Take it out, or put a name that has it in [brackets].'],
])('E5: %j is refused in words', (text, sentence) => {
  const formula = parseFormula(text);
  expect(!formula.ok && explainFault(formula.error, text)).toBe(sentence);
});

test('E6: what is too long or too deep is refused, and no text makes reading throw or hang', () => {
  expect(read('1+'.repeat(LONGEST_FORMULA / 2) + '1')).toBe('too-long');
  expect(read('('.repeat(DEEPEST_FORMULA + 1) + '1' + ')'.repeat(DEEPEST_FORMULA + 1))).toBe('too-deep');
  expect(read('-'.repeat(1000) + '1')).toBe('too-deep');
  expect(read('1+'.repeat(900) + '1')).toMatch(/^1 \+ 1/);
  const signs = fc.constantFrom(
    ...Array.from('0123456789.,; ()[]"%+-*/<>=ab'),
    'prev',
    'sum',
    'if',
    'over',
    'last',
    'k',
  );
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const formula = parseFormula(text);
      if (formula.ok) return;
      const { start, end } = formula.error.at;
      expect(0 <= start && start <= end && end <= text.length).toBe(true);
      expect(explainFault(formula.error, text)).not.toMatch(/undefined|NaN/);
    }),
    { numRuns: 2000 },
  );
});

const names = fc.constantFrom('a', 'Cloud hosting', 'prev', 'odd ]] name', 'x1', 'k', 'over');

test('E7: what is written is read back as the same formula', () => {
  fc.assert(
    fc.property(expressions(names), (expression) => {
      const printed = printFormula(expression);
      const formula = parseFormula(printed, '.');
      expect(formula.ok && withoutPlaces(formula.value)).toEqual(withoutPlaces(expression));
      expect(formula.ok && printFormula(formula.value)).toBe(printed);
    }),
  );
});

test('E8: names become ids and names again', () => {
  const formula = parseFormula('prev([Head count]; 5) * rate + max(-rate%; 0)');
  const ids: Readonly<Record<string, string>> = { 'Head count': '0k3', rate: 'r-1' };
  const kept = formula.ok ? printFormula(withNames(formula.value, (name) => ids[name] ?? name)) : '';
  expect(kept).toBe('prev([0k3]; 5) * [r-1] + max(-[r-1]%; 0)');
});
