import { expect, test } from 'vitest';
import { namesOf } from '../../../../src/routes/expenses/names.ts';
import { rowView, type RowGround } from '../../../../src/routes/expenses/row-view.ts';
import { captured, posted, reference } from './listed.ts';

const ground: RowGround = {
  names: namesOf(reference),
  locale: 'en-GB',
  today: '2027-04-01',
  baseCurrency: 'EUR',
  waiting: new Map(),
  isMixed: false,
};

test('a row names its vendor, or what stands on the paper, or that it is not known', () => {
  const vendor = (fields: Parameters<typeof captured>[0]) => rowView(captured(fields), ground)?.vendor;
  expect(vendor({ vendorId: 'acme', vendorText: 'ACME CORP' })).toBe('Acme');
  expect(vendor({ vendorText: 'Zephyr' })).toBe('Zephyr');
  expect(vendor({ vendorText: ' ' })).toBe('No vendor yet');
});

test('an amount in another currency has its worth beside it, or says that no rate is known', () => {
  const foreign = captured({ currency: 'USD', amount: '100' }, { baseAmount: 9000 });
  expect(rowView(foreign, ground)).toMatchObject({ base: { minor: 9000, currency: 'EUR' }, mark: null });
  const without = rowView({ ...foreign, baseAmount: null }, ground);
  expect(without).toMatchObject({ base: null, mark: { text: 'No rate' } });
  expect(rowView(captured(), ground)?.base).toBeUndefined();
});

test('a row says the one thing that is to be known of it', () => {
  const mark = (row: ReturnType<typeof captured>, more: Partial<RowGround> = {}) =>
    rowView(row, { ...ground, ...more })?.mark?.text;
  expect(mark(captured({ amount: '0' }))).toBe('No amount yet');
  expect(mark(captured({ amount: '0', batchId: 'b1' }))).toBeUndefined();
  expect(mark(captured({}, { state: 'returned' }))).toBe('Returned');
  expect(mark(posted({}, {}, { takenBackBy: 'x' }))).toBe('Taken back');
  expect(mark(posted({}, {}, { isChangedAfterPosting: true }))).toBe('Changed since');
  expect(mark(captured(), { waiting: new Map([['expense-1', 'post']]) })).toBe('Posting waits');
  expect(mark(posted(), { isMixed: true })).toBe('Posted');
  expect(mark(posted())).toBeUndefined();
});

test('a date of another year says its year', () => {
  const date = (iso: string | null) => rowView(captured({ date: iso }), ground)?.date;
  expect(date('2027-03-05')).toBe('5 Mar');
  expect(date('2026-03-05')).toBe('5 Mar 26');
  expect(date(null)).toBe('');
});
