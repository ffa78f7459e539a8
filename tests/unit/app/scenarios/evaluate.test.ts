import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { total } from '#lib/analysis/scenario/measure.ts';
import { basePlanOf, isRateDriver, type BasePlan } from '#lib/app/scenarios/base-plan.ts';
import { evaluate, linesIn } from '#lib/app/scenarios/evaluate.ts';
import { scenarioOf, type KeptScenario } from '#lib/app/scenarios/read-scenarios.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import type { Plan } from '#lib/domain/scenario/plan.ts';
import type { Change } from '#lib/domain/scenario/scenario.ts';
import { makeLine } from '#tests/support/make-line.ts';

const MONTHS = Array.from({ length: 12 }, (_, at) => `2027-${String(at + 1).padStart(2, '0')}`);
const version = {
  id: 'fy27',
  name: 'Budget FY27',
  kind: 'budget',
  fiscalYear: 2027,
  parentId: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  createdBy: 'ann',
  archived: false,
} as const;
const reference = {
  calendar: { pattern: 'months', startMonth: 1, namedBy: 'end' },
  baseCurrency: 'EUR',
  rates: [
    { from: 'USD', to: 'EUR', rate: '0.9', date: '2026-01-01', source: 'test' },
    { from: 'USD', to: 'EUR', rate: '0.8', date: '2027-06-01', source: 'test' },
  ],
} as const;
const hires: Driver = {
  kind: 'driver',
  id: 'hires',
  name: 'Hires',
  unit: 'head',
  content: { values: [{ from: null, value: '2' }] },
};

const pay: Driver = {
  kind: 'driver',
  id: 'pay',
  name: 'Pay',
  unit: 'EUR/head',
  content: { values: [{ from: null, value: '5' }] },
};

/** The same in every month. */
function planned(id: string, minor: number, more: Partial<PlannedLine> = {}): PlannedLine {
  const phases = Object.fromEntries(MONTHS.map((month) => [month, minor]));
  return { ...makeLine({ id, name: id }), phases, formula: null, ...more };
}

function planOf(lines: readonly PlannedLine[], drivers: readonly Driver[]): Plan {
  const stored = lines.map(({ phases, formula, ...line }) => ({ line, phases, formula }));
  return { drivers, tables: [], lines: stored };
}

/** 100 EUR and 10 USD a month, and 5 EUR for each of 2 hires. */
function base(lines = [planned('cloud', 100_00), planned('crm', 10_00, { currency: 'USD' }), people]): BasePlan {
  const made = basePlanOf(version, planOf(lines, [hires, pay]), reference);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}
const people = planned('people', 0, { formula: 'hires * pay' });

function scenario(id: string, changes: readonly Change[], over: KeptScenario['over'] = { versionId: 'fy27' }) {
  const { createdAt, createdBy, archived } = version;
  const head = { id, name: id, ownerId: null, over, probability: null, note: '', archived, createdAt, createdBy };
  return scenarioOf({
    heads: [{ ...head, area: 'root' }],
    changes: changes.map((change, at) => ({ id: `${id}-${at}`, order: at, change, area: 'root' })),
    assumptions: [],
    distributions: [],
    correlations: [],
  });
}

function totalOf(over: BasePlan, id: string, ...scenarios: readonly KeptScenario[]): unknown {
  const evaluated = evaluate(over, id, scenarios);
  return evaluated.ok ? total(evaluated.value.model, over.measure) : evaluated;
}

test('a plan comes to its figures at the rates of its months, and formulas count', () => {
  // 12 x 100, 5 x 10 x 0.9 and 7 x 10 x 0.8, 12 x 2 x 5.
  expect(total(base().model, base().measure)).toEqual({ ok: true, value: 1200_00 + 45_00 + 56_00 + 120_00 });
});

test('a currency without a rate at the start of a period is refused, and the day is named', () => {
  expect(basePlanOf(version, planOf([planned('x', 1, { currency: 'GBP' })], []), reference)).toEqual({
    ok: false,
    error: { kind: 'no-rate-on', currency: 'GBP', wanted: 'EUR', date: '2027-01-01' },
  });
});

test('SC5: changes of lines, drivers and rates, and of the scenario below, are all in the total', () => {
  const cuts = scenario('cuts', [{ kind: 'scale-line', lineId: 'cloud', percent: '-10', from: null }]);
  const all = scenario(
    'all',
    [
      { kind: 'set-driver', driverId: 'hires', content: { values: [{ from: null, value: '14' }] } },
      { kind: 'set-driver', driverId: 'rate_USD', content: { values: [{ from: null, value: '1' }] } },
    ],
    { scenarioId: 'cuts' },
  );
  expect(totalOf(base(), 'cuts', cuts)).toEqual({ ok: true, value: 1080_00 + 101_00 + 120_00 });
  expect(totalOf(base(), 'all', cuts, all)).toEqual({ ok: true, value: 1080_00 + 120_00 + 12 * 14 * 5_00 });
});

