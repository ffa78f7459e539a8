import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/ui/styles/app.css';
import type { PlanActualPoint } from '#lib/ui/chart/plan-actual.ts';
import PlanActualChart from '#lib/ui/chart/PlanActualChart.svelte';

const points: readonly PlanActualPoint[] = [
  { key: '2027-01', label: 'Jan', name: 'January 2027', plan: 56_100_000, actual: 54_800_000 },
  { key: '2027-02', label: 'Feb', name: 'February 2027', plan: 56_690_000, actual: 61_000_000 },
  { key: '2027-03', label: 'Mar', name: 'March 2027', plan: 61_230_000, actual: 12_000_000, open: true },
  { key: '2027-04', label: 'Apr', name: 'April 2027', plan: 60_440_000, actual: null },
];

test('every period is a button that says its figures and opens its rows', async () => {
  const ondrill = vi.fn();
  await render(PlanActualChart, { title: 'Plan and actual', points, currency: 'EUR', ondrill });
  const february = page.getByRole('button', {
    name: /^February 2027: actual .*610,000\.00.* over plan, unfavourable$/,
  });
  await february.click();
  expect(ondrill).toHaveBeenCalledWith(points[1]);
  await expect.element(page.getByRole('button', { name: /^April 2027: actual none yet/ })).toBeVisible();
});

test('arrows move from period to period, with one tab stop for all, and the head reads the one under the focus', async () => {
  const ondrill = vi.fn();
  await render(PlanActualChart, { title: 'Plan and actual', points, currency: 'EUR', ondrill });
  await expect.element(page.getByText('To February 2027')).toBeVisible();
  const chart = page.getByRole('toolbar', { name: 'Plan and actual, periods' });
  await expect.element(chart).toBeVisible();
  const buttons = chart.element().querySelectorAll('button');
  expect([...buttons].map((button) => button.tabIndex)).toEqual([0, -1, -1, -1]);
  buttons[0]?.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(document.activeElement).toBe(buttons[2]);
  await expect.element(page.getByText('March 2027, so far')).toBeVisible();
  await userEvent.keyboard('{End}{Enter}');
  expect(ondrill).toHaveBeenCalledWith(points[3]);
});

test('the same figures stand in a table, where actuals drill', async () => {
  const ondrill = vi.fn();
  await render(PlanActualChart, { title: 'Plan and actual', points, currency: 'EUR', ondrill });
  await page.getByText('Table', { exact: true }).click();
  await expect.element(page.getByRole('table', { name: 'Plan and actual, EUR' })).toBeVisible();
  await page.getByRole('button', { name: /548,000\.00, January 2027: show rows/ }).click();
  expect(ondrill).toHaveBeenCalledWith(points[0]);
});

test('before the figures are loaded there are skeletons, and no zero anywhere', async () => {
  await render(PlanActualChart, {
    title: 'Plan and actual',
    points: undefined,
    currency: 'EUR',
    ondrill: () => undefined,
  });
  await expect.element(page.getByText('Loading').first()).toBeInTheDocument();
  expect(document.body.textContent).not.toContain('0.00');
});
