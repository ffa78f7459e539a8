/** The budget grid as a test uses it: by the names of its lines and the numbers of its months. */
import { expect, type Locator, type Page } from '@playwright/test';

export async function openBudget(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/budget`);
  await expect(cell(page, 'IT management', 0)).toBeVisible({ timeout: 20_000 });
}

/** `month` counts from 0. */
export function cell(page: Page, line: string, month: number): Locator {
  const name = page.getByRole('rowheader').filter({ hasText: new RegExp(`^${line}`) });
  const row = page.getByRole('row').filter({ has: name });
  return row.locator(`[aria-colindex="${month + 2}"]`);
}

/** Clicks a cell, types over it and keeps it with Enter. */
export async function typeInto(page: Page, line: string, month: number, figure: number): Promise<void> {
  await cell(page, line, month).click();
  await page.keyboard.type(String(figure));
  await page.keyboard.press('Enter');
}

/** How the grid writes a whole figure in English. */
export function written(figure: number): string {
  return figure.toLocaleString('en-US');
}
