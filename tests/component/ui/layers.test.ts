import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import LayerStage from './LayerStage.svelte';

test('a sheet takes the focus, Esc closes it, and the focus goes back to its opener', async () => {
  await render(LayerStage);
  const opener = page.getByRole('button', { name: 'Open sheet' });
  await opener.click();
  const sheet = page.getByRole('dialog', { name: 'New expense' });
  await expect.element(sheet).toBeVisible();
  expect(sheet.element().contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(sheet).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
});

test('a sheet closes by a press outside it, but not by a drag that began inside', async () => {
  await page.viewport(1280, 800);
  await render(LayerStage);
  await page.getByRole('button', { name: 'Open sheet' }).click();
  const sheet = page.getByRole('dialog', { name: 'New expense' });
  await expect.element(sheet).toBeVisible();
  const element = sheet.element();
  element.querySelector('input')?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.element(sheet).toBeVisible();
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.element(sheet).not.toBeInTheDocument();
});

test('Esc closes the topmost layer only: first the list of a combobox, then the sheet around it', async () => {
  await render(LayerStage);
  await page.getByRole('button', { name: 'Open sheet' }).click();
  const vendor = page.getByRole('combobox', { name: 'Vendor' });
  await vendor.click();
  await expect.element(vendor).toHaveAttribute('aria-expanded', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.element(vendor).toHaveAttribute('aria-expanded', 'false');
  await expect.element(page.getByRole('dialog', { name: 'New expense' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog', { name: 'New expense' })).not.toBeInTheDocument();
});

test('a combobox draws fifty rows at most, narrows, chooses by keyboard and creates what is missing', async () => {
  const onpick = vi.fn();
  await render(LayerStage, { onpick });
  await page.getByRole('button', { name: 'Open sheet' }).click();
  const vendor = page.getByRole('combobox', { name: 'Vendor' });
  await vendor.click();
  await expect.element(page.getByRole('option').first()).toBeVisible();
  expect(page.getByRole('option').elements()).toHaveLength(50);
  await expect.element(page.getByText('Showing 50 of 120. Type to narrow the list.')).toBeVisible();

  await vendor.fill('vendor 77');
  await userEvent.keyboard('{Enter}');
  expect(onpick).toHaveBeenLastCalledWith('v77');
  await expect.element(vendor).toHaveValue('Vendor 77');

  await vendor.fill('Contoso');
  await expect.element(page.getByRole('option', { name: 'Create “Contoso”' })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  expect(onpick).toHaveBeenLastCalledWith('new Contoso');

  await vendor.fill('');
  await userEvent.keyboard('{Tab}');
  expect(onpick).toHaveBeenLastCalledWith(null);
});

test('a combobox says which option is active while the focus stays in its input', async () => {
  await render(LayerStage);
  await page.getByRole('button', { name: 'Open sheet' }).click();
  const vendor = page.getByRole('combobox', { name: 'Vendor' });
  await expect.element(vendor).toHaveAccessibleDescription('As on the invoice');
  await vendor.click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  const active = vendor.element().getAttribute('aria-activedescendant') ?? '';
  expect(document.getElementById(active)?.textContent.trim()).toBe('Vendor 2');
  await expect.element(vendor).toHaveFocus();
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
  const last = vendor.element().getAttribute('aria-activedescendant') ?? '';
  expect(document.getElementById(last)?.textContent.trim()).toBe('Vendor 49');
});

test('a menu is walked by arrows and letters, skips what is off, and gives the focus back', async () => {
  const onrun = vi.fn();
  await render(LayerStage, { onrun });
  const button = page.getByRole('button', { name: 'Actions' });
  await button.click();
  await expect.element(page.getByRole('menuitem', { name: 'Copy' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('menuitem', { name: 'Move' })).toHaveFocus();
  await userEvent.keyboard('{Home}m{Enter}');
  expect(onrun).toHaveBeenCalledExactlyOnceWith('move');
  await expect.element(button).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('menuitem', { name: 'Copy' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(button).toHaveFocus();
  expect(onrun).toHaveBeenCalledOnce();
});

test('what cannot be undone is confirmed by typing its name', async () => {
  const onconfirm = vi.fn();
  await render(LayerStage, { onconfirm });
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const go = page.getByRole('button', { name: 'Delete it' });
  await expect.element(go).toBeDisabled();
  await page.getByLabelText('Type “Harbourlight” to go on').fill('Harbourlight');
  await go.click();
  expect(onconfirm).toHaveBeenCalledOnce();
});
