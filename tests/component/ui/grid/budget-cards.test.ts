import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { EditBatch } from '#lib/ui/grid/sheet.ts';
import { makeSheet, type TestSheet } from '#tests/support/budget-sheet.ts';
import CardsStage from './CardsStage.svelte';

const card = page.getByRole('button', { name: /^Infrastructure/ });
const amount = page.getByRole('button', { name: 'Cloud hosting, February 2027, 1,001, edit' });
let sheet: TestSheet;
let batches: EditBatch[];

beforeEach(async () => {
  await page.viewport(390, 844);
  sheet = makeSheet(16);
  batches = [];
});

async function open(props: Record<string, unknown> = {}): Promise<void> {
  await render(CardsStage, { sheet, onbatch: (batch: EditBatch) => batches.push(batch), ...props });
  await expect.element(card).toBeVisible();
}

describe('cards of a month', () => {
  test('each group says its plan, what was spent and what is left', async () => {
    await open();
    await expect.element(card).toMatchTextContent(/Plan 3,002\s+Spent 2,252\s+Left 751/);
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect.element(card).toMatchTextContent(/Plan 3,004/);
    await page.getByRole('combobox', { name: 'Month' }).selectOptions('2027-12');
    await expect.element(page.getByRole('button', { name: 'Next month' })).toBeDisabled();
  });

  test('a tap opens the lines, a tap on an amount edits it', async () => {
    await open();
    await card.click();
    await amount.click();
    const field = page.getByRole('textbox', { name: 'Cloud hosting, February 2027' });
    await expect.element(field).toHaveAttribute('inputmode', 'decimal');
    await field.fill('250');
    await userEvent.keyboard('{Enter}');
    expect(batches.map(({ label, edits }) => [label, ...edits])).toEqual([
      ['Edit Cloud hosting, Feb 27', { line: 'l0', column: '2027-02', minor: 250_00 }],
    ]);
    await expect.element(card).toMatchTextContent(/Plan 2,251/);
  });

  test('what cannot be read stays with a sentence', async () => {
    await open();
    await card.click();
    await amount.click();
    const field = page.getByRole('textbox', { name: 'Cloud hosting, February 2027' });
    await field.fill('12x');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toMatchTextContent('This is not an amount. Type digits.');
    await expect.element(field).toHaveValue('12x');
    expect(batches).toEqual([]);
  });

  test('a closed month and a page that only shows offer nothing to edit', async () => {
    sheet = { ...sheet, columns: sheet.columns.map((column, at) => (at === 1 ? { ...column, closed: true } : column)) };
    await open();
    await card.click();
    await expect.element(page.getByText(', February 2027 is closed.').first()).toBeInTheDocument();
    expect(amount.query()).toBeNull();
  });

  test('what was spent is a dash while it is not known, never a zero', async () => {
    await open({ spent: undefined });
    await expect.element(card).toMatchTextContent(/Spent –\s+Left –/);
  });
});
