/** Distributions, correlations and plans that nothing can be drawn from: what a person reads, before any path is run. */
import { expect, test } from 'vitest';
import { explainNote } from '#lib/analysis/simulation/explain.ts';
import { explainRefusal } from '#lib/workers/explain-simulation.ts';
import type { SimulationQuestion } from '#lib/workers/simulation-messages.ts';
import { prepare } from '#lib/workers/simulation.ts';
import { makeRiskQuestion } from '#tests/support/make-risk-question.ts';

type Distribution = SimulationQuestion['varied'][number]['distribution'];

const called = { nameOf: (id: string) => id.charAt(0).toUpperCase() + id.slice(1), textOf: () => '' };

function wordsOf(fields: Partial<SimulationQuestion>): string {
  const prepared = prepare(makeRiskQuestion(fields));
  if (!prepared.ok) return prepared.error.map((refusal) => explainRefusal(refusal, called)).join(' | ');
  const { pieces, run, finish } = prepared.value;
  const answer = finish(Array.from({ length: pieces }, (_, piece) => run(piece)));
  return answer.ok ? 'no refusal' : answer.error.map((refusal) => explainRefusal(refusal, called)).join(' | ');
}

const drawn = (distribution: Distribution, driverId = 'headcount'): Partial<SimulationQuestion> => ({
  varied: [{ driverId, drawn: 'figure', distribution }],
  correlations: [],
  paths: 64,
});

test.each<[string, Distribution, string]>([
  ['infinity', { kind: 'normal', mean: Infinity, sd: 1 }, 'Headcount has no number for mean. Give one.'],
  [
    'a spread below zero',
    { kind: 'normal', mean: 12, sd: -1 },
    'The sd of Headcount is below zero. A spread is zero or more.',
  ],
  [
    'bounds out of order',
    { kind: 'triangular', low: 5, mode: 2, high: 9 },
    'The low, mode, high of Headcount are not in this order. Give the lowest first.',
  ],
  [
    'a weight of zero',
    { kind: 'pert', low: 1, mode: 2, high: 3, weight: 0 },
    'The weight of the likeliest value of Headcount is not above zero. Usual is 4.',
  ],
  ['no values', { kind: 'empirical', values: [] }, 'There are no values Headcount could take. Give at least one.'],
  [
    'probabilities that do not add up',
    { kind: 'discrete', values: [10, 12], probabilities: [0.5, 0.4] },
    'The probabilities of Headcount add up to 0.9, not to 1. Change them until they do.',
  ],
  [
    'a probability of 1.2',
    { kind: 'discrete', values: [10, 12], probabilities: [1.2, -0.2] },
    '1.2 is not a probability of Headcount: they lie between 0 and 1.',
  ],
  [
    'a probability too few',
    { kind: 'discrete', values: [10, 12], probabilities: [1] },
    'Headcount has 2 values and 1 probabilities. Give one for each.',
  ],
  [
    'more than can be reckoned with',
    { kind: 'lognormal', meanLog: 900, sdLog: 1 },
    'Headcount could come out larger than can be reckoned with. Make its range or spread smaller.',
  ],
])('MC10: %s is refused in words', (_, distribution, sentence) => {
  expect(wordsOf(drawn(distribution))).toBe(sentence);
});

test('MC10, MC27: NaN does not even pass for a question', () => {
  expect(wordsOf(drawn({ kind: 'normal', mean: NaN, sd: 1 }))).toBe(
    'What was asked cannot be read (varied.0.distribution.mean). Nothing was changed: reload the page and ask again.',
  );
});

test.each<[string, number, readonly [string, string], string]>([
  [
    'of 1.2',
    1.2,
    ['salary', 'inflation'],
    '1.2 is not a correlation of Salary and Inflation: they lie between -1 and 1.',
  ],
  [
    'with an unknown driver',
    0.2,
    ['salary', 'nobody'],
    'Salary and Nobody cannot be correlated: there is no driver Nobody.',
  ],
  ['with itself', 0.2, ['salary', 'salary'], 'Salary is always correlated with itself. Leave that out.'],
])('MC13: a correlation %s is refused in words', (_, value, between, sentence) => {
  expect(wordsOf({ correlations: [{ between: [...between], value }] })).toBe(sentence);
});

test('MC12: correlations that contradict each other are repaired and said', () => {
  const pairs: [string, string][] = [['headcount', 'salary'], ['salary', 'inflation'], ['headcount', 'inflation']]; // prettier-ignore
  const prepared = prepare(makeRiskQuestion({ correlations: pairs.map((between, at) => ({ between, value: at === 2 ? -0.9 : 0.9 })), paths: 64 })); // prettier-ignore
  if (!prepared.ok) throw new Error('refused');
  const { pieces, run, finish } = prepared.value;
  const answer = finish(Array.from({ length: pieces }, (_, piece) => run(piece)));
  expect(answer.ok && answer.value.notes.map((note) => explainNote(note, called.nameOf))).toEqual([
    'The correlations contradict each other, so the nearest that can be were drawn: Headcount and Salary 0.50 in place of 0.9, Salary and Inflation 0.50 in place of 0.9, Headcount and Inflation -0.50 in place of -0.9.',
  ]);
});

test.each<[string, Partial<SimulationQuestion>, string]>([
  [
    'nothing that varies',
    { varied: [], correlations: [] },
    'Nothing may vary here, so there is nothing to simulate. Give a driver a distribution.',
  ],
  ['no paths', { paths: 0 }, '0 is no number of paths. Give a whole number from 1 to 4194304.'],
  ['a seed below zero', { seed: -1 }, '-1 is not a seed. Give a whole number from 0.'],
  [
    'mixed currencies',
    { measure: { currency: 'EUR', rates: new Map(), lines: null } },
    'Amounts in USD and EUR are not added up. Name the driver that says how much EUR one USD is.',
  ],
  [
    'a cyclic driver',
    { definitions: [{ kind: 'driver', id: 'a', name: 'a', unit: '', content: { formula: 'a + 1' } }] },
    'These wait for each other: a -> a. Let one of them use prev(...), or a value of its own.',
  ],
  [
    'a path without an answer',
    {
      definitions: [
        {
          kind: 'driver',
          id: 'headcount',
          name: 'headcount',
          unit: 'head',
          content: { values: [{ from: null, value: '2' }] },
        },
        {
          kind: 'line',
          id: 'x',
          name: 'x',
          currency: 'EUR',
          nature: 'cost',
          content: { formula: '9 EUR * 1 head / headcount' },
        },
      ],
      ...drawn({ kind: 'discrete', values: [0, 2], probabilities: [0, 1] }),
    },
    'no refusal',
  ],
])('MC18: %s is answered in words', (_, fields, sentence) => {
  expect(wordsOf(fields)).toBe(sentence);
});

test('MC18: drivers of 10^15 come to figures, and beyond what is exact to none that is NaN', () => {
  expect(wordsOf(drawn({ kind: 'uniform', low: 1e15, high: 2e15 }))).toBe('no refusal');
  expect(wordsOf(drawn({ kind: 'uniform', low: 1e300, high: 1e307 }))).toMatch(
    /^The model has no answer for total on path 1\. Check what it divides by, and how large its drivers may become\.$/,
  );
});
