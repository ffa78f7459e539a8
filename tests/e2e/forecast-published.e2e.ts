/** A forecast is published, a month is closed, and the scoreboard says how far off it was; the budget follows by a draft. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { barriers } from './support/axe.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';

let server: ServerProcess;
let person: PersonInBrowser;

test.beforeEach(async () => {
  server = await ServerProcess.start();
  person = await PersonInBrowser.at(server, { width: 1440, height: 1100 });
});

test.afterEach(async () => {
  await person.dispose();
  await server.dispose();
});

/** Closes the earliest month that can be closed. */
async function closeNextMonth(page: Page): Promise<void> {
  await page.goto(`${person.url}/close`);
  const close = page.getByRole('list', { name: 'Periods' }).getByRole('button', { name: /^Close / });
  await close.first().click();
  const sheet = page.getByRole('dialog');
  await sheet
    .getByRole('button', { name: /^Close / })
    .last()
    .click();
  await expect(sheet).toBeHidden({ timeout: 30_000 });
}

async function openForecast(page: Page): Promise<void> {
  await page.goto(`${person.url}/forecast`);
  await expect(page.getByRole('heading', { name: 'Published forecasts' })).toBeVisible({ timeout: 60_000 });
}

test('a published forecast is held against what came, taken apart, and proposed as a draft of the plan', async () => {
  test.setTimeout(180_000);
  const page = await person.tab();
  await exploreSample(page, person.url);
  await closeNextMonth(page);
  await openForecast(page);
  await expect(page.getByText('A forecast that is published is kept as it is.')).toBeVisible();
  await page.getByRole('button', { name: 'Publish this forecast' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('First look');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published “First look” with')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Nothing that was published has come yet.')).toBeVisible();

  await closeNextMonth(page);
  await openForecast(page);
  const scores = page.getByRole('table', { name: 'Scores' });
  await expect(scores.getByRole('row').filter({ hasText: 'First look' })).toContainText('%');
  await page.getByLabel('Scores by').selectOption('horizon');
  await expect(scores.getByRole('row')).toHaveCount(2);
  await expect(scores).toContainText('1 period ahead');
  await expect(page.getByText(/figures that were published have come:\s+off by/)).toBeVisible();
  const changed = page.getByRole('table', { name: 'What changed' });
  await expect(changed.getByRole('row').filter({ hasText: 'All cost' })).toBeVisible({ timeout: 60_000 });
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('button', { name: 'Adjust budget accordingly' }).click();
  const proposed = page.getByRole('table', { name: 'What is proposed' });
  await expect(proposed.getByRole('row').nth(3)).toBeVisible();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Reforecast');
  await page.getByRole('button', { name: 'Make draft' }).click();
  await page.waitForURL(/\/budget\?version=/, { timeout: 30_000 });
  await expect(page.getByText('“Reforecast” is a draft beside the plan')).toBeVisible();
  await expect(page.getByRole('option', { name: 'Reforecast', includeHidden: true })).toHaveCount(1);
});

test('what was published can be taken back', async () => {
  test.setTimeout(120_000);
  const page = await person.tab();
  await exploreSample(page, person.url);
  await openForecast(page);
  await page.getByRole('button', { name: 'Publish this forecast' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Too early');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Take back Too early' }).click({ timeout: 20_000 });
  await expect(page.getByText('A forecast that is published is kept as it is.')).toBeVisible();
});