test('SC9: a change that the plan no longer fits is named, with the scenario that makes it', () => {
  const gone = scenario('gone', [{ kind: 'drop-line', lineId: 'no-more' }]);
  expect(totalOf(base(), 'gone', gone)).toMatchObject({
    error: { kind: 'change', scenario: 'gone', change: { id: 'gone-0' }, fault: { kind: 'unknown-line' } },
  });
  const ring = [scenario('a', [], { scenarioId: 'b' }), scenario('b', [], { scenarioId: 'a' })];
  expect(totalOf(base(), 'a', ...ring)).toMatchObject({ error: { kind: 'circular', names: ['a', 'b', 'a'] } });
});

test('lines of a scenario carry the amounts that were worked out', () => {
  const more = scenario('more', [{ kind: 'stop-line', lineId: 'people', from: '2027-03-01' }]);
  const evaluated = evaluate(base(), 'more', [more]);
  const lines = evaluated.ok ? linesIn(evaluated.value) : [];
  expect(lines.find(({ id }) => id === 'people')?.phases).toMatchObject({ '2027-02': 10_00, '2027-03': 0 });
});

test('parts of a scenario make one: the root area says what it is, and changes stand in their order', () => {
  const { createdAt, createdBy, archived } = version;
  const head = { ownerId: null, probability: null, note: '', archived, createdAt, createdBy };
  const over = { versionId: 'fy27' };
  const made = scenarioOf({
    heads: [
      { ...head, id: 's', over, name: 'Ops', area: 'ops' },
      { ...head, id: 's', over, name: 'Root', area: 'root' },
    ],
    changes: [
      { id: 'b', order: 2, area: 'root', change: { kind: 'drop-line', lineId: 'y' } },
      { id: 'a', order: 1, area: 'ops', change: { kind: 'drop-line', lineId: 'x' } },
    ],
    assumptions: [],
    distributions: [],
    correlations: [],
  });
  expect(made).toMatchObject({ name: 'Root', areas: ['root', 'ops'], changes: [{ lineId: 'x' }, { lineId: 'y' }] });
});

const lineId = fc.constantFrom('cloud', 'crm', 'people', 'gone');
const month = fc.constantFrom(...MONTHS);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('drop-line' as const), lineId }),
  fc.record({ kind: fc.constant('move-line' as const), lineId, periods: fc.integer({ min: -3, max: 14 }) }),
  fc.record({ kind: fc.constant('stop-line' as const), lineId, from: month.map((key) => `${key}-15`) }),
  fc.record({
    kind: fc.constant('scale-line' as const),
    lineId,
    percent: fc.constantFrom('-10', '2.5', 'x'),
    from: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('set-phases' as const),
    lineId,
    phases: fc.dictionary(month, fc.integer({ min: 0, max: 9e6 })),
  }),
  fc.record({
    kind: fc.constant('set-formula' as const),
    lineId,
    formula: fc.constantFrom('hires * 7 * pay', 'hires +'),
  }),
  fc.record({
    kind: fc.constant('set-driver' as const),
    driverId: fc.constantFrom('hires', 'rate_USD'),
    content: fc.integer({ min: 0, max: 99 }).map((value) => ({ values: [{ from: null, value: String(value) }] })),
  }),
  fc.constant({
    kind: 'add-line' as const,
    line: { line: makeLine({ id: 'new', name: 'new' }), phases: {}, formula: null },
  }),
);

test('I14: whatever a scenario changes, the plan below it stays byte for byte what it was', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      const doc = newDocument();
      for (const line of [planned('cloud', 100_00), planned('crm', 10_00, { currency: 'USD' }), people]) {
        openPlan(doc).lines.insert(line);
      }
      const bytes = Y.encodeStateAsUpdate(doc);
      const over = base([...openPlan(doc).lines.all()]);
      const before = JSON.stringify([over.plan, over.model.cells.map((cells) => ({ ...cells, exact: null }))]);
      const figures = total(over.model, over.measure);
      const evaluated = evaluate(over, 'any', [scenario('any', changes)]);
      if (evaluated.ok) linesIn(evaluated.value);
      expect(JSON.stringify([over.plan, over.model.cells.map((cells) => ({ ...cells, exact: null }))])).toBe(before);
      expect(total(over.model, over.measure)).toEqual(figures);
      expect(Y.encodeStateAsUpdate(doc)).toEqual(bytes);
    }),
  );
});

test('SC5: what is worked out from the base alone is what working out everything gives', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      const over = base();
      const evaluated = evaluate(over, 'any', [scenario('any', changes)]);
      if (!evaluated.ok) return;
      const { lines, drivers } = evaluated.value.plan;
      const afresh = basePlanOf(
        version,
        { tables: [], lines, drivers: drivers.filter(({ id }) => !isRateDriver(id)) },
        reference,
      );
      const rate = drivers.find(({ id }) => id === 'rate_USD');
      if (
        !afresh.ok ||
        rate === undefined ||
        changes.some((each) => 'driverId' in each && each.driverId === 'rate_USD')
      )
        return;
      const dropped = new Set(lines.flatMap(({ line }) => (line.archived ? [line.id] : [])));
      expect(linesIn(evaluated.value).filter(({ id }) => !dropped.has(id))).toEqual(
        linesIn({ plan: afresh.value.plan, model: afresh.value.model }).filter(({ id }) => !dropped.has(id)),
      );
    }),
  );
});
