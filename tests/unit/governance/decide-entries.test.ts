import { expect, test } from 'vitest';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { postingOf } from '#lib/governance/postings.ts';
import { entryId } from '#lib/governance/digest.ts';
import { foundedDecider, postOf, usdRate, type TestDecider } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const refusedFor = (why: object) => ({ ok: false, error: { kind: 'entries-refused', refused: [{ why }] } });

function sums(entries: readonly LedgerEntry[]) {
  const sum = (of: 'amount' | 'baseAmount') => entries.reduce((total, entry) => total + entry[of], 0);
  return { amount: sum('amount'), baseAmount: sum('baseAmount') };
}

function postOne(decider: TestDecider, expense = makeExpense()): LedgerEntry {
  const [entry] = decider.post(expense);
  if (!entry) throw new Error('nothing was posted');
  return entry;
}

test('G8: a returned expense is out of the ledger and can be posted again', () => {
  const decider = foundedDecider();
  const entry = postOne(decider);
  const [event] = decider.must({ kind: 'return', entries: [entry], reason: 'No receipt' });
  expect(event).toMatchObject({ kind: 'returned', reason: 'No receipt', reversals: [{ reason: 'No receipt' }] });
  expect(sums(decider.ledger)).toEqual({ amount: 0, baseAmount: 0 });
  expect(postingOf(decider.state.postings, 'expense-1')).toMatchObject({ generation: 1, standing: 'returned' });
  decider.must(postOf([makeExpense()], { generations: { 'expense-1': 2 } }));
  expect(sums(decider.ledger)).toEqual({ amount: 1250, baseAmount: 1250 });
});

test('G10: a reversal nets to zero in both currencies, at the old rate, though rates have changed (I9)', () => {
  const decider = foundedDecider({ rates: [usdRate('0.9')] });
  const entry = postOne(decider, makeExpense({ amount: '10.05', currency: 'USD' }));
  expect(entry.baseAmount).toBe(904);
  decider.must({ kind: 'set-rates', rates: [usdRate('1.1')] });
  decider.must({ kind: 'reverse', entries: [entry], reason: 'Paid twice' });
  expect(decider.ledger.at(-1)).toMatchObject({
    kind: 'reversal',
    id: entryId('expense-1', 1, 'reversal'),
    reverses: entry.id,
    amount: -1005,
    baseAmount: -904,
    rate: '0.9',
    period: '2027-03',
    area: 'root',
    reason: 'Paid twice',
  });
});

test('G5, G10: an entry of a closed period is taken back in the first open one', () => {
  const decider = foundedDecider();
  const entry = postOne(decider);
  decider.state = { ...decider.state, closed: new Set(['2027-03', '2027-04']) };
  decider.must({ kind: 'reverse', entries: [entry], reason: 'Paid twice' });
  expect(decider.ledger.at(-1)).toMatchObject({ period: '2027-05', date: '2027-03-05', area: 'root' });
});

test('G9: only the entry an expense stands as can be corrected, exactly as it stands', () => {
  const decider = foundedDecider();
  const entry = postOne(decider);
  const reverse = (...entries: LedgerEntry[]) => decider.ask({ kind: 'reverse', entries, reason: 'Wrong' });
  expect(reverse({ ...entry, amount: 1 })).toMatchObject(refusedFor({ kind: 'content-differs' }));
  expect(reverse({ ...entry, description: 'other' })).toMatchObject(refusedFor({ kind: 'content-differs' }));
  expect(reverse({ ...entry, expenseId: 'other' })).toMatchObject(refusedFor({ kind: 'never-posted' }));
  expect(reverse(entry, entry)).toMatchObject({
    error: { of: 2, refused: [{ entryId: entry.id, expenseId: 'expense-1', why: { kind: 'twice-in-command' } }] },
  });
  decider.must({ kind: 'reverse', entries: [entry], reason: 'Wrong' });
  expect(reverse(entry)).toMatchObject(refusedFor({ kind: 'no-longer-current', generation: 1, standing: 'reversed' }));
  const reversal = decider.ledger.at(-1);
  if (reversal) expect(reverse(reversal)).toMatchObject(refusedFor({ kind: 'is-a-reversal' }));
});

test('G9: one entry in the way keeps all of its command out', () => {
  const decider = foundedDecider();
  const entries = decider.post(makeExpense({ id: 'a' }), makeExpense({ id: 'b' }));
  decider.must({ kind: 'reverse', entries: entries.slice(0, 1), reason: 'Wrong' });
  expect(decider.ask({ kind: 'return', entries, reason: 'Wrong' })).toMatchObject({
    error: { kind: 'entries-refused', of: 2, refused: [{ expenseId: 'a' }] },
  });
});

