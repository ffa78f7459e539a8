import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectivePhases, effectivePlan } from '#lib/domain/budget/effective.ts';
import { rollForward } from '#lib/domain/budget/roll-forward.ts';
import { rollPlanForward } from '#lib/domain/budget/roll-forward-plan.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { monthsOf } from '#tests/support/make-model.ts';

const from = monthsOf(1);
const to = monthsOf(2).slice(12);

const hires: Driver = {
  kind: 'driver',
  id: 'hires',
  name: 'Hires',
  unit: 'head',
  content: { values: [{ from: '2027-07-01', value: '12' }] },
};

function planOf(...lines: readonly (readonly [string, string | null, Record<string, number>?])[]): Plan {
  return {
    drivers: [hires],
    tables: [],
    lines: lines.map(([id, formula, phases = {}]) => ({ line: makeLine({ id, name: id }), phases, formula })),
  };
}

function copied(plan: Plan, growth: string, leaves: (line: PlanLine) => boolean = () => false): readonly PlanLine[] {
  const copies = rollPlanForward(plan, from, to, growth, leaves);
  if (!copies.ok) throw new Error(JSON.stringify(copies.error));
  return copies.value;
}

function totalOf(
  plan: Plan,
  lines: readonly PlanLine[],
  id: string,
  timeline: readonly Period[] = to,
): number | string {
  const line = lines.find((each) => each.line.id === id);
  const phases = line && effectivePhases(effectivePlan({ ...plan, lines }, timeline), line);
  if (!phases?.ok) return phases?.error.kind ?? 'gone';
  return Object.values(phases.value).reduce((sum, minor) => sum + minor, 0);
}

test('B14: twelve hires from July at 100 cost 7,200 in their first year, and 14,400 with four percent in the next', () => {
  const plan = planOf(['people', 'hires * 100 EUR / 1 head', { '2027-01': 5 }]);
  expect(totalOf(plan, plan.lines, 'people', from)).toBe(7_200_00);
  expect(copied(plan, '4').map(({ formula, phases }) => [formula, phases])).toEqual([
    ['(hires * 100 EUR / 1 head) * (1 + 4%)', {}],
  ]);
  expect(totalOf(plan, copied(plan, '4'), 'people')).toBe(14_976_00);
  expect(copied(plan, '0')[0]?.formula).toBe('hires * 100 EUR / 1 head');
});

test('B14: a formula that names a line is not grown a second time', () => {
  const plan = planOf(['licences', null, { '2027-03': 1_000_00 }], ['support', 'licences * 20%']);
  expect(totalOf(plan, copied(plan, '10'), 'support')).toBe(220_00);
});

test('B14: what cannot be worked out in the year it is copied into, or leaves its document, has figures', () => {
  const plan = planOf(
    ['dated', 'at(hires; "2027-08") * 1 EUR / 1 head'],
    ['people', 'hires * 1 EUR / 1 head'],
    ['next', 'people'],
  );
  expect(copied(plan, '50').map(({ line, formula }) => [line.id, formula])).toEqual([
    ['dated', null],
    ['people', '(hires * 1 EUR / 1 head) * (1 + 50%)'],
    ['next', 'people'],
  ]);
  expect(totalOf(plan, copied(plan, '50'), 'dated')).toBe(216_00);
  const left = copied(plan, '0', ({ line }) => line.id === 'people').find(({ line }) => line.id === 'people');
  expect([left?.formula, left?.phases['2028-07'], left?.phases['2028-01']]).toEqual([null, 12_00, 0]);
});

test('B14: a formula that has no figures goes along as it is', () => {
  const plan = planOf(['bad', 'nobody * 2']);
  expect(copied(plan, '4')).toEqual([{ ...plan.lines[0], formula: 'nobody * 2' }]);
});

test('B7, B14: a plan without formulas is copied as its figures always were', () => {
  const phases = fc.record({ '2027-01': fc.integer(), '2027-06': fc.integer() });
  fc.assert(
    fc.property(fc.array(phases, { maxLength: 5 }), fc.constantFrom('0', '4', '-2.5'), (given, growth) => {
      const plan = planOf(...given.map((each, i) => [`l${i}`, null, each] as const));
      const figures = rollForward(plan.lines, from, to, growth);
      expect(figures.ok && figures.value).toEqual(
        copied(plan, growth).map(({ line, phases: own }) => ({ line, phases: own })),
      );
    }),
  );
});
