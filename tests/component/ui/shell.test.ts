import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import html from '../../../src/app.html?raw';
import '#lib/ui/styles/app.css';
import ShellStage from './ShellStage.svelte';

const boxOf = (selector: string): { left: number; top: number; width: number; height: number } => {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`nothing at ${selector}`);
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
};

test('the page on show is marked, and the skip link leads to it', async () => {
  await page.viewport(1440, 900);
  await render(ShellStage);
  await expect.element(page.getByRole('link', { name: 'Budget' }).first()).toHaveAttribute('aria-current', 'page');
  await expect.element(page.getByRole('link', { name: 'Expenses 23 waiting' })).toBeVisible();
  await userEvent.keyboard('{Tab}');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect.element(skip).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(document.activeElement?.id).toBe('main');
  location.hash = '';
});

test.each([320, 390, 719, 720, 900, 1440, 2560])(
  'at %i px nothing scrolls sideways and the pill is in view',
  async (width) => {
    await page.viewport(width, 800);
    await render(ShellStage, { status: { kind: 'unreachable', pending: 2, retryAt: 20_000 }, now: () => 0 });
    const pill = page.getByRole('button', { name: "Can't reach server, trying again in 20 s" });
    await expect.element(pill).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const { left, width: wide } = pill.element().getBoundingClientRect();
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + wide).toBeLessThanOrEqual(width);
  },
);

test('the frame of the first paint stands exactly where the shell will, so nothing shifts', async () => {
  for (const [width, collapsed] of [
    [1440, false],
    [1440, true],
    [390, false],
  ] as const) {
    await page.viewport(width, 800);
    const root = document.documentElement;
    if (collapsed) root.dataset['rail'] = 'collapsed';
    const screen = await render(ShellStage, { collapsed });
    const frame = new DOMParser().parseFromString(html, 'text/html');
    const style = document.head.appendChild(frame.querySelector('style') ?? new HTMLElement());
    const first = document.body.appendChild(frame.querySelector<HTMLElement>('#frame') ?? new HTMLElement());
    expect(getComputedStyle(first).display).toBe('none');
    first.style.display = 'grid';
    if (width > 720) expect(boxOf('.f-rail')).toEqual(boxOf('nav.rail'));
    else expect(boxOf('.f-foot')).toEqual(boxOf('nav.bottom'));
    expect(boxOf('.f-bar')).toEqual(boxOf('header.bar'));
    first.remove();
    style.remove();
    delete root.dataset['rail'];
    await screen.unmount();
  }
});

test('the rail narrows and keeps the names of its pages for screen readers', async () => {
  await page.viewport(1440, 900);
  const oncollapse = vi.fn();
  const screen = await render(ShellStage, { oncollapse });
  await page.getByRole('button', { name: 'Narrow navigation' }).click();
  expect(oncollapse).toHaveBeenCalledWith(true);
  await screen.rerender({ collapsed: true });
  await expect.element(page.getByRole('link', { name: 'Import' })).toBeVisible();
  expect(boxOf('nav.rail').width).toBe(56);
});

test('on a phone the bottom bar has five places, and More opens the rest', async () => {
  await page.viewport(390, 800);
  const onjump = vi.fn();
  await render(ShellStage, { onjump });
  const bar = page.getByRole('navigation', { name: 'Main' });
  const names = bar.element().querySelectorAll('.tab');
  expect([...names].map((tab) => /[A-Z]\w+/.exec(tab.textContent)?.[0])).toEqual([
    'Home',
    'Budget',
    'Capture',
    'Inbox',
    'More',
  ]);
  for (const tab of names) expect(tab.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  await page.getByRole('button', { name: 'More' }).click();
  await expect.element(page.getByRole('dialog', { name: 'More' })).toBeVisible();
  await page.getByRole('button', { name: /Ana Duarte/ }).click();
  expect(onjump).toHaveBeenCalledOnce();
  await expect.element(page.getByRole('button', { name: 'More' })).toHaveFocus();
});

test('the pill opens its details, counts down, and its action reaches the owner', async () => {
  await page.viewport(1440, 900);
  let now = 0;
  const onaction = vi.fn();
  await render(ShellStage, { status: { kind: 'unreachable', pending: 2, retryAt: 20_000 }, onaction, now: () => now });
  now = 5000;
  await expect.element(page.getByText("Can't reach server, trying again in 15 s").first()).toBeVisible();
  await page.getByRole('button', { name: /Can't reach server/ }).click();
  const details = page.getByRole('dialog', { name: 'Sync details' });
  await expect.element(details.getByText('2 changes on this device wait to be sent.')).toBeVisible();
  await details.getByRole('button', { name: 'Try now' }).click();
  expect(onaction).toHaveBeenCalledWith('try-now');
  await expect.element(details).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: /Can't reach server/ })).toHaveFocus();
});

test('people here can be jumped to', async () => {
  await page.viewport(1440, 900);
  const onjump = vi.fn();
  await render(ShellStage, { onjump });
  await page.getByRole('button', { name: '1 other person here' }).click();
  await page.getByRole('button', { name: /Ana Duarte Budget, Cloud hosting/ }).click();
  expect(onjump).toHaveBeenCalledWith(expect.objectContaining({ id: 'ana' }));
});
