import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import ListStage from './ListStage.svelte';

const firstCells = (): (string | undefined)[] =>
  page
    .getByRole('row')
    .elements()
    .slice(1)
    .map((row) => row.querySelector('td')?.textContent.trim());

test('a table sorts by its heads, figures from the largest down, and says which way', async () => {
  await render(ListStage);
  expect(firstCells()).toEqual(['Cloud hosting', 'Network', 'Data centre']);
  await page.getByRole('button', { name: 'Plan' }).click();
  expect(firstCells()).toEqual(['Cloud hosting', 'Network', 'Data centre']);
  await page.getByRole('button', { name: 'Plan' }).click();
  expect(firstCells()).toEqual(['Data centre', 'Network', 'Cloud hosting']);
  await expect.element(page.getByRole('columnheader', { name: 'Plan' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('button', { name: 'Line' }).click();
  expect(firstCells()).toEqual(['Cloud hosting', 'Data centre', 'Network']);
});

test('a row opens by its button, and a press anywhere on the row does the same', async () => {
  const onopen = vi.fn();
  await render(ListStage, { onopen });
  await page.getByRole('button', { name: 'Network' }).click();
  await page.getByRole('cell', { name: '504' }).click({ force: true });
  expect(onopen.mock.calls.map(([line]: { id: string }[]) => line?.id)).toEqual(['n', 'd']);
});

test('a table that fits is no tab stop; rows not loaded are skeletons', async () => {
  await render(ListStage);
  await expect.element(page.getByRole('region', { name: 'Lines' })).not.toHaveAttribute('tabindex');
  await page.getByRole('tab', { name: 'Waiting' }).click();
  await expect.element(page.getByRole('table')).toHaveAttribute('aria-busy', 'true');
  await expect.element(page.getByRole('cell', { name: 'Loading' }).first()).toBeInTheDocument();
});

test('tabs are walked by arrows, with the panel named by its tab', async () => {
  await render(ListStage);
  await page.getByRole('tab', { name: 'Table 3' }).click();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('tab', { name: 'Waiting' })).toHaveFocus();
  await expect.element(page.getByRole('tabpanel', { name: 'Waiting' })).toBeVisible();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await expect.element(page.getByRole('tab', { name: 'Table 3' })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(page.getByRole('tab', { name: 'Long' })).toHaveFocus();
});

test('20,000 rows draw few elements, and any of them can be brought into view', async () => {
  await render(ListStage);
  await page.getByRole('tab', { name: 'Long' }).click();
  await expect.element(page.getByText('Expense 0', { exact: true })).toBeVisible();
  expect(document.querySelectorAll('[role=listitem]').length).toBeLessThan(60);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect.element(page.getByText('Expense 15000', { exact: true })).toBeVisible();
});

test('filters are named, removed and added, and what is left is said', async () => {
  const [onremove, onadd] = [vi.fn(), vi.fn()];
  await render(ListStage, { onremove, onadd });
  await expect.element(page.getByRole('status')).toHaveTextContent('23 of 1,204 expenses');
  await page.getByRole('button', { name: 'Remove filter Month: March' }).click();
  expect(onremove).toHaveBeenCalledWith(expect.objectContaining({ id: 'm' }));
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('menuitem', { name: 'Status: Returned' }).click();
  expect(onadd).toHaveBeenCalledWith(expect.objectContaining({ id: 's' }));
});
