import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '#lib/governance/command.ts';
import { parseGivenCommand } from '#lib/governance/parse-command.ts';
import { DECIDED_AT, foundedDecider, foundWorkspace, postOf, usdRate } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const given = (command: unknown) => ({ id: 'command-1', command, by: 'anna', at: DECIDED_AT });
const entries = foundedDecider().post(makeExpense());
const version = { from: '2027-04-01', name: 'Operations', code: '100', parentId: 'root', managerId: null };
const batch = {
  id: 'batch-1',
  fileName: 'march.csv',
  fileHash: 'abc',
  importedAt: DECIDED_AT,
  rows: 1,
  matched: 0,
  rejected: 0,
  controlTotal: 1250,
  currency: 'EUR',
};

const commands: readonly Command[] = [
  foundWorkspace,
  { kind: 'rename-workspace', name: 'Other' },
  postOf([makeExpense()]),
  postOf([makeExpense({ date: null })], { generations: { 'expense-1': 2 }, batch, undatedAs: '2027-03-31' }),
  { kind: 'return', entries, reason: 'No receipt' },
  { kind: 'reverse', entries, reason: 'Paid twice' },
  { kind: 'recode', entries, coding: { categoryId: null, vendorId: 'v' }, reason: 'Known now' },
  { kind: 'add-department', id: 'ops', version: { ...version, from: null }, area: true },
  { kind: 'revise-department', id: 'ops', version },
  { kind: 'close-department', id: 'ops', from: null },
  { kind: 'mark-area', id: 'ops', area: false },
  {
    kind: 'set-calendar',
    calendar: { pattern: '13x4', endMonth: 12, endWeekday: 0, endRule: 'last', namedBy: 'end' },
  },
  { kind: 'set-rates', rates: [usdRate('0.9')] },
  { kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' },
];

test.each(commands)('G21: $kind is read back as it was sent', (command) => {
  expect(parseGivenCommand(JSON.parse(JSON.stringify(given(command))))).toEqual({ ok: true, value: given(command) });
});

test.each(commands)('G21: $kind with any field missing, or one too many, is refused', (command) => {
  for (const field of Object.keys(command)) {
    if (field === 'kind') continue;
    const rest = Object.fromEntries(Object.entries(command).filter(([name]) => name !== field));
    expect(parseGivenCommand(given(rest))).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  }
  expect(parseGivenCommand(given({ ...command, surprise: 1 }))).toMatchObject({ error: { kind: 'malformed' } });
});

test('G21: a refusal says where and what', () => {
  expect(parseGivenCommand(given({ kind: 'grant-everything' }))).toEqual({
    ok: false,
    error: { kind: 'unknown-command', command: 'grant-everything' },
  });
  expect(parseGivenCommand(given(postOf([{ ...makeExpense(), amount: 0.5 }])))).toEqual({
    ok: false,
    error: { kind: 'malformed', path: 'command.expenses.0.amount', found: '0.5' },
  });
  const malformed = (value: unknown) =>
    expect(parseGivenCommand(value)).toMatchObject({ error: { kind: 'malformed' } });
  malformed({ ...given(commands[1]), id: 'a/b' });
  malformed({ ...given(commands[1]), at: 'yesterday' });
  malformed(given({ kind: 'rename-workspace', name: ' ' }));
  malformed(given({ kind: 'recode', entries, coding: {}, reason: 'x' }));
  malformed(given(postOf([])));
  malformed(given(postOf([makeExpense()], { generations: { 'expense-1': 0 } })));
  malformed(given({ kind: 'set-rates', rates: [{ ...usdRate('0.9'), to: 'USD' }] }));
  malformed(given({ kind: 'set-rates', rates: [usdRate('-1')] }));
  malformed(given(postOf(Array.from({ length: 501 }, (_, i) => makeExpense({ id: String(i) })))));
});

test('G22: a command of more than 128 KB is refused with its size', () => {
  const expenses = Array.from({ length: 20 }, (_, i) => makeExpense({ id: `e${i}`, description: 'ä'.repeat(4000) }));
  expect(parseGivenCommand(given(postOf(expenses)))).toMatchObject({
    ok: false,
    error: { kind: 'too-large', limit: 131_072 },
  });
});

test('G21: nothing that may come in makes reading throw', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...commands), fc.nat(), (value, command, pick) => {
      expect(parseGivenCommand(value).ok).toBe(false);
      expect(parseGivenCommand(given(value)).ok).toBe(false);
      const fields = Object.keys(command);
      const field = fields[pick % fields.length] ?? '';
      const odd = parseGivenCommand(given({ ...command, [field]: value }));
      if (!odd.ok) expect(['malformed', 'unknown-command', 'too-large']).toContain(odd.error.kind);
    }),
  );
});
