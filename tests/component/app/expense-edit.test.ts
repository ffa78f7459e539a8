import { expect, test } from 'vitest';
import type { ExpenseFields } from '#lib/app/commands/expenses.ts';
import { ExpenseEdit } from '#lib/app/expense-edit.svelte.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

interface Written {
  readonly fields: ExpenseFields;
  readonly before: Expense;
}

function edited(expense = makeExpense({ description: 'old' })): { edit: ExpenseEdit; written: Written[] } {
  const written: Written[] = [];
  const edit = new ExpenseEdit(expense, (fields, before) => Promise.resolve(written.push({ fields, before })));
  return { edit, written };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('what is typed shows at once and is kept when the typing pauses, as one change', async () => {
  const { edit, written } = edited();
  edit.say({ description: 'n' });
  edit.say({ description: 'ne' });
  edit.say({ description: 'new' });
  expect(edit.expense.description).toBe('new');
  expect(written).toEqual([]);
  await pause(400);
  expect(written.map(({ fields }) => fields)).toEqual([{ description: 'new' }]);
  expect(written[0]?.before.description).toBe('old');
});

test('leaving keeps what was said a moment before', async () => {
  const { edit, written } = edited();
  edit.say({ description: 'new' });
  await edit.flush();
  await edit.flush();
  expect(written).toHaveLength(1);
});

test('what somebody else changes meanwhile is taken over, and what is being typed stays', async () => {
  const { edit, written } = edited(makeExpense({ description: 'old', invoiceNumber: '1' }));
  edit.say({ description: 'mine' });
  edit.learn(makeExpense({ description: 'old', invoiceNumber: '2' }));
  expect(edit.expense).toMatchObject({ description: 'mine', invoiceNumber: '2' });
  await edit.flush();
  expect(written.map(({ fields }) => fields)).toEqual([{ description: 'mine' }]);
});

test('typing back what stood there before is kept, too, though the first change has not arrived yet', async () => {
  const { edit, written } = edited();
  edit.say({ description: 'new' }, { at: 'once' });
  edit.learn(makeExpense({ description: 'old' }));
  edit.say({ description: 'old' }, { at: 'once' });
  await edit.flush();
  expect(written.map(({ fields }) => fields)).toEqual([{ description: 'new' }, { description: 'old' }]);
  expect(edit.expense.description).toBe('old');
});

test('saying what stands there already writes nothing', async () => {
  const { edit, written } = edited();
  edit.say({ description: 'old' }, { at: 'once' });
  await edit.flush();
  expect(written).toEqual([]);
});
