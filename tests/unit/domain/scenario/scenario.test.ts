import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountsIn, changed, modelOf, type Model } from '#lib/domain/expression/model.ts';
import { explainScenario } from '#lib/domain/scenario/explain.ts';
import { editsBetween, mergeInto, withEdits } from '#lib/domain/scenario/merge.ts';
import { patched } from '#lib/domain/scenario/patch.ts';
import { definitionsOf, type Plan } from '#lib/domain/scenario/plan.ts';
import { lineageOf, scenarioFaults, weighed, type Change } from '#lib/domain/scenario/scenario.ts';
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import { makeModel, monthsOf } from '#tests/support/make-model.ts';
import { makePlan, makePlanLine, makeScenario } from '#tests/support/make-plan.ts';

const year = monthsOf(1);

/** The plan after changes that nothing is wrong with. */
function after(plan: Plan, ...changes: readonly Change[]): Plan {
  const result = patched(plan, changes, year);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Minor units of a line of a plan, month by month. */
function amounts(plan: Plan, id: string): readonly unknown[] {
  return amountsOf(makeModel(definitionsOf(plan)), id);
}

function amountsOf(model: Model, id: string): readonly unknown[] {
  return amountsIn(model, id).map((amount) => (amount.ok ? amount.value : amount.error.kind));
}

function twelve(before: number, count = 12, later = before): readonly number[] {
  return [...Array<number>(count).fill(before), ...Array<number>(12 - count).fill(later)];
}

test('SC5: the plan, and a hiring freeze over it', () => {
  expect(amounts(makePlan(), 'people')).toEqual(twelve(6_180_000));
  const frozen = after(makePlan(), {
    kind: 'set-driver',
    driverId: 'headcount',
    content: { values: [{ from: null, value: '12' }, { from: '2027-07-01', value: '10' }] },
  }); // prettier-ignore
  expect(amounts(frozen, 'people')).toEqual(twelve(6_180_000, 6, 5_150_000));
});

test('SC7: ten percent less from October on, for amounts and for formulas', () => {
  const less = { kind: 'scale-line', percent: '-10', from: '2027-10-01' } as const;
  const plan = after(makePlan(), { ...less, lineId: 'people' }, { ...less, lineId: 'cloud' });
  expect(amounts(plan, 'people')).toEqual(twelve(6_180_000, 9, 5_562_000));
  expect(amounts(plan, 'cloud')).toEqual(twelve(10_000_000, 9, 9_000_000));
  // A total of 3 x 5 cents less a third is 10 cents, however the months round.
  const cents = after({ ...makePlan(), lines: [makePlanLine('x', 5)] }, { kind: 'scale-line', lineId: 'x', percent: '-33.333333333333', from: '2027-10-01' }); // prettier-ignore
  expect(amounts(cents, 'x').slice(9)).toEqual([4, 3, 3]);
});

test('SC8: a delay of two months; a contract that ends in July', () => {
  const plan = after(
    makePlan(),
    { kind: 'set-phases', lineId: 'cloud', phases: { '2027-01': 7 } },
    { kind: 'move-line', lineId: 'cloud', periods: 2 },
    { kind: 'move-line', lineId: 'people', periods: 2 },
    { kind: 'stop-line', lineId: 'licences', from: '2027-07-31' },
  );
  expect(amounts(plan, 'cloud').slice(0, 4)).toEqual([0, 0, 7, 10_000_000]);
  expect(amounts(plan, 'people').slice(0, 4)).toEqual([0, 0, 6_180_000, 6_180_000]);
  expect(amounts(plan, 'licences')).toEqual(twelve(2_000_000, 6, 0));
  const people = after(makePlan(), { kind: 'stop-line', lineId: 'people', from: '2027-07-31' });
  expect(amounts(people, 'people')).toEqual(twelve(6_180_000, 6, 0));
  const earlier = after(makePlan(), { kind: 'move-line', lineId: 'cloud', periods: -1 });
  expect(amounts(earlier, 'cloud').slice(10)).toEqual([10_000_000, 0]);
});

test('SC3, SC6: lines come and go, and formulas may go on naming one that went', () => {
  const plan = after(
    makePlan(),
    { kind: 'add-line', line: makePlanLine('support', 'cloud * 2%') },
    { kind: 'drop-line', lineId: 'cloud' },
  );
  expect(amounts(plan, 'support')).toEqual(twelve(0));
});

test.each<[Change, string]>([
  [{ kind: 'drop-line', lineId: 'x' }, 'The plan no longer has the line this scenario changes (x). Take the change out, or bring the line back.'], // prettier-ignore
  [{ kind: 'set-driver', driverId: 'x', content: { values: [] } }, 'The plan no longer has the driver this scenario changes (x). Take the change out, or bring the driver back.'], // prettier-ignore
  [{ kind: 'add-line', line: makePlanLine('cloud', 1) }, 'The plan already has what this scenario adds (cloud). Take the addition out.'], // prettier-ignore
  [{ kind: 'scale-line', lineId: 'cloud', percent: 'NaN', from: null }, '“NaN” is not a percentage. Write -10 or 2.5.'],
  [{ kind: 'stop-line', lineId: 'cloud', from: '2027-02-30' }, '“2027-02-30” is not a date. Write 2027-07-01.'],
  [{ kind: 'scale-line', lineId: 'cloud', percent: '999999', from: null }, 'fine'],
  [{ kind: 'move-line', lineId: 'people', periods: -1 }, 'A line by formula cannot be moved by -1 periods: 0 to 24 later can be done. Change the dates of its drivers.'], // prettier-ignore
])('SC9: %j is answered in words', (change, sentence) => {
  const plan = patched(makePlan(), [change], year);
  expect(plan.ok ? 'fine' : explainScenario(plan.error)).toBe(sentence);
});

test('SC1: a scenario has a name, and a probability between 0 and 1', () => {
  const kinds = (probability: string | null, name = 'Freeze') =>
    scenarioFaults(makeScenario('s', [], { name, probability })).map(explainScenario);
  expect([kinds(null), kinds('0'), kinds('0.35'), kinds('1')]).toEqual([[], [], [], []]);
  expect(kinds('1.2')).toEqual(['“1.2” is not a probability. Write a share from 0 to 1, such as 0.3.']);
  expect([kinds('-0.1'), kinds('NaN'), kinds('1e-3')].flat()).toHaveLength(3);
  expect(kinds(null, ' ')).toEqual(['The scenario has no name. Give it one.']);
});

test('SC2: a scenario over a scenario over a version; a circle is named', () => {
  const a = makeScenario('a', []);
  const b = makeScenario('b', [], { over: { scenarioId: 'a' } });
  const lineage = lineageOf('b', [b, a]);
  expect(lineage).toEqual({ ok: true, value: { versionId: 'budget', scenarios: [a, b] } });
  const round = lineageOf('b', [b, { ...a, over: { scenarioId: 'b' } }]);
  expect(!round.ok && explainScenario(round.error)).toBe('These scenarios stand over each other: b -> a -> b. Put one of them over a version.'); // prettier-ignore
  const lost = lineageOf('b', [b]);
  expect(!lost.ok && explainScenario(lost.error)).toBe('The scenario this one stands over is gone (a). Put it over a version or another scenario.'); // prettier-ignore
});

test('SC4: 30 % a freeze, 20 % a delay, and the base for the rest', () => {
  const outcome = (probability: string | null, total: number) => ({ scenario: makeScenario('s', [], { probability }), total }); // prettier-ignore
  // 1000 + 0.3 * (900 - 1000) + 0.2 * (1200 - 1000) = 1010
  expect(weighed(1000, [outcome('0.3', 900), outcome('0.2', 1200), outcome(null, 9)])).toEqual({
    ok: true,
    value: { expected: 1010, baseProbability: '0.5' },
  });
  expect(weighed(0, [outcome('0.5', 1)])).toMatchObject({ value: { expected: 0 } });
  expect(weighed(0, [outcome('0.5', 3)])).toMatchObject({ value: { expected: 2 } });
  const over = weighed(1000, [outcome('0.75', 1), outcome('0.5', 1)]);
  expect(!over.ok && explainScenario(over.error)).toBe('The probabilities of s and s come to 1.25, more than 1. Lower one of them.'); // prettier-ignore
});

const lineId = fc.constantFrom('people', 'cloud', 'licences');
const from = fc.option(fc.constantFrom('2027-01-01', '2027-05-17', '2027-12-31'));
const content = fc.integer({ min: 0, max: 99 }).map((value) => ({ values: [{ from: null, value: String(value) }] }));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('set-driver' as const), driverId: fc.constantFrom('headcount', 'salary', 'inflation'), content }), // prettier-ignore
  fc.record({ kind: fc.constant('drop-line' as const), lineId }),
  fc.record({ kind: fc.constant('set-formula' as const), lineId: fc.constantFrom('people', 'cloud'), formula: fc.constantFrom('salary * headcount', '5', 'salary * 3 head') }), // prettier-ignore
  fc.record({ kind: fc.constant('set-phases' as const), lineId, phases: fc.dictionary(fc.constantFrom('2027-02', '2027-11'), fc.integer({ min: -500, max: 500 })) }), // prettier-ignore
  fc.record({ kind: fc.constant('scale-line' as const), lineId, percent: fc.constantFrom('-10', '0', '2.5'), from }),
  fc.record({ kind: fc.constant('move-line' as const), lineId, periods: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('stop-line' as const), lineId, from: fc.constantFrom('2027-04-01', '2027-12-31') }),
  fc.integer({ min: 0, max: 9 }).map((n): Change => ({ kind: 'add-line', line: makePlanLine(`new${n}`, n * 100) })),
);
/** Additions of the same line twice are refused, so each is made once. */
const changes = fc.uniqueArray(change, {
  maxLength: 8,
  selector: (each) => (each.kind === 'add-line' ? each.line.line.id : each),
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

/** All that a plan says; a month without an amount and one of zero are the same (B2). */
function textOf(plan: Plan): string {
  const isSaid = (key: string, value: unknown) => value !== 0 || !/^\d{4}-\d\d$/.test(key);
  const said = JSON.stringify(plan, (key, value: unknown) => (isSaid(key, value) ? value : undefined));
  return canonicalJson(JSON.parse(said) as JsonValue);
}

test('SC5: a scenario and its model leave the base as it was, byte for byte, and what they do not touch is shared', () => {
  fc.assert(
    fc.property(changes, (made) => {
      const base = frozen(makePlan());
      const model = makeModel(definitionsOf(base));
      const before = [JSON.stringify(base), ...base.lines.map(({ line }) => Buffer.from((model.cells[model.placeById.get(line.id)!] as { minor: Float64Array }).minor.buffer).toString('hex'))]; // prettier-ignore
      const plan = after(base, ...made);
      const known = new Set(definitionsOf(base));
      const scenario = changed(model, definitionsOf(plan).filter((definition) => !known.has(definition))); // prettier-ignore
      const again = [JSON.stringify(base), ...base.lines.map(({ line }) => Buffer.from((model.cells[model.placeById.get(line.id)!] as { minor: Float64Array }).minor.buffer).toString('hex'))]; // prettier-ignore
      expect(again).toEqual(before);
      // The same engine: as if the patched plan were the plan.
      const afresh = modelOf(definitionsOf(plan), year);
      expect(scenario.ok && afresh.ok).toBe(true);
      if (!scenario.ok || !afresh.ok) return;
      for (const { line } of plan.lines) {
        expect(amountsOf(scenario.value.model, line.id)).toEqual(amountsOf(afresh.value, line.id));
      }
      const touched = new Set(made.map((each) => ('lineId' in each ? each.lineId : '')));
      for (const each of base.lines) if (!touched.has(each.line.id)) expect(plan.lines).toContain(each);
    }),
  );
});

test('SC10: the edits of a merge make the draft what the scenario is', () => {
  fc.assert(
    fc.property(changes, (made) => {
      const base = makePlan();
      const wanted = after(base, ...made);
      expect(textOf(withEdits(base, editsBetween(base, wanted)))).toBe(textOf(wanted));
      expect(mergeInto(base, base, wanted)).toEqual({ edits: editsBetween(base, wanted), conflicts: [] });
      expect(mergeInto(wanted, base, wanted)).toEqual({
        edits: [],
        conflicts: editsBetween(base, wanted).filter(({ kind }) => kind === 'add-line' || kind === 'add-driver'),
      });
    }),
  );
});

test('SC11: what the draft changed meanwhile is not overwritten, and the rest goes in', () => {
  const base = makePlan();
  const wanted = after(
    base,
    { kind: 'set-phases', lineId: 'cloud', phases: { '2027-03': 5 } },
    { kind: 'scale-line', lineId: 'licences', percent: '-10', from: '2027-12-01' },
    { kind: 'set-driver', driverId: 'headcount', content: { values: [{ from: null, value: '10' }] } },
  );
  const draft = after(
    base,
    { kind: 'set-phases', lineId: 'cloud', phases: { '2027-03': 7 } },
    { kind: 'set-phases', lineId: 'licences', phases: { '2027-01': 8 } },
  );
  const merge = mergeInto(draft, base, wanted);
  expect(merge.conflicts).toEqual([{ kind: 'set-phases', lineId: 'cloud', phases: { '2027-03': 5 } }]);
  expect(merge.edits.map(({ kind }) => kind)).toEqual(['set-driver', 'set-phases']);
  expect(withEdits(draft, merge.edits).lines[2]?.phases).toMatchObject({ '2027-01': 8, '2027-12': 1_800_000 });
});
