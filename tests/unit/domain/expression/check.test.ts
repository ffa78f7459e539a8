import { expect, test } from 'vitest';
import type { Definition } from '#lib/domain/expression/definition.ts';
import { explainModel } from '#lib/domain/expression/explain.ts';
import { modelOf } from '#lib/domain/expression/model.ts';
import { unitOf, unitText, unitTimes } from '#lib/domain/expression/unit.ts';
import { makeDriver, makeModelLine, monthsOf } from '#tests/support/make-model.ts';

const known: readonly Definition[] = [
  makeDriver('headcount', 'head', { value: '12' }),
  makeDriver('salary', 'EUR/head', { value: '5000' }),
  makeDriver('growth', '%', { value: '0.04' }),
  makeDriver('dollars', 'USD', { value: '100' }),
  makeDriver('rate', 'EUR/USD', { value: '0.9' }),
  { kind: 'driver', id: 'd1', name: 'Twin', unit: '', content: { values: [] } },
  { kind: 'driver', id: 'd2', name: 'twin ', unit: '', content: { values: [] } },
  {
    kind: 'table',
    id: 'tiers',
    name: 'Tiers',
    unit: 'EUR/head',
    content: { keyUnit: 'head', bands: [{ from: '0', value: '10' }] },
  },
  { kind: 'table', id: 'grades', name: 'Grades', unit: 'EUR', content: { rows: { senior: '90' } } },
];

/** What is wrong with a line in EUR of that formula; 'fine' if nothing is. */
function verdict(formula: string): string {
  const model = modelOf([...known, makeModelLine('cost', formula)], monthsOf(1));
  if (model.ok) return 'fine';
  return model.error.map((fault) => explainModel(fault, () => formula)).join(' | ');
}

test('E10: units multiply, cancel and are written one way', () => {
  const unit = (text: string) => unitOf(text) ?? new Map<string, number>();
  expect(unitText(unitTimes(unit('head'), unit('EUR/head')))).toBe('EUR');
  expect(unitText(unitTimes(unit('EUR'), unit('EUR*head'), -1))).toBe('1/head');
  expect(unitText(unit('month*GB/seat/head'))).toBe('GB*month/head/seat');
  expect(unitOf('%')).toEqual(unitOf(''));
  expect([unitOf('EUR/'), unitOf('a b'), unitOf('€')]).toEqual([undefined, undefined, undefined]);
});

test.each([
  'headcount * salary',
  'headcount * salary * (1 + growth)',
  'dollars * rate',
  'lookup(tiers; headcount) * headcount',
  'lookup(grades; "senior")',
  'if(headcount > 10; 500 EUR; 0)',
  'max(0; cost2)'.replace('cost2', 'headcount * salary'),
  '12 * 450',
  '500 EUR * (1 + growth)',
  '200 + 10%',
  'sum(headcount * salary over year) / 12',
])('E10, E11: %s is an amount in EUR', (formula) => {
  expect(verdict(formula)).toBe('fine');
});

test.each([
  [
    'headcount * salary + dollars',
    'cost: “headcount * salary + dollars” at character 1 puts EUR and USD together. Multiply one by a rate in EUR/USD first.',
  ],
  [
    'headcount + 500 EUR',
    'cost: “headcount + 500 EUR” at character 1 puts head and EUR together. Multiply one by a rate in head/EUR first.',
  ],
  [
    'headcount * salary + growth',
    'cost: “headcount * salary + growth” at character 1 puts EUR and a plain number together. Give numbers their unit (500 EUR); for a percentage more write x * (1 + 4%).',
  ],
  ['dollars', 'cost: The formula gives USD, but EUR are wanted. Multiply one by a rate in EUR/USD first.'],
  ['headcount', 'cost: The formula gives head, but EUR are wanted. Multiply one by a rate in EUR/head first.'],
  [
    '500 * (1 + growth)',
    'cost: The formula gives a plain number, but EUR are wanted. Give numbers their unit (500 EUR); for a percentage more write x * (1 + 4%).',
  ],
  [
    'growth * 2',
    'cost: The formula gives a plain number, but EUR are wanted. Give numbers their unit (500 EUR); for a percentage more write x * (1 + 4%).',
  ],
  [
    'salary%',
    'cost: “salary%” at character 1 puts EUR/head and a plain number together. Give numbers their unit (500 EUR/head); for a percentage more write x * (1 + 4%).',
  ],
  ['5 kg', 'cost: Nothing here counts “kg” (character 1). Leave it out, or use the unit of a driver.'],
])('E10: %s is refused and names both', (formula, sentence) => {
  expect(verdict(formula)).toBe(sentence);
});

