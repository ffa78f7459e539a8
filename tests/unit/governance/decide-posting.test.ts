import { expect, test } from 'vitest';
import { entryId } from '#lib/governance/digest.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { DECIDED_AT, foundedDecider, postOf, TestDecider, usdRate } from '#tests/support/decide.ts';

const refusedFor = (why: object) => ({ ok: false, error: { kind: 'expenses-refused', refused: [{ why }] } });

test('G2, G5: an expense of 5 March counts in March, once, under the id of its first generation', () => {
  const decider = foundedDecider();
  const [entry] = decider.post(makeExpense({ id: 'coffee', amount: '12.50' }));
  expect(entry).toMatchObject({
    id: entryId('coffee', 1, 'entry'),
    period: '2027-03',
    area: 'root',
    amount: 1250,
    baseAmount: 1250,
    rate: '1',
    rateDate: null,
    date: '2027-03-05',
    postedAt: DECIDED_AT,
    postedBy: 'anna',
  });
  expect(entry?.id).toBe('f4cd09ce5820dcd65ce2354503489bb1');
  expect(entryId('coffee', 1, 'entry')).not.toBe(entryId('coffee', 1, 'reversal'));
});

test('G3: posting the same again makes nothing, with other content it is refused', () => {
  const decider = foundedDecider();
  decider.post(makeExpense());
  expect(decider.give(postOf([makeExpense()]))).toEqual({ ok: true, value: [] });
  expect(decider.ask(postOf([makeExpense({ amount: '12.51' })]))).toMatchObject(
    refusedFor({ kind: 'already-posted', generation: 1 }),
  );
});

test('G3: of expenses that partly stand already only the new ones are posted', () => {
  const decider = foundedDecider();
  const one = makeExpense({ id: 'one' });
  const two = makeExpense({ id: 'two' });
  decider.post(one);
  expect(decider.post(one, two).map(({ expenseId }) => expenseId)).toEqual(['two']);
});

test('G3: one expense in the way keeps all of its command out', () => {
  const decider = foundedDecider();
  const decided = decider.ask(postOf([makeExpense({ id: 'fine' }), makeExpense({ id: 'undated', date: null })]));
  expect(decided).toEqual({
    ok: false,
    error: { kind: 'expenses-refused', of: 2, refused: [{ expenseId: 'undated', why: { kind: 'no-date' } }] },
  });
  expect(decider.ask(postOf([makeExpense(), makeExpense()]))).toMatchObject(refusedFor({ kind: 'twice-in-command' }));
  expect(decider.ask(postOf([makeExpense({ amount: '-1' })]))).toMatchObject(
    refusedFor({ kind: 'invalid', faults: [{ kind: 'wrong-sign', amount: -100 }] }),
  );
});

test('G3: a repeat of the first posting does not undo a return', () => {
  const decider = foundedDecider();
  const entries = decider.post(makeExpense());
  decider.must({ kind: 'return', entries, reason: 'No receipt' });
  expect(decider.give(postOf([makeExpense()]))).toEqual({ ok: true, value: [] });

  const corrected = makeExpense({ receipts: ['abc'] });
  expect(decider.ask(postOf([corrected]))).toMatchObject(refusedFor({ kind: 'already-posted' }));
  const [again] = decider.must(postOf([corrected], { generations: { 'expense-1': 2 } }));
  expect(again).toMatchObject({ postings: [{ entry: { generation: 2, id: entryId('expense-1', 2, 'entry') } }] });
  expect(decider.ask(postOf([makeExpense()]))).toMatchObject(
    refusedFor({ kind: 'generation-expected', given: 1, expected: 2 }),
  );
});

test('G3: a generation that is not next is refused', () => {
  const decider = foundedDecider();
  const at = (generation: number) => postOf([makeExpense()], { generations: { 'expense-1': generation } });
  expect(decider.ask(at(2))).toMatchObject(refusedFor({ kind: 'generation-expected', given: 2, expected: 1 }));
  decider.must(at(1));
  expect(decider.ask(at(2))).toMatchObject(refusedFor({ kind: 'generation-expected', given: 2, expected: 1 }));
});

test('G3: ids that JavaScript objects know are ids like any other', () => {
  const decider = foundedDecider();
  const entries = decider.post(makeExpense({ id: 'constructor' }), makeExpense({ id: '__proto__' }));
  expect(entries.map(({ generation }) => generation)).toEqual([1, 1]);
});

