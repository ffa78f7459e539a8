/** Rows of the list with only what a test is about. */
import type { ListedExpense } from '#lib/app/expense-list.svelte.ts';
import type { Reference } from '#lib/app/reference.ts';
import { reversalOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

export function captured(
  fields: Parameters<typeof makeExpense>[0] = {},
  row: Partial<ListedExpense> = {},
): ListedExpense {
  const expense = makeExpense(fields);
  return {
    id: expense.id,
    document: 'inbox/ann',
    state: 'unposted',
    expense,
    entry: null,
    period: '2027-03',
    baseAmount: expense.amount,
    returnedReason: null,
    nextGeneration: 1,
    takenBackBy: null,
    isChangedAfterPosting: false,
    ...row,
  };
}

/** A ledger entry as a row; `terms` as in `makeEntry`. */
export function posted(
  fields: Parameters<typeof makeExpense>[0] = {},
  terms: Parameters<typeof makeEntry>[1] = {},
  row: Partial<ListedExpense> = {},
): ListedExpense {
  return entryRow(makeEntry(makeExpense(fields), terms), row);
}

/** The row that takes another one's entry back. */
export function takenBack(by: ListedExpense, terms: Parameters<typeof reversalOf>[1]): ListedExpense {
  if (by.entry === null) throw new Error('Only an entry is taken back');
  return entryRow(reversalOf(by.entry, terms));
}

function entryRow(entry: LedgerEntry, row: Partial<ListedExpense> = {}): ListedExpense {
  return {
    id: `${entry.expenseId}/${entry.id}`,
    document: `ledger/${entry.period}/root`,
    state: 'posted',
    expense: null,
    entry,
    period: entry.period,
    baseAmount: entry.baseAmount,
    returnedReason: null,
    nextGeneration: entry.generation + 1,
    takenBackBy: null,
    isChangedAfterPosting: false,
    ...row,
  };
}

export const reference: Reference = {
  name: 'Harbourlight',
  baseCurrency: 'EUR',
  calendar: { pattern: 'months', startMonth: 1, namedBy: 'start' },
  founder: 'ann',
  locale: 'en-GB',
  retention: { records: 10, audit: 10 },
  departments: [
    {
      id: 'root',
      versions: [{ from: null, name: 'Harbourlight', code: '', parentId: null, managerId: null }],
      closedFrom: null,
      area: true,
    },
  ],
  categories: [
    { id: 'software', name: 'Software', parentId: null, kind: 'software', nature: 'cost', order: 1 },
    { id: 'saas', name: 'Subscriptions', parentId: 'software', kind: 'software', nature: 'cost', order: 1 },
    { id: 'cloud', name: 'Cloud', parentId: null, kind: 'cloud', nature: 'cost', order: 2 },
  ],
  vendors: [{ id: 'acme', name: 'Acme', aliases: [], note: '' }],
  projects: [],
  objectives: [],
  versions: [],
  people: [],
  rates: [],
  members: [],
  invitations: [],
  delegations: [],
  closed: [],
};
