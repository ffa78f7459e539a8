import { expect, test } from 'vitest';
import { driverFault, keptFormula, typedFormula, usesOf, workOutPart } from '#lib/app/plan-model.ts';
import type { PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { monthsOf } from '#tests/support/make-model.ts';

const months = monthsOf(1);
const hires: PlannedDriver = { id: 'd1', name: 'New hires', unit: 'head', formula: null, values: { ever: '12' } };
const salary: PlannedDriver = { id: 'd2', name: 'Salary', unit: 'EUR/head', formula: null, values: { ever: '0.5' } };

function line(id: string, formula: string | null): PlannedLine {
  return { ...makeLine({ id, name: id }), phases: {}, formula };
}

function of(id: string) {
  return { kind: 'line', id, name: id, currency: 'EUR', nature: 'cost', content: { phases: {} } } as const;
}

test('E8: a formula is kept with ids, shown with the names of today and in the decimals of its reader', () => {
  const part = workOutPart([line('people', null)], [hires, salary], months);
  const kept = keptFormula(part, of('people'), '[new HIRES] * Salary * 1,5', ',', months);
  expect(kept).toEqual({ ok: true, value: 'd1 * d2 * 1.5' });
  const renamed = workOutPart([line('people', 'd1 * d2 * 1.5')], [{ ...hires, name: 'Joiners' }, salary], months);
  expect(typedFormula(renamed, 'd1 * d2 * 1.5', ',')).toBe('Joiners * Salary * 1,5');
  expect(renamed.lines[0]?.phases['2027-01']).toBe(9_00);
  expect(usesOf(renamed, 'd1')).toEqual(['people']);
});

test.each([
  ['[New hires] * Salry', 'Did you mean “Salary”?'],
  ['[New hires] + Salary', 'puts head and EUR/head together'],
  ['[New hires]', 'The formula gives head, but EUR are wanted'],
  ['Salary *', 'ends too soon'],
  ['other', 'These wait for each other: other -> people -> other'],
  ['', 'ends too soon'],
])('B13: %s is refused in words and nothing is kept', (typed, words) => {
  const part = workOutPart([line('people', null), line('other', 'people * 2')], [hires, salary], months);
  const kept = keptFormula(part, of('people'), typed, '.', months);
  expect(kept.ok ? '' : kept.error).toContain(words);
});

test('B13: a line without figures has none in any month and says why', () => {
  const part = workOutPart([line('people', 'd9 * 2'), line('next', 'people')], [], months);
  expect(part.lines.map(({ phases }) => phases['2027-05'])).toEqual([NaN, NaN]);
  expect(part.faults.get('people')).toContain('There is nothing called “d9” here');
  expect(part.faults.get('next')).toBe('It needs “people”, which has no figures. Mend that first.');
});

test('a driver has a name of its own and a unit', () => {
  const part = workOutPart([line('people', null)], [hires], months);
  expect(driverFault(part, hires)).toBeNull();
  expect(driverFault(part, { ...salary, name: ' new hires ' })).toContain('called “new hires” already');
  expect(driverFault(part, { ...salary, name: 'PEOPLE' })).toContain('already');
  expect(driverFault(part, { ...salary, name: ' ' })).toContain('Give the driver a name');
  expect(driverFault(part, { ...salary, unit: 'EUR per head' })).toContain('is not a unit');
});
