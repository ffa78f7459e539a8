import { expect, test } from 'vitest';
import type { Governed, Request } from '#lib/app/approvals/governed.ts';
import { planStandings } from '#lib/app/approvals/standing.ts';
import {
  historyWords,
  policySentences,
  requestTitle,
  splitWords,
  stateWords,
  transferWords,
  waitsFor,
  type Naming,
} from '#lib/app/approvals/words.ts';
import { DEFAULT_POLICY } from '#lib/governance/approval/policy.ts';
import type { Role } from '#lib/governance/people/people.ts';
import { grant, step, transferOf } from '#tests/support/approvals.ts';
import { makeDepartment } from '#tests/support/make-department.ts';

const naming: Naming = {
  baseCurrency: 'EUR',
  locale: 'en',
  calendar: { pattern: 'months', startMonth: 1, namedBy: 'start' },
  versions: [
    {
      id: 'fy27',
      name: 'Budget FY27',
      kind: 'budget',
      fiscalYear: 2027,
      parentId: null,
      createdAt: '',
      createdBy: 'bob',
      archived: false,
    },
  ],
  departments: [makeDepartment('root', { name: 'Harbour' })],
  nameOf: (member) => ({ bob: 'Bob', ada: 'Ada', cleo: 'Cleo' })[member ?? ''] ?? 'Somebody',
};

function request(fields: Partial<Request> = {}): Request {
  return {
    id: 'r1',
    subject: { kind: 'version', version: 'fy27' },
    hash: 'a'.repeat(64),
    documents: [],
    areas: ['root'],
    transfer: null,
    by: 'bob',
    at: '2027-03-10T12:00:00.000Z',
    note: '',
    value: 144_000_00,
    route: { rule: 'default', order: 'in-order', steps: [step(null)] },
    split: null,
    approvals: [],
    voided: [],
    status: 'open',
    ended: null,
    ...fields,
  };
}

const signed = { step: 'sign', by: 'cleo', for: 'ada', at: '2027-03-11T12:00:00.000Z', hash: '', note: 'Fine' };

test('a request says what it is, how it stands and what it waits for', () => {
  expect(requestTitle(request(), naming)).toBe('Budget FY27');
  expect(stateWords(request(), naming)).toBe('Submitted by Bob on March 10, 2027');
  expect(waitsFor(request(), naming)).toBe(
    'Valued at €144,000.00. Waits for an approver with a limit of at least €144,000.00.',
  );
  expect(waitsFor(request({ status: 'approved' }), naming)).toBeNull();
});

test('a transfer says from where to where, what for, and all it commits to', () => {
  const transfer = transferOf({ amount: 48_000_00, commitment: 144_000_00 });
  const asked = request({ subject: { kind: 'transfer', transfer: 'r1' }, transfer });
  expect(requestTitle(asked, naming)).toBe('Transfer of €48,000.00 in Budget FY27');
  expect(transferWords(asked, (line) => line, naming)).toBe(
    'From cloud, Jun 27, to people, Jul 27. A larger contract. It commits to €144,000.00 in all.',
  );
});

test('who signed for whom is told, and why an approval is void', () => {
  const void1 = {
    approvals: [{ ...signed, conflicts: [] }],
    by: 'bob',
    at: '2027-03-12T12:00:00.000Z',
    why: 'Changed.',
  };
  const after = request({ voided: [void1], approvals: [{ ...signed, conflicts: ['edit-approve'] }] });
  expect(historyWords(after, naming)).toEqual([
    'Void: the approval by Cleo for Ada, since Bob changed it on March 12, 2027. Changed.',
    'Approved by Cleo for Ada on March 11, 2027. “Fine” Reported: wrote in this plan as well.',
  ]);
});

test('purchases that were split are told with what each is alone', () => {
  expect(splitWords(request({ value: 14_700_00, split: { with: ['a', 'b'], alone: 4_900_00 } }), naming)).toBe(
    'Valued at €14,700.00 together with 2 other requests to the same vendor; alone it is €4,900.00.',
  );
});

test('the policy reads as sentences', () => {
  const [rule] = DEFAULT_POLICY.rules;
  if (rule === undefined) throw new Error('no rule');
  const large = {
    ...rule,
    id: 'large',
    subject: 'transfer' as const,
    from: 100_000_00,
    steps: [step(null), step(0, { id: 'b', roles: ['controller'] })],
  };
  expect(
    policySentences({ ...DEFAULT_POLICY, rules: [large, rule], fourEyesFrom: 50_000_00 }, naming).slice(0, 4),
  ).toEqual([
    'Everything is approved by an approver, a controller or an owner with a limit of at least its value.',
    'A transfer from €100,000.00 on is approved by an approver with a limit of at least its value, then by a controller.',
    'From €50,000.00 on, two people sign.',
    'Requests of one person to one vendor within 30 days are valued together when their sum reaches another band.',
  ]);
});

function governed(requests: readonly Request[], roles: Readonly<Record<string, Role>>): Governed {
  const members = Object.entries(roles).map(([id, role]) => {
    return { id, name: id, grants: [grant(role)], joinedAt: null, removedAt: null };
  });
  return {
    requests,
    policy: DEFAULT_POLICY,
    amendments: [],
    closed: [],
    reopened: [],
    closings: [],
    askings: [],
    delegations: [],
    members,
  };
}

function acts(requests: readonly Request[], member: string): readonly string[] {
  const all = governed(requests, { bob: 'budget-holder', ada: 'approver', vera: 'viewer' });
  const viewer = { member, today: '2027-03-10', currency: 'EUR' };
  const [whole] = planStandings(all, 'fy27', naming.departments, viewer);
  return [...(whole?.may ?? [])].sort();
}

test('offered is what the decider would allow: a draft is submitted, and nobody approves their own', () => {
  expect(acts([], 'bob')).toEqual(['submit']);
  expect(acts([], 'ada')).toEqual([]);
  expect(acts([request()], 'bob')).toEqual(['withdraw']);
  expect(acts([request()], 'ada')).toEqual(['approve', 'return']);
  expect(acts([request({ status: 'approved' })], 'bob')).toEqual(['amend', 'transfer']);
  expect(acts([request({ status: 'returned' })], 'bob')).toEqual(['submit']);
  expect(acts([request()], 'vera')).toEqual([]);
});

test('whoever spends in one area only submits its part and moves money there, but not the whole version', () => {
  const departments = [...naming.departments, makeDepartment('harbour', { area: true })];
  const standingsOf = (requests: readonly Request[]) => {
    const all = governed(requests, {});
    const holder = { id: 'bob', grants: [grant('budget-holder', null, { areas: ['harbour'] })], removedAt: null };
    const viewer = { member: 'bob', today: '2027-03-10', currency: 'EUR' };
    const standings = planStandings(
      { ...all, members: [{ ...holder, name: 'Bob', joinedAt: '' }] },
      'fy27',
      departments,
      viewer,
    );
    return standings.map(({ area, may }) => [area, [...may]]);
  };
  expect(standingsOf([])).toEqual([
    [null, []],
    ['root', []],
    ['harbour', ['submit']],
  ]);
  expect(standingsOf([request({ by: 'ada', status: 'approved' })])[0]).toEqual([null, ['transfer']]);
});
