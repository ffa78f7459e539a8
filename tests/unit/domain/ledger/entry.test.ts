import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reversalOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { totalsByNature } from '#lib/domain/ledger/totals.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const terms = {
  id: 'reversal',
  period: '2027-04',
  reason: 'Paid twice',
  postedAt: '2027-04-02T08:00:00.000Z',
  postedBy: 'bela',
};

test('L5: an entry carries its expense and says where it counts', () => {
  const expense = makeExpense({ amount: '100', currency: 'USD', categoryId: 'software', receipts: ['abc'] });
  const entry = makeEntry(expense, { rate: '0.9', rateDate: '2027-03-01', baseAmount: 9000, area: 'ops' });
  expect(entry).toEqual({
    id: 'entry-of-expense-1',
    expenseId: 'expense-1',
    generation: 1,
    kind: 'expense',
    nature: 'cost',
    reverses: null,
    period: '2027-03',
    area: 'ops',
    date: '2027-03-05',
    amount: 10_000,
    currency: 'USD',
    baseAmount: 9000,
    rate: '0.9',
    rateDate: '2027-03-01',
    rateSource: '',
    vendorText: 'Example Ltd',
    description: '',
    invoiceNumber: '',
    receipts: ['abc'],
    batchId: null,
    reason: null,
    vendorId: null,
    categoryId: 'software',
    departmentId: null,
    projectId: null,
    lineId: null,
    postedAt: '2027-03-06T10:00:00.000Z',
    postedBy: 'anna',
    capturedBy: 'anna',
  });
  expect(makeEntry(makeExpense({ kind: 'credit', amount: '-5' })).nature).toBe('cost');
  expect(makeEntry(makeExpense({ kind: 'revenue' })).nature).toBe('revenue');
});

test('L6: a reversal takes back both amounts and differs in nothing else that is summed by', () => {
  const entry = makeEntry(makeExpense({ amount: '100', currency: 'USD' }), { rate: '0.9', baseAmount: 9000 });
  expect(reversalOf(entry, terms)).toEqual({
    ...entry,
    ...terms,
    kind: 'reversal',
    reverses: 'entry-of-expense-1',
    amount: -10_000,
    baseAmount: -9000,
  });
  expect(Object.is(reversalOf(makeEntry(makeExpense({ amount: '0' })), terms).amount, 0)).toBe(true);
});

const entries = fc.array(
  fc
    .record({
      id: fc.uuid(),
      kind: fc.constantFrom('expense', 'credit', 'revenue'),
      amount: fc.integer({ min: 0, max: 1e12 }),
      baseAmount: fc.integer({ min: 0, max: 1e12 }),
      categoryId: fc.constantFrom(null, 'hardware', 'software'),
      area: fc.constantFrom('root', 'ops'),
      period: fc.constantFrom('2027-03', '2027-04'),
    })
    .map(({ id, kind, amount, baseAmount, categoryId, area, period }): LedgerEntry => {
      const sign = kind === 'credit' ? -1 : 1;
      const expense = { ...makeExpense({ id, kind, categoryId }), amount: sign * amount };
      return makeEntry(expense, { baseAmount: sign * baseAmount, area, period });
    }),
);

function totals(of: readonly LedgerEntry[]) {
  const sums = totalsByNature('EUR', of);
  if (!sums.ok) throw new Error('too large');
  return sums.value;
}

test('L6: entries with their reversals come to zero, by nature, area and coding (I9)', () => {
  fc.assert(
    fc.property(entries, (posted) => {
      const all = posted.flatMap((entry) => [entry, reversalOf(entry, terms)]);
      const groups = Map.groupBy(all, ({ nature, area, categoryId }) => `${nature} ${area} ${categoryId ?? ''}`);
      for (const group of groups.values()) expect(totals(group)).toEqual({ cost: 0, revenue: 0, result: 0 });
      expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    }),
  );
});

test('L7: cost and revenue are summed apart, a credit lessens cost, and too much is refused', () => {
  const month = [
    makeEntry(makeExpense({ amount: '100' })),
    makeEntry(makeExpense({ amount: '-30', kind: 'credit' })),
    makeEntry(makeExpense({ amount: '200', kind: 'revenue' })),
  ];
  expect(totals(month)).toEqual({ cost: 7000, revenue: 20_000, result: 13_000 });
  expect(totals([])).toEqual({ cost: 0, revenue: 0, result: 0 });
  const most = { ...makeEntry(), baseAmount: Number.MAX_SAFE_INTEGER };
  const most2 = { ...most, nature: 'revenue' as const };
  expect(totalsByNature('EUR', [most, makeEntry()])).toEqual({
    ok: false,
    error: { kind: 'too-large', currency: 'EUR' },
  });
  expect(totalsByNature('EUR', [most2, { ...makeEntry(), nature: 'revenue' }]).ok).toBe(false);
  expect(totalsByNature('EUR', [most2, makeEntry(makeExpense({ amount: '-1', kind: 'credit' }))]).ok).toBe(false);
});

test('L8: the totals of the groups of any grouping add up to the total of all (I12)', () => {
  const grouping = fc.constantFrom('period', 'area', 'categoryId', 'kind', 'currency');
  fc.assert(
    fc.property(entries, grouping, (posted, by) => {
      const whole = totals(posted);
      const parts = [...Map.groupBy(posted, (entry) => entry[by]).values()].map(totals);
      for (const of of ['cost', 'revenue', 'result'] as const) {
        expect(parts.reduce((sum, part) => sum + part[of], 0)).toBe(whole[of]);
      }
    }),
  );
});
