/** Two tabs of one browser, one of them frozen: the other goes on, and whoever wakes again knows everything. */
import { expect, test, type Page } from '@playwright/test';
import { bothOnTheBudget, Company } from './support/company.ts';
import { freeze, numbered, onDisk } from './support/device.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import type { PersonInBrowser } from './support/person.ts';
import { photoOf } from './support/photo.ts';
import { pillSays } from './support/pill.ts';
import { shownReportHash } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

let company: Company;
let ana: PersonInBrowser;
let ben: PersonInBrowser;
let a: Page;
let b: Page;

test.beforeAll(async () => {
  company = await Company.open();
  ana = await company.personWithoutServiceWorker();
  ben = await company.person();
  ({ a, b } = await bothOnTheBudget(ana, ben));
});

test.afterAll(() => company.close());

/** Captures an expense with a photo. */
async function capture(page: Page, url: string, description: string, amount: string): Promise<void> {
  await page.goto(`${url}/capture`);
  await page
    .locator('input[capture]')
    .first()
    .setInputFiles(await photoOf(page, description));
  await page.getByLabel('Amount').fill(amount);
  await page.getByLabel('Description').fill(description);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/Saved on this/)).toBeVisible();
}

test('the tab that writes projections and sends receipts is frozen: the other does both, and nothing is there twice', async () => {
  await openBudget(a, ana.url);
  await pillSays(a, 'Synced');
  const other = await ana.tab();
  await openBudget(other, ana.url);
  const before = await numbered(other);
  const thaw = await freeze(a);
  try {
    await typeInto(other, 'IT management', 0, 91_001);
    await expect(cell(b, 'IT management', 0)).toHaveText(written(91_001), { timeout: 5000 });
    await typeInto(b, 'IT management', 1, 91_002);
    await expect(cell(other, 'IT management', 1)).toHaveText(written(91_002), { timeout: 5000 });

    await capture(other, ana.url, 'Badges for visitors', '61.25');
    await other.goto(`${ana.url}/expenses?state=unposted&text=Badges`);
    await expect(other.locator('.expense-row a')).toHaveCount(1, { timeout: 20_000 });
    await other.locator('.expense-row a').click();
    await expect(other.getByText('On the server')).toBeVisible({ timeout: 40_000 });
  } finally {
    thaw();
  }
  await expect(cell(a, 'IT management', 0)).toHaveText(written(91_001), { timeout: 10_000 });
  await expect(cell(a, 'IT management', 1)).toHaveText(written(91_002), { timeout: 10_000 });
  await typeInto(a, 'IT management', 2, 91_003);
  await expect(cell(b, 'IT management', 2)).toHaveText(written(91_003), { timeout: 10_000 });
  await pillSays(a, 'Synced');
  await pillSays(other, 'Synced');
  expect((await onDisk(a)).rows.filter(({ state }) => state !== 'durable')).toEqual([]);
  expect((await numbered(a)) - before).toBe(3);
  await a.goto(`${ana.url}/expenses?state=unposted&text=Badges`);
  await expect(a.locator('.expense-row a')).toHaveCount(1);
  const hashes = [
    await shownReportHash(a, ana.url),
    await shownReportHash(other, ana.url),
    await shownReportHash(b, ben.url),
  ];
  expect(new Set(hashes).size).toBe(1);
});
