import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import CommandPalette from '#lib/ui/command/CommandPalette.svelte';
import KeyboardHelp from '#lib/ui/command/KeyboardHelp.svelte';
import { keyTable } from '#lib/ui/command/key-table.ts';

const many = (run: (id: string) => void) =>
  Array.from({ length: 3000 }, (_, at) => ({
    id: `${at}`,
    label: at === 2999 ? 'Cloud hosting' : `Vendor ${at}`,
    kind: at === 2999 ? 'Line' : 'Vendor',
    run: () => run(`${at}`),
  }));

test('the palette finds one of 3,000 by its first letters and runs it by Enter', async () => {
  const [run, onclose] = [vi.fn(), vi.fn()];
  await render(CommandPalette, { open: true, commands: many(run), onclose });
  const input = page.getByRole('combobox', { name: 'Find a page, a vendor, a line or a command' });
  await expect.element(input).toHaveFocus();
  expect(page.getByRole('option').elements()).toHaveLength(50);
  await userEvent.keyboard('clou');
  await expect.element(page.getByRole('option', { name: /^Cloud hosting/ })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  expect(run).toHaveBeenCalledExactlyOnceWith('2999');
  expect(onclose).toHaveBeenCalledOnce();
});

test('arrows walk the list, what a search adds is ranked with the rest', async () => {
  const run = vi.fn();
  const find = (text: string) => [
    { id: 'found', label: `Expense ${text}`, kind: 'Expense', run: () => void run('found') },
  ];
  await render(CommandPalette, { open: true, commands: many(run).slice(0, 3), find, onclose: vi.fn() });
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(run).toHaveBeenLastCalledWith('2');
  await userEvent.keyboard('299.48');
  await expect.element(page.getByRole('option', { name: /Expense 299\.48/ })).toBeVisible();
});

test('a palette that finds nothing says so', async () => {
  await render(CommandPalette, { open: true, commands: [], onclose: vi.fn() });
  await userEvent.keyboard('zzz');
  await expect.element(page.getByText('Nothing fits. Try fewer letters.')).toBeVisible();
});

test('the help lists every key of the table, and letters can be switched off there', async () => {
  const onletters = vi.fn();
  await render(KeyboardHelp, { open: true, mac: false, letters: true, onletters, onclose: vi.fn() });
  for (const scope of keyTable) await expect.element(page.getByRole('heading', { name: scope.label })).toBeVisible();
  const lines = keyTable.flatMap((scope) => scope.lines);
  expect(page.getByRole('dialog').element().querySelectorAll('dt')).toHaveLength(lines.length);
  await page.getByRole('checkbox', { name: 'Single letters work as commands' }).click();
  expect(onletters).toHaveBeenCalledWith(false);
});