test.each([
  [
    'head_count * salary',
    'cost: There is nothing called “head_count” here (character 1). Did you mean “headcount”? Add a driver of that name or correct it.',
  ],
  ['zzz', 'cost: There is nothing called “zzz” here (character 1). Add a driver of that name or correct it.'],
  ['twin * salary', 'cost: Several things are called “twin” (character 1). Give the one you mean a name of its own.'],
])('E8: %s', (formula, sentence) => {
  expect(verdict(formula)).toBe(sentence);
});

test.each([
  [
    'if(headcount; 1; 2)',
    'cost: “headcount” at character 4 is not a comparison. Write if(headcount > 20; this; that).',
  ],
  [
    'headcount > 2',
    'cost: “headcount > 2” at character 1 is no figure. Comparisons stand in if(...), texts and tables in lookup(...).',
  ],
  [
    'tiers',
    'cost: “tiers” at character 1 is no figure. Comparisons stand in if(...), texts and tables in lookup(...).',
  ],
  ['min(5)', 'cost: “min” at character 1 is written min(a; b) or min(x over year).'],
  [
    'lookup(tiers; "senior")',
    'cost: “lookup” at character 1 is written lookup(table; quantity) or lookup(table; "row").',
  ],
  [
    'prev(5 over year)',
    'cost: “prev” at character 1 is written prev, prev(x) or prev(x; value before the first period).',
  ],
  [
    'dated(1; "2027-13-01"; 2)',
    'cost: “2027-13-01” at character 10 is not a date or period here. Write dates as "2027-07-01", the earliest first.',
  ],
  [
    'at(cost; "1999-01")',
    'cost: “1999-01” at character 10 is not a date or period here. Write dates as "2027-07-01", the earliest first.',
  ],
  [
    'sum(max(salary * headcount over all) over year)',
    'cost: “max(salary * headcount over all)” at character 5 runs over periods inside something that runs over periods. Make the inner one a driver of its own.',
  ],
])('E9, E22: %s is refused', (formula, sentence) => {
  expect(verdict(formula)).toBe(sentence);
});

test('E12: what is given is checked as well', () => {
  const fault = (definition: Definition) => {
    const model = modelOf([definition], monthsOf(1));
    return model.ok ? 'fine' : model.error.map((each) => ('fault' in each ? each.fault.kind : each.kind)).join();
  };
  expect(fault(makeDriver('a', 'EUR per head', { value: '1' }))).toBe('not-a-unit');
  expect(fault(makeDriver('a', '', { value: 'NaN' }))).toBe('not-a-decimal');
  expect(fault(makeDriver('a', '', { value: '1e400' }))).toBe('not-a-decimal');
  expect(fault(makeModelLine('a', Infinity))).toBe('not-a-decimal');
  expect(fault(makeModelLine('a', 5, { currency: 'head' }))).toBe('not-a-unit');
  const twice = [{ from: '2027-02-01', value: '1' }, { from: '2027-02-01', value: '2' }]; // prettier-ignore
  expect(fault({ kind: 'driver', id: 'a', name: 'a', unit: '', content: { values: twice } })).toBe('out-of-order');
  const model = modelOf([makeModelLine('a', 1), makeModelLine('a', 2)], monthsOf(1));
  expect(model).toEqual({ ok: false, error: [{ kind: 'duplicate-id', id: 'a' }] });
});
