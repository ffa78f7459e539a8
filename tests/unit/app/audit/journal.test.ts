import { expect, test } from 'vitest';
import { journalOf } from '#lib/app/audit/journal.ts';
import { EVERYTHING, journalFound } from '#lib/app/audit/journal-filter.ts';
import { changeText, kindText } from '#lib/app/audit/describe-entry.ts';
import type { Reference } from '#lib/app/reference.ts';
import { openCore, openDecisions, openInbox, openLedger } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { updatesOf } from '#lib/documents/replica.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const reference = {
  locale: 'en-GB',
  baseCurrency: 'EUR',
  categories: [{ id: 'cloud', name: 'Cloud' }],
  vendors: [],
  projects: [],
  objectives: [],
  people: [],
  departments: [],
} as unknown as Reference;
const bela = { member: 'bela', at: '2027-03-08T10:00:00.000Z' };

/** Anna captures 12.50 from Example Ltd; Bela codes it, corrects the amount and removes it. */
function inbox() {
  const doc = newDocument();
  const { expenses } = openInbox(doc);
  const updates = updatesOf(doc, () => {
    expenses.insert(makeExpense({ id: 'crane' }));
    expenses.revise('crane', { categoryId: 'cloud' }, bela);
    expenses.revise('crane', { amount: 1300 }, bela);
    expenses.remove('crane', bela);
  });
  return { client: doc.clientID, rows: updates.map((bytes) => ({ bytes, format: 'v1' as const })) };
}

test('a journal says who changed what and when, from what to what', () => {
  const { rows } = inbox();
  const journal = journalOf('inbox/anna', rows, () => null);
  expect(
    journal.map((entry) => [entry.member, entry.at?.slice(0, 10), entry.title, changeText(entry, reference)]),
  ).toEqual([
    ['anna', '2027-03-05', 'Example Ltd', 'Added, €12.50'],
    ['bela', '2027-03-08', 'Example Ltd', 'Category: nothing → Cloud'],
    ['bela', '2027-03-08', 'Example Ltd', 'Amount: €12.50 → €13.00'],
    ['bela', '2027-03-08', 'Example Ltd', 'Removed'],
  ]);
  expect(kindText(journal[0]?.collection ?? '')).toBe('Expense');
});

test('what is said of a project is told as a percentage and as money, for its period', () => {
  const doc = newDocument();
  const { projects } = openCore(doc);
  const rows = updatesOf(doc, () => {
    projects.insert({ id: 'erp', name: 'ERP', code: '', objectiveId: null, closed: false });
    projects.revise('erp', { '2027-03': 4250, 'remaining:2027-03': 12_000 }, bela);
    projects.revise('erp', { '2027-03': undefined, closed: true }, bela);
  }).map((bytes) => ({ bytes, format: 'v1' as const }));
  const texts = journalOf('core', rows, () => null).map((entry) => changeText(entry, reference));
  expect(texts).toEqual([
    'Added',
    'Complete, 2027-03: nothing → 42.5%',
    'Left to spend, 2027-03: nothing → €120.00',
    'Complete, 2027-03: 42.5% → nothing',
    'Closed: no → yes',
  ]);
});

test('whom the server bound to the writing client is shown, not whom the content names', () => {
  const { client, rows } = inbox();
  const journal = journalOf('inbox/anna', rows, (asked) => (asked === client ? 'mallory' : null));
  expect(new Set(journal.map(({ member }) => member))).toEqual(new Set(['mallory']));
});

test('what the decider wrote is shown as done by the member whom the decision names', () => {
  const doc = newDocument();
  const [bytes] = updatesOf(doc, () =>
    openLedger(doc).entries.insert(makeEntry(undefined, { id: 'e1', postedBy: 'cara' })),
  );
  const [entry] = journalOf('ledger/2027-03/root', [{ bytes: bytes as Uint8Array, format: 'v1' }], () => 'decider');
  expect(entry?.member).toBe('cara');
});

test('what was decided is shown under its name, with the member and the time that the decision names', () => {
  const doc = newDocument();
  const { rates, invitations, members } = openDecisions(doc);
  const updates = updatesOf(doc, () => {
    rates.insert({ id: 'r', from: 'USD', to: 'EUR', rate: '0.91', date: '2027-01-01', source: 'ECB' });
    invitations.insert({ id: 'i', name: 'Vera', grants: [], expires: '2027-04-01', by: 'ines', at: bela.at });
    members.insert({ id: 'vera', name: 'Vera', grants: [], joinedAt: bela.at, removedAt: null });
  });
  const rows = updates.map((bytes) => ({ bytes, format: 'v1' as const }));
  const journal = journalOf('decisions/root', rows, () => 'decider');
  expect(journal.map(({ title, member, at }) => [title, member, at])).toEqual([
    ['USD → EUR', null, null],
    ['Vera', 'ines', bela.at],
    ['Vera', null, bela.at],
  ]);
});

test('what says no time is shown without one', () => {
  const doc = newDocument();
  const [bytes] = updatesOf(doc, () =>
    openLedger(doc).entries.insert(makeEntry(undefined, { id: 'e1', postedBy: 'cara', postedAt: '' })),
  );
  const [entry] = journalOf('ledger/2027-03/root', [{ bytes: bytes as Uint8Array, format: 'v1' }], () => 'decider');
  expect(entry?.at).toBeNull();
});

test('a journal is narrowed by person, kind, record, days and words', () => {
  const journal = journalOf('inbox/anna', inbox().rows, () => null);
  const count = (filter: Partial<typeof EVERYTHING>) =>
    journalFound(journal, { ...EVERYTHING, ...filter }, (entry) => changeText(entry, reference)).length;
  expect(count({})).toBe(4);
  expect(count({ member: 'bela' })).toBe(3);
  expect(count({ kind: 'lines' })).toBe(0);
  expect(count({ record: 'crane' })).toBe(4);
  expect(count({ record: 'other' })).toBe(0);
  expect(count({ until: '2027-03-05' })).toBe(1);
  expect(count({ from: '2027-03-06', until: '2027-03-08' })).toBe(3);
  expect(count({ words: 'cloud CATEGORY' })).toBe(1);
});