test('G11: re-coding takes the entry back and puts it again, and changes no total', () => {
  const decider = foundedDecider({ rates: [usdRate('0.9')] });
  const entry = postOne(decider, makeExpense({ amount: '10.05', currency: 'USD', categoryId: 'other' }));
  decider.must({ kind: 'set-rates', rates: [usdRate('1.1')] });
  decider.must({ kind: 'recode', entries: [entry], coding: { categoryId: 'software' }, reason: 'It is a licence' });
  const [, reversal, recoded] = decider.ledger;
  expect(reversal).toMatchObject({ reverses: entry.id, categoryId: 'other', reason: 'It is a licence' });
  expect(recoded).toEqual({
    ...entry,
    id: entryId('expense-1', 2, 'entry'),
    generation: 2,
    categoryId: 'software',
  });
  expect(sums(decider.ledger)).toEqual({ amount: 1005, baseAmount: 904 });
  expect(postingOf(decider.state.postings, 'expense-1')).toMatchObject({ generation: 2, standing: 'posted' });

  expect(decider.ask({ kind: 'reverse', entries: [entry], reason: 'Wrong' })).toMatchObject(
    refusedFor({ kind: 'no-longer-current', generation: 2, standing: 'posted' }),
  );
  if (recoded) decider.must({ kind: 'reverse', entries: [recoded], reason: 'Wrong' });
  expect(sums(decider.ledger)).toEqual({ amount: 0, baseAmount: 0 });
});

test('G3, G11: posting a re-coded expense once more makes nothing', () => {
  const decider = foundedDecider();
  const entry = postOne(decider);
  decider.must({ kind: 'recode', entries: [entry], coding: { categoryId: 'software' }, reason: 'Licence' });
  expect(decider.give(postOf([makeExpense()]))).toEqual({ ok: true, value: [] });
});

test('G11: both sides count in the first open period when their own is closed', () => {
  const decider = foundedDecider();
  const entry = postOne(decider);
  decider.state = { ...decider.state, closed: new Set(['2027-03']) };
  decider.must({ kind: 'recode', entries: [entry], coding: { vendorId: 'v' }, reason: 'Vendor known now' });
  expect(decider.ledger.map(({ period }) => period)).toEqual(['2027-03', '2027-04', '2027-04']);
});

test('G7, G11: another department brings its area; the reversal stays in the old one', () => {
  const decider = foundedDecider();
  const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
  decider.must({ kind: 'add-department', id: 'ops', version, area: true });
  const entry = postOne(decider, makeExpense({ date: '2027-03-05' }));
  decider.must({ kind: 'recode', entries: [entry], coding: { departmentId: 'ops' }, reason: 'Theirs' });
  expect(decider.ledger.map(({ area }) => area)).toEqual(['root', 'root', 'ops']);
  const recoded = decider.ledger[2];
  if (!recoded) throw new Error('nothing was re-coded');

  decider.must({ kind: 'mark-area', id: 'ops', area: false });
  decider.must({ kind: 'close-department', id: 'ops', from: '2027-01-01' });
  decider.must({ kind: 'recode', entries: [recoded], coding: { vendorId: 'v' }, reason: 'Vendor known now' });
  expect(decider.ledger.at(-1)).toMatchObject({ area: 'ops', departmentId: 'ops' });
});

test('G11: to where nothing may be coded, or to what it is coded to already, is refused', () => {
  const decider = foundedDecider();
  const entry = postOne(decider);
  const recode = (coding: object) => decider.ask({ kind: 'recode', entries: [entry], coding, reason: 'Wrong' });
  expect(recode({ departmentId: 'x' })).toMatchObject(refusedFor({ kind: 'unknown-department', id: 'x' }));
  expect(recode({ vendorId: null })).toMatchObject(refusedFor({ kind: 'same-coding' }));
});

test('G7, G11: an undated entry is re-coded as of the first day of its period', () => {
  const decider = foundedDecider();
  const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
  decider.must({ kind: 'add-department', id: 'ops', version, area: true });
  decider.must({ kind: 'close-department', id: 'ops', from: '2027-03-02' });
  decider.must(postOf([makeExpense({ date: null })], { undatedAs: '2027-03-31' }));
  const entries = decider.ledger;
  decider.must({ kind: 'recode', entries, coding: { departmentId: 'ops' }, reason: 'Theirs' });
  expect(decider.ledger.at(-1)).toMatchObject({ area: 'ops', date: null });
});
