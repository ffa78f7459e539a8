import { expect, test } from 'vitest';
import { describeCommand } from '#lib/app/describe-command.ts';
import { foundWorkspace, postOf, usdRate } from '#tests/support/decide.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const version = { from: null, name: 'Data office', code: '', parentId: 'root', managerId: null };

test.each([
  [foundWorkspace, 'Found the workspace “Example IT”'],
  [{ kind: 'rename-workspace', name: 'Quay' } as const, 'Rename the workspace to “Quay”'],
  [postOf([makeExpense()]), 'Post 1 expense'],
  [postOf([makeExpense({ id: 'a' }), makeExpense({ id: 'b' })]), 'Post 2 expenses'],
  [{ kind: 'return', entries: [makeEntry()], reason: 'x' } as const, 'Return 1 entry'],
  [{ kind: 'add-department', id: 'd', version, area: false } as const, 'Add the department “Data office”'],
  [
    { kind: 'revise-department', id: 'd', version: { ...version, from: '2027-01-01' } } as const,
    'Change the department “Data office” from 2027-01-01',
  ],
  [{ kind: 'close-department', id: 'd', from: null } as const, 'Reopen a department'],
  [{ kind: 'set-rates', rates: [usdRate('0.9')] } as const, 'Set 1 exchange rate'],
  [
    { kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' } as const,
    'Remove the rate USD to EUR of 2027-01-01',
  ],
  [{ kind: 'close-period', period: '2027-03', hashes: {} } as const, 'Close 2027-03'],
  [{ kind: 'withdraw', request: 'r', reason: 'x' } as const, 'Withdraw a submission'],
])('a waiting command is told in words', (command, words) => {
  expect(describeCommand(command)).toBe(words);
});
