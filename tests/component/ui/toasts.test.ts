import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import ToastStack from '#lib/ui/feedback/Toasts.svelte';
import { Toasts } from '#lib/ui/feedback/toasts.svelte.ts';

test('a toast is a status, says what was done, and takes it back', async () => {
  const toasts = new Toasts();
  await render(ToastStack, { toasts });
  const undo = vi.fn();
  toasts.show({ text: 'Deleted 3 expenses.', undo });
  await expect.element(page.getByRole('status').getByText('Deleted 3 expenses.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(undo).toHaveBeenCalledOnce();
  expect(toasts.list).toEqual([]);
});

test('three stand at a time, the newest last, and each goes after ten seconds', () => {
  const toasts = new Toasts();
  for (const text of ['one', 'two', 'three', 'four']) toasts.show({ text });
  expect(toasts.list.map((toast) => toast.text)).toEqual(['two', 'three', 'four']);
  toasts.tick(9000);
  toasts.show({ text: 'five' });
  toasts.tick(1000);
  expect(toasts.list.map((toast) => toast.text)).toEqual(['five']);
});

test('time stands still while the stack is pointed at or focused', async () => {
  // The pointer of an earlier test may rest where the stack appears.
  await userEvent.hover(document.documentElement, { position: { x: 1, y: 1 } });
  vi.useFakeTimers();
  try {
    const toasts = new Toasts();
    await render(ToastStack, { toasts });
    toasts.show({ text: 'Posted.', undo: () => undefined });
    await vi.advanceTimersByTimeAsync(500);
    const stack = page.getByRole('status').element();
    stack.dispatchEvent(new PointerEvent('pointerenter'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(toasts.list).toHaveLength(1);
    stack.dispatchEvent(new PointerEvent('pointerleave'));
    stack.querySelector('button')?.focus();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(toasts.list).toHaveLength(1);
    stack.querySelector('button')?.blur();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(toasts.list).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('dismissing by keyboard leaves nothing held', async () => {
  const toasts = new Toasts();
  await render(ToastStack, { toasts });
  toasts.show({ text: 'Saved.' });
  await expect.element(page.getByText('Saved.')).toBeVisible();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  expect(toasts.list).toEqual([]);
});