test('G4: the mark of a return is no content, the date standing in for an unknown one is', () => {
  const decider = foundedDecider();
  const undated = makeExpense({ date: null });
  const under = (undatedAs: string, expense = undated) => postOf([expense], { undatedAs });
  const [posted] = decider.must(under('2027-02-28'));
  expect(posted).toMatchObject({ postings: [{ entry: { period: '2027-02', date: null } }] });
  expect(decider.ask(under('2027-02-28', { ...undated, returnedReason: 'seen' }))).toEqual({ ok: true, value: [] });
  expect(decider.ask(under('2027-03-01'))).toMatchObject(refusedFor({ kind: 'already-posted' }));
});

test('G4: a date that stands in says nothing about expenses that have one', () => {
  const decider = foundedDecider();
  decider.post(makeExpense());
  expect(decider.ask(postOf([makeExpense()], { undatedAs: '2027-01-01' }))).toEqual({ ok: true, value: [] });
});

test('G5: a late expense counts in the first open period and keeps its date (I4)', () => {
  const decider = foundedDecider({ closed: ['2027-03', '2027-04'] });
  expect(decider.post(makeExpense())).toMatchObject([{ period: '2027-05', date: '2027-03-05' }]);
  const yearEnd = foundedDecider({ closed: ['2026-12'] });
  expect(yearEnd.post(makeExpense({ date: '2026-12-31' }))).toMatchObject([{ period: '2027-01' }]);
});

test('G6: 100.00 USD at 0.915 are 91.50 EUR, at the latest rate on or before the date', () => {
  const decider = foundedDecider({ rates: [usdRate('0.9', '2027-01-01'), usdRate('0.915', '2027-03-05')] });
  const usd = { amount: '100', currency: 'USD' };
  expect(decider.post(makeExpense(usd))).toMatchObject([
    { amount: 10_000, baseAmount: 9150, rate: '0.915', rateDate: '2027-03-05', rateSource: 'ECB' },
  ]);
  expect(decider.post(makeExpense({ ...usd, id: 'earlier', date: '2027-03-04' }))).toMatchObject([
    { baseAmount: 9000, rate: '0.9' },
  ]);
  expect(decider.ask(postOf([makeExpense({ ...usd, id: 'before', date: '2026-12-31' })]))).toMatchObject(
    refusedFor({ kind: 'no-rate', currency: 'USD', base: 'EUR', date: '2026-12-31' }),
  );
});

test('G6: an amount that is too large in the base currency is refused', () => {
  const decider = foundedDecider({ rates: [usdRate('900000')] });
  const huge = { ...makeExpense({ currency: 'USD' }), amount: Number.MAX_SAFE_INTEGER };
  expect(decider.ask(postOf([huge]))).toMatchObject(
    refusedFor({ kind: 'amount-too-large', currency: 'USD', base: 'EUR' }),
  );
});

test('G7: the area is that of the department on the document date', () => {
  const decider = foundedDecider();
  const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
  decider.must({ kind: 'add-department', id: 'ops', version, area: true });
  decider.must({ kind: 'add-department', id: 'network', version: { ...version, parentId: 'ops' }, area: false });
  decider.must({ kind: 'revise-department', id: 'network', version: { ...version, from: '2027-03-05' } });
  decider.must({ kind: 'close-department', id: 'network', from: '2027-06-01' });

  const coded = (id: string, date: string) => makeExpense({ id, date, departmentId: 'network' });
  expect(decider.post(coded('a', '2027-03-04'), coded('b', '2027-03-05'))).toMatchObject([
    { area: 'ops' },
    { area: 'root' },
  ]);
  expect(decider.ask(postOf([coded('c', '2027-06-01')]))).toMatchObject(
    refusedFor({ kind: 'department-closed', id: 'network', from: '2027-06-01' }),
  );
  expect(decider.ask(postOf([makeExpense({ departmentId: 'nobody' })]))).toMatchObject(
    refusedFor({ kind: 'unknown-department', id: 'nobody' }),
  );
});

test('G1: nothing but founding is decided before a workspace is founded', () => {
  expect(new TestDecider().ask(postOf([makeExpense()]))).toEqual({ ok: false, error: { kind: 'not-founded' } });
});
