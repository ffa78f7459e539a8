import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import SegmentedControl from '#lib/ui/form/SegmentedControl.svelte';
import FormStage from './FormStage.svelte';

const field = () => page.getByLabelText('Amount');

test.each([
  ['1.234,56', 'EUR', 123_456, '= EUR 1,234.56'],
  ['1 234,56', 'EUR', 123_456, '= EUR 1,234.56'],
  ['(1,200)', 'EUR', -120_000, '= −EUR 1,200.00'],
  ['12k', 'EUR', 1_200_000, '= EUR 12,000.00'],
  ['=12*450', 'JPY', 5400, '= JPY 5,400'],
])('an amount field reads %s in %s and echoes what it read', async (text, currency, minor, echo) => {
  const onvalue = vi.fn();
  await render(FormStage, { currency, onvalue });
  await field().fill(text);
  await expect.element(page.getByText(echo)).toBeVisible();
  expect(onvalue).toHaveBeenLastCalledWith({ minor, currency }, null);
  await expect.element(field()).toHaveValue(text);
});

test('what cannot be read is said in a sentence, and the text stays to be mended', async () => {
  const onvalue = vi.fn();
  await render(FormStage, { onvalue });
  await field().fill('twelve');
  await expect.element(page.getByText('This does not read as an amount.', { exact: false })).toBeVisible();
  await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
  await expect.element(field()).toHaveAccessibleDescription(/does not read as an amount/);
  await expect.element(field()).toHaveValue('twelve');
  expect(onvalue).toHaveBeenLastCalledWith(null, expect.objectContaining({ kind: 'not-a-number' }));
  await field().fill('');
  await expect.element(field()).not.toHaveAttribute('aria-invalid');
  expect(onvalue).toHaveBeenLastCalledWith(null, null);
});

test('a value set from outside replaces what was typed; the same value leaves the typing alone', async () => {
  await render(FormStage, { value: { minor: 123_450, currency: 'EUR' } });
  await expect.element(field()).toHaveValue('1234.50');
  await field().fill('5');
  await page.getByRole('button', { name: 'Set five' }).click();
  await expect.element(field()).toHaveValue('5');
  await field().fill('6');
  await page.getByRole('button', { name: 'Set five' }).click();
  await expect.element(field()).toHaveValue('5.00');
});

test('a field ties its label and its error to the control', async () => {
  await render(FormStage, { error: 'Type an amount to post this expense.' });
  await expect.element(field()).toHaveAccessibleDescription(/Type an amount to post this expense\./);
  await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
});

test('a segmented control is one group of radios that arrows move through', async () => {
  const onvalue = vi.fn();
  const options = [
    { value: 'plan', label: 'Plan' },
    { value: 'actual', label: 'Actual' },
  ] as const;
  await render(SegmentedControl, { label: 'Mode', options, value: 'plan', onvalue });
  await expect.element(page.getByRole('radiogroup', { name: 'Mode' })).toBeVisible();
  await userEvent.keyboard('{Tab}{ArrowRight}');
  expect(onvalue).toHaveBeenCalledWith('actual');
  await expect.element(page.getByRole('radio', { name: 'Actual' })).toBeChecked();
});
