import { expect, test } from 'vitest';
import { explainRefusal } from '#lib/governance/explain.ts';
import type { DelegationFault, GrantFault } from '#lib/governance/people/refusal.ts';
import type { EntryRefusal, PostingRefusal, Refusal } from '#lib/governance/refusal.ts';

const postings: readonly PostingRefusal[] = [
  { kind: 'invalid', faults: [{ kind: 'unknown-currency', currency: '' }] },
  { kind: 'invalid', faults: [{ kind: 'not-an-amount', amount: 0.5 }] },
  { kind: 'invalid', faults: [{ kind: 'wrong-sign', amount: 1 }] },
  {
    kind: 'invalid',
    faults: [
      { kind: 'wrong-sign', amount: -1 },
      { kind: 'not-a-date', date: '31.12.' },
    ],
  },
  { kind: 'twice-in-command' },
  { kind: 'no-date' },
  { kind: 'already-posted', generation: 1 },
  { kind: 'generation-expected', given: 1, expected: 2 },
  { kind: 'generation-expected', given: 3, expected: 2 },
  { kind: 'unknown-department', id: 'x' },
  { kind: 'department-closed', id: 'x', from: '2027-04-01' },
  { kind: 'no-rate', currency: 'USD', base: 'EUR', date: '2027-03-05' },
  { kind: 'amount-too-large', currency: 'USD', base: 'EUR' },
];
const corrections: readonly EntryRefusal[] = [
  { kind: 'never-posted' },
  { kind: 'twice-in-command' },
  { kind: 'is-a-reversal' },
  { kind: 'no-longer-current', generation: 2, standing: 'posted' },
  { kind: 'no-longer-current', generation: 2, standing: 'reversed' },
  { kind: 'content-differs' },
  { kind: 'same-coding' },
  { kind: 'unknown-department', id: 'x' },
];
const departments: readonly Extract<Refusal, { kind: 'department-refused' }>['why'][] = [
  { kind: 'unknown-department' },
  { kind: 'already-there' },
  { kind: 'unknown-parent', parentId: null },
  { kind: 'parent-closed', parentId: 'x', from: '2027-04-01' },
  { kind: 'circle', date: null },
  { kind: 'before-latest-change', latest: '2027-04-01' },
  { kind: 'date-missing' },
  { kind: 'dated-beginning', from: '2027-04-01' },
  { kind: 'name-missing' },
  { kind: 'root-stays', what: 'area' },
];
const grantFaults: readonly GrantFault[] = [
  'no-grant',
  'ends-before-it-begins',
  'not-in-the-future',
  'no-area',
  'unknown-area',
  'for-all-areas',
  'not-an-approver',
  'below-zero',
];
const delegationFaults: readonly DelegationFault[] = [
  'nothing-to-delegate',
  'to-oneself',
  'dates',
  'above-own-limit',
  'below-zero',
];
const refusals: readonly Refusal[] = [
  { kind: 'malformed', path: 'command.name', found: 'undefined' },
  { kind: 'malformed', path: '', found: 'null' },
  { kind: 'unknown-command', command: 'dance' },
  { kind: 'too-large', bytes: 200_000, limit: 131_072 },
  { kind: 'not-founded' },
  { kind: 'already-founded' },
  { kind: 'founder-is-another', founder: 'bela' },
  { kind: 'unknown-currency', currency: 'ABC' },
  { kind: 'calendar-in-use' },
  { kind: 'unknown-rate', from: 'USD', to: 'EUR', date: '2027-01-01' },
  ...postings.map((why): Refusal => ({ kind: 'expenses-refused', of: 2, refused: [{ expenseId: 'e', why }] })),
  ...corrections.map((why): Refusal => ({
    kind: 'entries-refused',
    of: 1,
    refused: [{ entryId: 'x', expenseId: 'e', why }],
  })),
  ...departments.map((why): Refusal => ({ kind: 'department-refused', id: 'x', why })),
  { kind: 'not-allowed', roles: [] },
  { kind: 'not-allowed', roles: ['owner'] },
  { kind: 'not-allowed', roles: ['owner', 'controller', 'budget-holder'] },
  { kind: 'not-in-area', areas: ['ops'] },
  { kind: 'unknown-member', id: 'x' },
  { kind: 'member-was-removed', id: 'x' },
  { kind: 'already-member', id: 'x' },
  { kind: 'id-taken', id: 'x' },
  { kind: 'unknown-invitation', id: 'x' },
  ...(['accepted', 'revoked', 'expired'] as const).map((why): Refusal => ({ kind: 'invitation-over', why })),
  { kind: 'unknown-grant', id: 'x' },
  { kind: 'unknown-delegation', id: 'x' },
  ...grantFaults.map((why): Refusal => ({ kind: 'grant-refused', why })),
  { kind: 'last-owner' },
  ...delegationFaults.map((why): Refusal => ({ kind: 'delegation-refused', why })),
];

test('G24: a missing rate is named with its currency and date, and where to add it', () => {
  const why = { kind: 'no-rate', currency: 'USD', base: 'EUR', date: '2027-03-05' } as const;
  const refused = [{ expenseId: 'a', why }];
  expect(explainRefusal({ kind: 'expenses-refused', of: 1, refused })).toBe(
    'This expense was not posted. There is no rate from USD to EUR for 2027-03-05. ' +
      'Add one under Settings, Currencies and rates, then post it again.',
  );
  expect(explainRefusal({ kind: 'expenses-refused', of: 12, refused })).toMatch(
    /^1 of 12 expenses stands in the way, so none was posted\. There is/,
  );
  expect(explainRefusal({ kind: 'entries-refused', of: 3, refused: [] })).toMatch(/^0 of 3 entries/);
  expect(explainRefusal({ kind: 'expenses-refused', of: 12, refused: [...refused, ...refused] })).toMatch(
    /^2 of 12 expenses stand in the way, so none was posted\. The first: There is/,
  );
});

test.each(refusals)('G24: $kind has sentences without gaps', (refusal) => {
  const text = explainRefusal(refusal);
  expect(text).toMatch(/^[A-Z0-9“].+\.$/s);
  expect(text).not.toMatch(/undefined\b(?! *\.)|null(?! *\.)|\[object| {2}|\.\./);
  expect(text.split('. ').length).toBeGreaterThan(1);
});
