import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import { variance } from '#lib/domain/budget/variance.ts';
import { money } from '#lib/domain/money/money.ts';
import { DEFAULT_CATEGORIES } from '#lib/domain/organisation/default-categories.ts';
import VarianceBars from '#lib/ui/chart/VarianceBars.svelte';
import ConflictChip from '#lib/ui/conflict/ConflictChip.svelte';
import EmptyState from '#lib/ui/feedback/EmptyState.svelte';
import ErrorNote from '#lib/ui/feedback/ErrorNote.svelte';
import Money from '#lib/ui/figure/Money.svelte';
import Sparkline from '#lib/ui/figure/Sparkline.svelte';
import VarianceFigure from '#lib/ui/figure/VarianceFigure.svelte';
import CategoryPicker from '#lib/ui/form/CategoryPicker.svelte';
import DateInput from '#lib/ui/form/DateInput.svelte';
import Plus from '@lucide/svelte/icons/plus';
import ReceiptThumb from '#lib/ui/receipt/ReceiptThumb.svelte';

const ana = { who: 'Ana', mine: false, text: '12,400.00' };
const you = { who: 'You', mine: true, text: '11,900.00' };

test('a conflict shows both values and who gave them, and offers Keep and Use mine', async () => {
  const [onkeep, onuse] = [vi.fn(), vi.fn()];
  await render(ConflictChip, { of: 'Cloud hosting, March 2027', shown: ana, other: you, onkeep, onuse });
  const chip = page.getByRole('button', {
    name: 'Two values for Cloud hosting, March 2027: Ana 12,400.00 / You 11,900.00. Review.',
  });
  await chip.click();
  const layer = page.getByRole('dialog', { name: 'Two values for Cloud hosting, March 2027' });
  await expect.element(layer.getByText('12,400.00')).toBeVisible();
  await expect.element(layer.getByText('11,900.00')).toBeVisible();
  await layer.getByRole('button', { name: 'Use mine' }).click();
  expect([onkeep.mock.calls.length, onuse.mock.calls.length]).toEqual([0, 1]);
  await expect.element(chip).toHaveFocus();
});

test('when the kept value is another person’s, the button names them', async () => {
  const onuse = vi.fn();
  await render(ConflictChip, { of: 'Network', shown: you, other: ana, wide: true, onkeep: vi.fn(), onuse });
  await page.getByRole('group', { name: 'Two values for Network' }).getByRole('button', { name: 'Use Ana’s' }).click();
  expect(onuse).toHaveBeenCalledOnce();
});

test('an amount that is not loaded is a skeleton, one that does not exist a dash, and neither is a zero', async () => {
  const { container, rerender } = await render(Money, { amount: undefined });
  expect(container.textContent).toContain('Loading');
  await rerender({ amount: null });
  expect(container.textContent).toContain('–');
  await rerender({ amount: money(0, 'EUR') });
  expect(container.textContent).toContain('0.00');
});

test('a figure with rows behind it is a button that says the whole amount', async () => {
  const ondrill = vi.fn();
  const amount = money(712_000_000, 'EUR');
  await render(Money, { amount, precision: 'compact', ondrill, of: 'Cloud, March' });
  await page.getByRole('button', { name: /7,120,000\.00, Cloud, March: show rows$/ }).click();
  expect(ondrill).toHaveBeenCalledOnce();
});

test('a variance is said in words and by an arrow, never by colour alone', async () => {
  const over = variance(money(100_00, 'EUR'), money(120_00, 'EUR'), 'cost');
  const { container } = await render(VarianceFigure, { variance: over });
  expect(container.textContent).toContain('▲');
  expect(container.textContent).toMatch(/\+20\.00/);
  expect(container.textContent).toMatch(/over plan, unfavourable/);
});

test('a variance bar opens its category', async () => {
  const ondrill = vi.fn();
  const rows = [{ id: 'cloud', label: 'Cloud', plan: 100_00, actual: 130_00, nature: 'cost' as const }];
  await render(VarianceBars, { label: 'Variance by category', rows, currency: 'EUR', ondrill });
  await page.getByRole('button', { name: /^Cloud/ }).click();
  expect(ondrill).toHaveBeenCalledWith(rows[0]);
});

test('a category is found by its name or by the names above it', async () => {
  const onvalue = vi.fn();
  await render(CategoryPicker, { categories: DEFAULT_CATEGORIES, onvalue });
  const picker = page.getByRole('combobox', { name: 'Category' });
  await picker.fill('outside cloud');
  await expect.element(page.getByRole('option', { name: /^Cloud/ })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  const cloud = DEFAULT_CATEGORIES.find((category) => category.name === 'Cloud');
  expect(onvalue).toHaveBeenCalledWith(cloud?.id);
});

test('a date is ISO text, or null when it is taken away', async () => {
  const onvalue = vi.fn();
  await render(DateInput, { value: '2026-11-14', onvalue, 'aria-label': 'Date' });
  await page.getByLabelText('Date').fill('2026-12-24');
  expect(onvalue).toHaveBeenLastCalledWith('2026-12-24');
  await page.getByLabelText('Date').fill('');
  expect(onvalue).toHaveBeenLastCalledWith(null);
});

test('an empty list says one sentence, offers one action and one link', async () => {
  const run = vi.fn();
  await render(EmptyState, {
    icon: Plus,
    sentence: 'Expenses you capture stand here until they are posted.',
    action: { label: 'Add expense', run },
    link: { label: 'How posting works', href: '/learn/posting' },
  });
  await page.getByRole('button', { name: 'Add expense' }).click();
  expect(run).toHaveBeenCalledOnce();
  await expect.element(page.getByRole('link', { name: 'How posting works' })).toBeVisible();
});

test('an error is an alert that says what is safe; a warning does not interrupt', async () => {
  const { rerender } = await render(ErrorNote, { title: 'Two rows could not be read.', detail: 'Nothing was lost.' });
  await expect.element(page.getByRole('alert')).toBeVisible();
  await rerender({ tone: 'warning' });
  await expect.element(page.getByRole('note')).toBeVisible();
});

test('a receipt opens and is removed by two buttons with names of their own', async () => {
  const [onopen, onremove] = [vi.fn(), vi.fn()];
  await render(ReceiptThumb, { src: null, label: 'invoice.pdf', onopen, onremove });
  await page.getByRole('button', { name: 'Open invoice.pdf' }).click();
  await page.getByRole('button', { name: 'Remove invoice.pdf' }).click();
  expect([onopen.mock.calls.length, onremove.mock.calls.length]).toEqual([1, 1]);
});

test('a sparkline says in words what it shows, or is decoration', async () => {
  const { container, rerender } = await render(Sparkline, { values: [3, 4, null, 9], plan: [3, 3, 3, 3] });
  expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  await rerender({ label: 'Rising from 3 to 9' });
  await expect.element(page.getByRole('img', { name: 'Rising from 3 to 9' })).toBeVisible();
});
