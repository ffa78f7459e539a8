/** Scenarios that cannot be: what a person reads. */
import { expect, test } from 'vitest';
import { explainScenario } from '#lib/domain/scenario/explain.ts';
import { patched } from '#lib/domain/scenario/patch.ts';
import { lineageOf, scenarioFaults, weighed, type Change, type Scenario } from '#lib/domain/scenario/scenario.ts';
import { monthsOf } from '#tests/support/make-model.ts';
import { makePlan, makeScenario } from '#tests/support/make-plan.ts';

const noShare = (text: string) => `“${text}” is not a probability. Write a share from 0 to 1, such as 0.3.`;

test.each(['NaN', 'Infinity', '-0.1', '1.2', '30%', '', '0,5', '1e-3'])(
  'SC1: a probability of “%s” is refused',
  (probability) => {
    expect(scenarioFaults(makeScenario('s', [], { probability })).map(explainScenario)).toEqual([noShare(probability)]);
  },
);

test('SC4: probabilities that do not add up are refused with their sum, and those below 1 leave the rest to the base', () => {
  const outcomes = (...probabilities: readonly string[]) =>
    probabilities.map((probability, at) => ({ scenario: makeScenario(`s${at + 1}`, [], { probability }), total: 200 }));
  const over = weighed(100, outcomes('0.5', '0.4', '0.2'));
  expect(over.ok ? '' : explainScenario(over.error)).toBe(
    'The probabilities of s1, s2 and s3 come to 1.1, more than 1. Lower one of them.',
  );
  expect(weighed(100, outcomes('0.5', '0.2'))).toEqual({ ok: true, value: { expected: 170, baseProbability: '0.3' } });
  const odd = weighed(100, outcomes('0.5', 'NaN'));
  expect(odd.ok ? '' : explainScenario(odd.error)).toBe(noShare('NaN'));
});

test.each<[string, Change, string]>([
  [
    'NaN percent',
    { kind: 'scale-line', lineId: 'cloud', percent: 'NaN', from: null },
    '“NaN” is not a percentage. Write -10 or 2.5.',
  ],
  [
    '10^15 percent',
    { kind: 'scale-line', lineId: 'cloud', percent: '1000000000000000', from: null },
    '“1000000000000000” is not a percentage. Write -10 or 2.5.',
  ],
  [
    'percent beyond what is exact',
    { kind: 'scale-line', lineId: 'huge', percent: '999999', from: null },
    'The amounts of a line become too large (huge). Check the percentage.',
  ],
  [
    'a date that is none',
    { kind: 'stop-line', lineId: 'cloud', from: '2027-02-30' },
    '“2027-02-30” is not a date. Write 2027-07-01.',
  ],
  [
    'NaN periods later',
    { kind: 'move-line', lineId: 'cloud', periods: NaN },
    'A line by formula cannot be moved by NaN periods: 0 to 24 later can be done. Change the dates of its drivers.',
  ],
  [
    'an unknown line',
    { kind: 'drop-line', lineId: 'gone' },
    'The plan no longer has the line this scenario changes (gone). Take the change out, or bring the line back.',
  ],
  [
    'an unknown driver',
    { kind: 'set-driver', driverId: 'gone', content: { values: [] } },
    'The plan no longer has the driver this scenario changes (gone). Take the change out, or bring the driver back.',
  ],
])('SC7 to SC9: %s is refused in words', (_, change, sentence) => {
  const plan = makePlan();
  const huge = { ...plan.lines[1]!, line: { ...plan.lines[1]!.line, id: 'huge' }, phases: { '2027-01': 9e15 } };
  const result = patched({ ...plan, lines: [...plan.lines, huge] }, [change], monthsOf(1));
  expect(result.ok ? 'no refusal' : explainScenario(result.error)).toBe(sentence);
});

test('SC2: scenarios over each other are refused with the way round', () => {
  const over = (id: string, scenarioId: string): Scenario => makeScenario(id, [], { over: { scenarioId } });
  const lineage = lineageOf('a', [over('a', 'b'), over('b', 'a')]);
  expect(lineage.ok ? '' : explainScenario(lineage.error)).toBe(
    'These scenarios stand over each other: a -> b -> a. Put one of them over a version.',
  );
});
