import { expect, test } from 'vitest';
import { expenseFaults } from '#lib/domain/ledger/expense.ts';
import { sameCoding } from '#lib/domain/ledger/coding.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

test('L2: an amount is a whole number of minor units of a known currency', () => {
  expect(expenseFaults(makeExpense())).toEqual([]);
  expect(expenseFaults(makeExpense({ amount: '12.505', currency: 'KWD' }))).toEqual([]);
  expect(expenseFaults({ ...makeExpense(), currency: 'ABC' })).toEqual([{ kind: 'unknown-currency', currency: 'ABC' }]);
  for (const amount of [0.5, NaN, Infinity, 2 ** 53]) {
    expect(expenseFaults({ ...makeExpense(), amount })).toEqual([{ kind: 'not-an-amount', amount }]);
  }
});

test('L3: the sign follows the kind, and zero is allowed', () => {
  expect(expenseFaults(makeExpense({ amount: '-1' }))).toEqual([{ kind: 'wrong-sign', amount: -100 }]);
  expect(expenseFaults(makeExpense({ amount: '-1', kind: 'revenue' }))).toHaveLength(1);
  expect(expenseFaults(makeExpense({ amount: '1', kind: 'credit' }))).toHaveLength(1);
  expect(expenseFaults(makeExpense({ amount: '-1', kind: 'credit' }))).toEqual([]);
  for (const kind of ['expense', 'credit', 'revenue'] as const) {
    expect(expenseFaults(makeExpense({ amount: '0', kind }))).toEqual([]);
  }
});

test('L4: a date is a day of the calendar, or unknown', () => {
  expect(expenseFaults(makeExpense({ date: null }))).toEqual([]);
  expect(expenseFaults(makeExpense({ date: '2027-02-29' }))).toEqual([{ kind: 'not-a-date', date: '2027-02-29' }]);
  expect(expenseFaults({ ...makeExpense({ date: '' }), currency: '', amount: 0.1 })).toHaveLength(3);
});

test('L1: two expenses are booked to the same when all of their coding is', () => {
  const coding = { vendorId: 'v', categoryId: 'c', departmentId: 'd', projectId: 'p', lineId: 'l' };
  expect(sameCoding(makeExpense(coding), makeExpense({ ...coding, amount: '3' }))).toBe(true);
  for (const field of Object.keys(coding)) {
    expect(sameCoding(makeExpense(coding), makeExpense({ ...coding, [field]: 'other' }))).toBe(false);
  }
});
