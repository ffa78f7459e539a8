import { expect, test } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { explainApproval } from '#lib/governance/approval/explain.ts';
import type { ContentRecord } from '#lib/governance/approval/content.ts';
import { bandedPolicy, lineRecord, plan, submitPart, workspaceOf } from '#tests/support/approvals.ts';

const YEAR: ContentRecord = ['years', 'year', { fiscalYear: 2027 }];
const HIRES: ContentRecord = ['drivers', 'hires', { name: 'Hires', unit: 'head', formula: null, '2027-07-01': '12' }];

function line(id: string, phases: Record<string, number>, fields: Record<string, JsonValue>): ContentRecord {
  const [collection, , rest] = lineRecord(id, phases);
  return [collection, id, { ...(rest as Record<string, JsonValue>), ...fields }];
}

/** What the plan is valued at when it is submitted, or why it is not. */
function valueOf(records: readonly ContentRecord[]): unknown {
  const decider = workspaceOf({ bob: ['budget-holder'], chief: ['approver', null] });
  decider.must({ kind: 'set-policy', policy: bandedPolicy() });
  plan(decider, records);
  const asked = decider.ask(submitPart(decider), 'bob');
  if (!asked.ok) return asked.error.kind === 'approval-refused' ? asked.error.why : asked.error;
  const [event] = asked.value;
  return event?.kind === 'submitted' ? event.request.value : undefined;
}

test('A5: twelve hires from July at 5,000 are valued as what the grid shows, not as what was typed', () => {
  const people = line('people', { '2027-01': 777_00 }, { formula: 'hires * 5000 EUR / 1 head' });
  expect(valueOf([HIRES, lineRecord('cloud', { '2027-06': 1_000_00 }), people, YEAR])).toBe(361_000_00);
});

test('A5: lines put away and revenue by formula are not valued', () => {
  const away = line('away', {}, { formula: '5', archived: true });
  const sales = line('sales', {}, { formula: 'hires * 9 EUR / 1 head', nature: 'revenue' });
  expect(valueOf([HIRES, away, lineRecord('cloud', { '2027-06': 1_000_00 }), sales, YEAR])).toBe(1_000_00);
});

test.each<[string, readonly ContentRecord[]]>([
  ['an unknown name', [line('people', {}, { formula: 'nobody * 2' }), YEAR]],
  [
    'a driver that is no number',
    [line('people', {}, { formula: 'hires' }), ['drivers', 'hires', { ever: 'NaN' }], YEAR],
  ],
  ['no year to work it out in', [line('people', {}, { formula: '100' })]],
  ['a year that is none', [line('people', {}, { formula: '100' }), ['years', 'year', { fiscalYear: 1e9 }]]],
])('A5: a plan whose line has no figures is not valued: %s', (_name, records) => {
  const refusal = valueOf(records);
  expect(refusal).toEqual({ kind: 'without-figures', line: 'Licences' });
  expect(explainApproval({ kind: 'without-figures', line: 'Licences' })).toContain('“Licences” has a formula');
});
