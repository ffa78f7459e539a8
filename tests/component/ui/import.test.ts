import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import FileDrop from '#lib/ui/form/FileDrop.svelte';
import ColumnMapping from '#lib/ui/import/ColumnMapping.svelte';
import type { ImportFate, ImportRow } from '#lib/ui/import/import-parts.ts';
import ImportPreview from '#lib/ui/import/ImportPreview.svelte';
import ReadingQuestion from '#lib/ui/import/ReadingQuestion.svelte';

const row = (line: number, fate: ImportFate): ImportRow => ({
  id: `${line}`,
  line,
  fate,
  date: '01 Nov 2026',
  vendor: 'Zephyr',
  amount: '40.00',
  target: 'Subscriptions',
  why: fate === 'cannot-read' ? 'The amount “12..3” is not a number' : 'same day and amount',
  own: null,
});

test('each column of a file says what it becomes, or that it is left out', async () => {
  const onmap = vi.fn();
  const columns = [
    { at: 0, header: 'Buchungstag', samples: ['03/04/2026'], field: 'date' as const },
    { at: 1, header: 'Ref', samples: ['INV-1'], field: null },
  ];
  const fields = [
    { value: 'date', label: 'Date' },
    { value: 'invoice', label: 'Invoice number' },
  ] as const;
  await render(ColumnMapping, { columns, fields, onmap });
  const ref = page.getByRole('combobox', { name: 'Column Ref becomes' });
  await expect.element(ref).toHaveDisplayValue('Leave out');
  await ref.selectOptions('Invoice number');
  expect(onmap).toHaveBeenLastCalledWith(1, 'invoice');
  await page.getByRole('combobox', { name: 'Column Buchungstag becomes' }).selectOptions('Leave out');
  expect(onmap).toHaveBeenLastCalledWith(0, null);
});

test('a date that can be read two ways is asked for with both readings, and nothing is chosen beforehand', async () => {
  const onvalue = vi.fn();
  const readings = [
    { value: 'dmy', label: 'Day first', makes: ['3 Apr 2026'] },
    { value: 'mdy', label: 'Month first', makes: ['4 Mar 2026'] },
  ];
  const question = "Which comes first in this file's dates?";
  const evidence = 'Every date of this column can be read both ways.';
  await render(ReadingQuestion, { question, evidence, readings, samples: ['03/04/2026'], value: null, onvalue });
  await expect.element(page.getByRole('group', { name: question })).toBeVisible();
  const monthFirst = page.getByRole('radio', { name: /Month first 03\/04\/2026 4 Mar 2026/ });
  await expect.element(monthFirst).not.toBeChecked();
  await page.getByText('4 Mar 2026').click();
  expect(onvalue).toHaveBeenCalledWith('mdy');
});

test('the preview counts the four fates, gives line and reason, and asks about look-alikes', async () => {
  const [ondecide, onmend] = [vi.fn(), vi.fn()];
  const rows = [row(2, 'new'), row(3, 'new'), row(4, 'look-alike'), row(5, 'cannot-read')];
  await render(ImportPreview, { rows, ondecide, onmend });
  await expect.element(page.getByRole('tab', { name: 'New 2' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Look alike 1' }).click();
  await page.getByRole('group', { name: 'Line 4: Zephyr 40.00' }).getByRole('button', { name: 'The same' }).click();
  expect(ondecide).toHaveBeenCalledWith(rows[2], false);
  await page.getByRole('tab', { name: 'Cannot read 1' }).click();
  await expect.element(page.getByText('The amount “12..3” is not a number, line 5')).toBeVisible();
  await page.getByRole('button', { name: 'Mend' }).click();
  expect(onmend).toHaveBeenCalledWith(rows[3]);
  await page.getByRole('tab', { name: 'Already here 0' }).click();
  await expect.element(page.getByText('No row of this file is in the workspace yet.')).toBeVisible();
});

test('a file can be dropped or chosen, and the same file chosen again is told again', async () => {
  const onfiles = vi.fn();
  await render(FileDrop, { label: 'Drop a CSV file, or choose one', accept: '.csv', onfiles });
  const input = page.getByLabelText('Drop a CSV file, or choose one');
  const file = new File(['a,b'], 'bank.csv', { type: 'text/csv' });
  await input.upload(file);
  await input.upload(file);
  expect(onfiles).toHaveBeenCalledTimes(2);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  dataTransfer.items.add(new File(['c'], 'second.csv'));
  document
    .querySelector('label')
    ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  expect(onfiles).toHaveBeenLastCalledWith([expect.objectContaining({ name: 'bank.csv' })]);
});
