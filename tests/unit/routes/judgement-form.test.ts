import { expect, test } from 'vitest';
import { BLANK, judgingFrom, NEEDS_PERCENT, type JudgementForm } from '../../../src/routes/forecast/judgement-form.ts';

const amount = { minor: 5000, currency: 'EUR' };
const event: JudgementForm = { ...BLANK, label: ' Support ', amount, on: '2027-02-01' };
const decision: JudgementForm = { ...BLANK, period: '2027-03', amount, reason: ' quote in hand ' };

test('a recurring entry is written as it was filled in', () => {
  expect(judgingFrom('recurring', { ...event, every: '3', last: '2027-12-31' }, 'EUR')).toEqual({
    collection: 'recurring',
    said: {
      label: 'Support',
      amount: 5000,
      currency: 'EUR',
      first: '2027-02-01',
      every: { count: 3, unit: 'month' },
      last: '2027-12-31',
    },
  });
});

test('a change is an amount, a factor or an end of everything', () => {
  const said = (form: Partial<JudgementForm>) => judgingFrom('lineChanges', { ...event, ...form }, 'EUR');
  expect(said({ change: 'step' })).toMatchObject({ said: { kind: 'price-step', amount: 5000, factor: null } });
  expect(said({ change: 'one-off' })).toMatchObject({ said: { kind: 'one-off', amount: 5000, currency: 'EUR' } });
  for (const [percent, factor] of [
    ['4', 1.04],
    ['−2,5', 0.975],
    ['10 %', 1.1],
  ] as const) {
    expect(said({ change: 'percent', percent })).toMatchObject({ said: { kind: 'price-step', amount: null, factor } });
  }
  expect(said({ change: 'end-of-all', amount: null })).toMatchObject({
    said: { kind: 'end', amount: null, factor: null, currency: null },
  });
});

test('a decision has a period, a figure where it sets one, and a reason', () => {
  expect(judgingFrom('overrides', decision, 'EUR')).toEqual({
    collection: 'overrides',
    said: { period: '2027-03', amount: 5000, reason: 'quote in hand', expires: null },
  });
  expect(judgingFrom('adjustments', { ...decision, expires: '2027-06-30' }, 'EUR')).toEqual({
    collection: 'adjustments',
    said: { period: '2027-03', kind: 'exclude', amount: null, reason: 'quote in hand', expires: '2027-06-30' },
  });
});

const refused: readonly (readonly [string, Parameters<typeof judgingFrom>[0], JudgementForm, RegExp])[] = [
  ['a name', 'recurring', { ...event, label: ' ' }, /Say what it is/],
  ['an amount', 'recurring', { ...event, amount: null }, /amount/],
  ['a date', 'lineChanges', { ...event, on: null }, /date/],
  ['an interval', 'recurring', { ...event, every: '0.5' }, /from 1 on/],
  ['an end after its start', 'recurring', { ...event, last: '2027-01-01' }, /ends before it starts/],
  ['a percentage', 'lineChanges', { ...event, change: 'percent', percent: 'much' }, new RegExp(NEEDS_PERCENT)],
  ['a price above zero', 'lineChanges', { ...event, change: 'percent', percent: '-100' }, new RegExp(NEEDS_PERCENT)],
  ['a period', 'overrides', { ...decision, period: '' }, /period/],
  ['a figure', 'overrides', { ...decision, amount: null }, /amount/],
  ['a reason', 'overrides', { ...decision, reason: '  ' }, /reason/],
  ['a reason for what is left out', 'adjustments', { ...decision, reason: '' }, /reason/],
  ['the other figure', 'adjustments', { ...decision, adjust: 'replace', amount: null }, /amount/],
];

test.each(refused)('without %s nothing is written, and the sentence says what to do', (_, kind, form, sentence) => {
  expect(judgingFrom(kind, form, 'EUR')).toMatch(sentence);
});
