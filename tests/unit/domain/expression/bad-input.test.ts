/** Drivers and formulas that mean nothing: what a person reads, and that no figure is ever NaN. */
import { expect, test } from 'vitest';
import type { Definition } from '#lib/domain/expression/definition.ts';
import { explainFigure, explainModel } from '#lib/domain/expression/explain.ts';
import { amountsIn, modelOf } from '#lib/domain/expression/model.ts';
import { makeDriver, makeModel, makeModelLine, monthsOf } from '#tests/support/make-model.ts';

const given = [makeDriver('headcount', 'head', { value: '12' }), makeDriver('salary', 'EUR/head', { value: '5000' })];
const line = (formula: string): Definition => makeModelLine('staff', formula);
const value = (text: string): Definition => makeDriver('rate', '', { value: text });
const notKept = (text: string) =>
  `rate: “${text}” is not a figure that can be kept. Write plain digits with a point: 1234.5.`;

test.each<[string, readonly Definition[], string]>([
  [
    'a driver that needs itself',
    [makeDriver('growth', '', 'growth * 1.1')],
    'These wait for each other: growth -> growth. Let one of them use prev(...), or a value of its own.',
  ],
  [
    'drivers in a circle',
    [makeDriver('a', '', 'b + 1'), makeDriver('b', '', 'c + 1'), makeDriver('c', '', 'a + 1')],
    'These wait for each other: a -> b -> c -> a. Let one of them use prev(...), or a value of its own.',
  ],
  [
    'an unknown name',
    [...given, line('headcout * salary')],
    'staff: There is nothing called “headcout” here (character 1). Did you mean “headcount”? Add a driver of that name or correct it.',
  ],
  [
    'a unit clash',
    [...given, line('headcount + salary')],
    'staff: “headcount + salary” at character 1 puts head and EUR/head together. Multiply one by a rate in head/EUR/head first.',
  ],
  [
    'a line that counts people',
    [...given, line('headcount * 2')],
    'staff: The formula gives head, but EUR are wanted. Multiply one by a rate in EUR/head first.',
  ],
  ['two definitions of one id', [value('1'), value('2')], 'Two definitions have the id rate. Keep one of them.'],
  ['a value of NaN', [value('NaN')], notKept('NaN')],
  ['a value of infinity', [value('-Infinity')], notKept('-Infinity')],
  ['a value of 10^16', [value('10000000000000000')], notKept('10000000000000000')],
  ['a value in another notation', [value('1e15')], notKept('1e15')],
  [
    'an amount of NaN',
    [makeModelLine('staff', NaN)],
    'staff: “NaN” is not a figure that can be kept. Write plain digits with a point: 1234.5.',
  ],
  [
    'a unit that is none',
    [makeDriver('rate', '12 %%', '1')],
    'rate: “12 %%” is not a currency or unit. Write EUR, head or EUR/head.',
  ],
])('E5, E8, E10, E18: %s is refused in words', (_, definitions, sentence) => {
  const model = modelOf(definitions, monthsOf(1));
  expect(model.ok ? [] : model.error.map((fault) => explainModel(fault, textIn(definitions)))).toContain(sentence);
});

test.each<[string, readonly Definition[], string]>([
  [
    'a division by zero',
    [makeDriver('seats', 'head', { value: '0' }), line('1000 EUR * 1 head / seats')],
    '“staff” divides by zero in 2027-01. Write if(x = 0; 0; y / x), or give x a value there.',
  ],
  [
    'growth that is multiplied for ever',
    [makeDriver('use', '', 'prev(use * 1000000; 1000000)'), line('use * 0.000001 EUR')],
    '“use” becomes too large in 2027-04. Look for growth that is multiplied twice.',
  ],
  [
    'an amount beyond what is exact',
    [makeDriver('use', '', { value: '100000000000000' }), line('use * 1 EUR')],
    '“staff” becomes too large in 2027-01. Look for growth that is multiplied twice.',
  ],
])('E21: %s says so in its place, and nothing is NaN', (_, definitions, sentence) => {
  const amounts = amountsIn(makeModel(definitions), 'staff');
  const [fault] = amounts.flatMap((amount) => (amount.ok ? [] : [amount.error]));
  expect(fault && explainFigure(fault, fault.id)).toBe(sentence);
  expect(amounts.every((amount) => !amount.ok || Number.isFinite(amount.value))).toBe(true);
});

test('E15: a driver of 10^15 - 1 is kept to the last digit', () => {
  const definitions = [makeDriver('use', '', { value: '999999999999999' }), line('use * 0.01 EUR')];
  expect(amountsIn(makeModel(definitions), 'staff')[0]).toEqual({ ok: true, value: 999_999_999_999_999 });
});

function textIn(definitions: readonly Definition[]): (id: string) => string {
  return (id) => {
    const content = definitions.find((definition) => definition.id === id)?.content;
    return content && 'formula' in content ? content.formula : '';
  };
}
