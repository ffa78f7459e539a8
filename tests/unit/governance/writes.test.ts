import { expect, test } from 'vitest';
import type { Command } from '#lib/governance/command.ts';
import type { DocumentWrite } from '#lib/governance/document-write.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { foundedDecider, foundWorkspace, postOf, TestDecider, usdRate } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

/** What a command makes the decider write. */
function written(decider: TestDecider, command: Command): readonly DocumentWrite[] {
  const decided = decider.ask(command);
  if (!decided.ok) throw new Error('refused');
  const writes = writesOf(decided.value, decider.state);
  decider.must(command);
  return writes;
}

test('G17: founding writes the name, currency and calendar, and the root', () => {
  expect(written(new TestDecider(), foundWorkspace)).toEqual([
    {
      kind: 'put',
      document: 'decisions/root',
      collection: 'workspace',
      record: {
        id: 'workspace',
        name: 'Example IT',
        baseCurrency: 'EUR',
        calendar: { pattern: 'months', startMonth: 1, namedBy: 'start' },
        founder: 'anna',
      },
    },
    {
      kind: 'put',
      document: 'decisions/root',
      collection: 'departments',
      record: {
        id: 'root',
        versions: [{ from: null, name: 'Example IT', code: '', parentId: null, managerId: null }],
        closedFrom: null,
        area: true,
      },
    },
    {
      kind: 'put',
      document: 'decisions/root',
      collection: 'members',
      record: {
        id: 'anna',
        name: '',
        grants: [{ id: 'founder', role: 'owner', areas: null, from: null, until: null, limit: null }],
        joinedAt: null,
        removedAt: null,
      },
    },
  ]);
});

test('G17: an entry is written once into the document of its period and area', () => {
  const decider = foundedDecider();
  const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
  expect(written(decider, { kind: 'add-department', id: 'ops', version, area: true })).toMatchObject([
    { document: 'decisions/root', collection: 'departments', record: { id: 'ops', area: true } },
  ]);
  const writes = written(decider, postOf([makeExpense(), makeExpense({ id: 'b', departmentId: 'ops' })]));
  const [first, second] = decider.ledger;
  expect(writes).toEqual([
    { kind: 'put', document: 'ledger/2027-03/root', collection: 'entries', record: first },
    { kind: 'put', document: 'ledger/2027-03/ops', collection: 'entries', record: second },
  ]);
  const recode: Command = { kind: 'recode', entries: [first as never], coding: { vendorId: 'v' }, reason: 'Known' };
  expect(written(decider, recode)).toMatchObject([
    { collection: 'entries', record: { kind: 'reversal', reverses: first?.id } },
    { collection: 'entries', record: { kind: 'expense', generation: 2, vendorId: 'v' } },
  ]);
});

test('G17: why an expense came back stands in the document of whoever captured it, and nowhere else', () => {
  const decider = foundedDecider();
  const entries = decider.post(makeExpense({ capturedBy: 'carla' }));
  expect(written(decider, { kind: 'return', entries, reason: 'No receipt' })).toMatchObject([
    { kind: 'put', document: 'ledger/2027-03/root', record: { reverses: entries[0]?.id, reason: null } },
    {
      kind: 'put',
      document: 'returns/carla',
      collection: 'returned',
      record: { id: 'expense-1', reason: 'No receipt', generation: 2, posted: false },
    },
  ]);
  const again = written(decider, postOf([makeExpense({ capturedBy: 'carla' })], { generations: { 'expense-1': 2 } }));
  expect(again.slice(1)).toEqual([
    { kind: 'amend', document: 'returns/carla', collection: 'returned', id: 'expense-1', fields: { posted: true } },
    { kind: 'remove', document: 'decisions/root', collection: 'returned', id: 'expense-1' },
  ]);
  const reversed = written(decider, { kind: 'reverse', entries: decider.ledger.slice(2), reason: 'Wrong' });
  expect(reversed).toMatchObject([{ collection: 'entries', record: { kind: 'reversal' } }]);
});

test('G17: terms are written as they then stand', () => {
  const decider = foundedDecider();
  expect(written(decider, { kind: 'rename-workspace', name: 'Other' })).toMatchObject([
    { collection: 'workspace', record: { id: 'workspace', name: 'Other', baseCurrency: 'EUR' } },
  ]);
  expect(
    written(decider, { kind: 'set-calendar', calendar: { pattern: 'months', startMonth: 4, namedBy: 'end' } }),
  ).toMatchObject([{ collection: 'workspace', record: { name: 'Other', calendar: { startMonth: 4 } } }]);
  expect(written(decider, { kind: 'set-rates', rates: [usdRate('0.9')] })).toEqual([
    {
      kind: 'put',
      document: 'decisions/root',
      collection: 'rates',
      record: { id: 'USD-EUR-2027-01-01', ...usdRate('0.9') },
    },
  ]);
  expect(written(decider, { kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' })).toEqual([
    { kind: 'remove', document: 'decisions/root', collection: 'rates', id: 'USD-EUR-2027-01-01' },
  ]);
});

test('G17: writes are worked out without spending the state', () => {
  const decider = foundedDecider();
  const decided = decider.ask(postOf([makeExpense()]));
  if (!decided.ok) throw new Error('refused');
  expect(writesOf(decided.value, decider.state)).toEqual(writesOf(decided.value, decider.state));
  expect(() => writesOf([{ kind: 'workspace-renamed', name: 'x' }], new TestDecider().state)).toThrow(
    'does not follow',
  );
});
