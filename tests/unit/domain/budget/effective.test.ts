import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectivePhases, effectivePlan } from '#lib/domain/budget/effective.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { makeDriver, monthsOf } from '#tests/support/make-model.ts';

const months = monthsOf(1);

function byFormula(id: string, formula: string | null, phases: Record<string, number> = {}): PlanLine {
  return { line: makeLine({ id, name: id }), phases, formula };
}

function plan(drivers: readonly Driver[], lines: readonly PlanLine[]): Plan {
  return { drivers, tables: [], lines };
}

/** The figures of a line by its id, in the order of months; or the kind of its fault. */
function figures(of: Plan, id: string): readonly number[] | string {
  const line = of.lines.find((each) => each.line.id === id);
  if (line === undefined) return 'no such line';
  const phases = effectivePhases(effectivePlan(of, months), line);
  return phases.ok ? months.map(({ key }) => phases.value[key] ?? 0) : phases.error.kind;
}

const hires: Driver = {
  kind: 'driver',
  id: 'hires',
  name: 'Hires',
  unit: 'head',
  content: { values: [{ from: '2027-04-01', value: '12' }] },
};

test('B12: twelve hires from April at 5,000 each cost 60,000 a month from then on, whatever was typed before', () => {
  const people = byFormula('people', 'hires * 5000 EUR / 1 head', { '2027-01': 777 });
  const whole = plan([hires], [people, byFormula('rent', null, { '2027-01': 100 })]);
  expect(figures(whole, 'people')).toEqual([0, 0, 0, ...Array.from({ length: 9 }, () => 60_000_00)]);
  expect(figures(whole, 'rent')).toEqual([100, ...Array.from({ length: 11 }, () => 0)]);
});

test('B12: a line put away has no figures of its own formula', () => {
  const away = {
    ...byFormula('people', 'hires * 5000 EUR / 1 head'),
    line: makeLine({ id: 'people', archived: true }),
  };
  expect(figures(plan([hires], [away]), 'people')).toEqual(Array.from({ length: 12 }, () => 0));
});

test('B13: what is wrong is named at the line, and the others come out as without it', () => {
  const lines = [
    byFormula('unknown', 'nobody * 2'),
    byFormula('unread', '2 +'),
    byFormula('needing', 'unknown * 2'),
    byFormula('further', 'needing + 1'),
    byFormula('zero', '100 EUR / (period - 2)'),
    byFormula('after zero', 'zero'),
    byFormula('round', '[and round] * 2'),
    byFormula('and round', 'round + 1'),
    byFormula('on the round', 'round'),
    byFormula('good', 'hires * 1 EUR / 1 head'),
  ];
  const whole = plan([hires], lines);
  const kinds = lines.map(({ line }) => [line.id, figures(whole, line.id)]);
  expect(kinds.slice(0, -1)).toEqual([
    ['unknown', 'in-formula'],
    ['unread', 'in-formula'],
    ['needing', 'in-need'],
    ['further', 'in-need'],
    ['zero', 'in-figure'],
    ['after zero', 'in-figure'],
    ['round', 'in-circle'],
    ['and round', 'in-circle'],
    ['on the round', 'in-need'],
  ]);
  expect(figures(whole, 'good')).toEqual(figures(plan([hires], lines.slice(-1)), 'good'));
  expect(effectivePlan(whole, months).faults.get('further')).toEqual({ kind: 'in-need', name: 'needing' });
  expect(effectivePlan(whole, months).faults.get('round')).toMatchObject({ names: ['round', 'and round', 'round'] });
});

test('B13: a driver that is no number, counts nothing known or has one id with a line stands aside with its lines', () => {
  const bad: Driver = { ...hires, id: 'bad', name: 'Bad', content: { values: [{ from: null, value: '1e5' }] } };
  const unit: Driver = { ...hires, id: 'unit', name: 'Unit', unit: '?' };
  const twice: Driver = { ...hires, id: 'rent', name: 'Twice' };
  const lines = [
    byFormula('of bad', 'bad * 1 EUR / 1 head'),
    byFormula('of unit', 'unit'),
    byFormula('rent', null, { '2027-01': 100 }),
    byFormula('good', 'hires * 1 EUR / 1 head'),
  ];
  const whole = plan([hires, bad, unit, twice], lines);
  const { faults } = effectivePlan(whole, months);
  expect([...faults].map(([id, { kind }]) => [id, kind]).sort()).toEqual([
    ['bad', 'in-formula'],
    ['of bad', 'in-need'],
    ['of unit', 'in-formula'],
    ['rent', 'id-twice'],
    ['unit', 'in-formula'],
  ]);
  expect(figures(whole, 'rent')).toBe('id-twice');
  expect(figures(whole, 'good')).toEqual([0, 0, 0, ...Array.from({ length: 9 }, () => 12_00)]);
});

test('B13: faulty formulas, however they hang together, take nothing from those that hang on none of them', () => {
  const texts = ['nobody', '2 +', 'a', 'b', 'c', 'a + b', 'prev(c)', '1 / 0', 'driver', '5'];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...texts), { minLength: 3, maxLength: 3 }),
      fc.integer(),
      (formulas, typed) => {
        const rest = formulas.map((text, at) => byFormula('abc'.charAt(at), text));
        const sound = [byFormula('typed', null, { '2027-05': typed }), byFormula('twice', 'typed * 2')];
        const drivers = [makeDriver('driver', 'EUR', { value: '7' })];
        for (const { line } of sound) {
          expect(figures(plan(drivers, [...rest, ...sound]), line.id)).toEqual(figures(plan(drivers, sound), line.id));
        }
        for (const { line } of rest) {
          const found = figures(plan(drivers, [...rest, ...sound]), line.id);
          expect(typeof found === 'string' || found.every(Number.isSafeInteger)).toBe(true);
        }
      },
    ),
  );
});
