import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import { ExpenseList, type ListedExpense } from '#lib/app/expense-list.svelte.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

/** A ledger of numbered rows that answers as the projections do; it can be changed, and slow. */
class Ledger {
  rows: readonly string[];
  asked = 0;
  delayMs = 0;

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, at) => `row${at}`);
  }

  readonly list = async ({ filter, offset, limit }: Parameters<ExpenseListReader['list']>[0]) => {
    this.asked += 1;
    const delayMs = this.delayMs;
    const found = this.rows.filter((id) => filter.text === undefined || id.includes(filter.text));
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const totals = { cost: 0, revenue: 0, rows: found.length, unconverted: 0, isExact: true };
    return { ids: found.slice(offset, offset + limit), totals };
  };

  readonly rowsByIds = (ids: readonly string[]) => Promise.resolve(ids.map(listed));
}

type ExpenseListReader = ConstructorParameters<typeof ExpenseList>[0];

function listed(id: string): ListedExpense {
  return {
    id,
    document: 'inbox/ann',
    state: 'unposted',
    expense: makeExpense({ id }),
    entry: null,
    period: '',
    baseAmount: 0,
    returnedReason: null,
    nextGeneration: 1,
    takenBackBy: null,
    isChangedAfterPosting: false,
  };
}

const all = { filter: {}, sort: { by: 'date', descending: true } } as const;
const only = (text: string) => ({ ...all, filter: { text } });

test('only what is looked at is asked for, however long the list is', async () => {
  const ledger = new Ledger(100_000);
  const list = new ExpenseList(ledger);
  list.ask(all);
  await vi.waitFor(() => expect(list.totals?.rows).toBe(100_000));
  expect(list.at(0)?.id).toBe('row0');
  expect(list.at(90_000)).toBeUndefined();
  await vi.waitFor(() => expect(list.at(90_000)?.id).toBe('row90000'));
  expect(ledger.asked).toBe(2);
  expect(list.indexOf('row90001')).toBe(90_001);
  expect(await list.idsBetween(70_000, 70_001)).toEqual(['row70000', 'row70001']);
});

test('the answer to an older question is dropped', async () => {
  const ledger = new Ledger(200);
  const list = new ExpenseList(ledger);
  ledger.delayMs = 80;
  list.ask(only('row1'));
  ledger.delayMs = 5;
  list.ask(only('row19'));
  await vi.waitFor(() => expect(list.totals?.rows).toBe(11));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(list.totals?.rows).toBe(11);
  expect(list.at(0)?.id).toBe('row19');
});

test('rows that are shown stay until newer ones are here, then they are replaced', async () => {
  const ledger = new Ledger(200);
  const list = new ExpenseList(ledger);
  list.ask(all);
  await vi.waitFor(() => expect(list.at(0)?.id).toBe('row0'));
  ledger.rows = ['new', ...ledger.rows];
  ledger.delayMs = 40;
  list.ask(all);
  expect(list.at(0)?.id).toBe('row0');
  await vi.waitFor(() => expect(list.at(0)?.id).toBe('new'));
  flushSync();
  expect(list.totals?.rows).toBe(201);
});

test('a question that cannot be answered says so, and the next one starts afresh', async () => {
  const ledger = new Ledger(3);
  const list = new ExpenseList({
    rowsByIds: ledger.rowsByIds,
    list: (query) => (query.filter.text === 'broken' ? Promise.reject(new Error('gone')) : ledger.list(query)),
  });
  list.ask(only('broken'));
  await vi.waitFor(() => expect(list.failed).toBeInstanceOf(Error));
  list.ask(all);
  await vi.waitFor(() => expect(list.totals?.rows).toBe(3));
  expect(list.failed).toBeUndefined();
});
