/** What the app says about the line to its server. */
import { expect, type Locator, type Page } from '@playwright/test';

/** The button that says how the line stands. */
function pill(page: Page): Locator {
  return page.locator('button.pill');
}

export async function pillSays(page: Page, words: string | RegExp): Promise<void> {
  await expect(pill(page)).toHaveAccessibleName(words, { timeout: 20_000 });
}

/** The sentences behind the pill. */
export async function pillDetails(page: Page): Promise<string> {
  await pill(page).click();
  const details = await page.locator('.details').innerText();
  await page.keyboard.press('Escape');
  return details;
}
