/** J7: scenarios over the plan, compared, weighed and discarded. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { barriers } from './support/axe.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';

let server: ServerProcess;
let carla: PersonInBrowser;
let page: Page;

test.beforeEach(async () => {
  server = await ServerProcess.start();
  carla = await PersonInBrowser.at(server);
  page = await carla.tab();
  await exploreSample(page, carla.url);
  await page.goto(`${carla.url}/scenarios`);
  await expect(page.getByRole('heading', { level: 1, name: 'Scenarios' })).toBeVisible({ timeout: 30_000 });
});

test.afterEach(async () => {
  await carla.dispose();
  await server.dispose();
});

function card(name: string): Locator {
  return page.getByRole('list', { name: 'The plan and its scenarios' }).getByRole('listitem').filter({ hasText: name });
}

async function make(name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Scenario', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New scenario' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Make scenario' }).click();
  const panel = page.getByRole('dialog', { name });
  await expect(panel.getByText('Nothing is changed yet')).toBeVisible();
  return panel;
}

test('J7: two scenarios over the plan are made, compared as bridge, table, lines and tornado, and one is discarded', async () => {
  const planned = await card('Budget').locator('.total').innerText();

  const cuts = await make('10 % cuts');
  await cuts.getByLabel('By, in percent').fill('-10');
  await cuts.getByRole('button', { name: 'Add change' }).click();
  await expect(cuts.getByRole('listitem').filter({ hasText: '−10 %' })).toBeVisible();
  await cuts.getByLabel('What is taken as given').fill('Suppliers agree');
  await cuts.getByLabel('Who says so').fill('Procurement');
  await cuts.getByRole('button', { name: 'Add assumption' }).click();
  await expect(cuts.getByText('Suppliers agree')).toBeVisible();
  await cuts.getByLabel('Probability').fill('30 %');
  await cuts.getByLabel('Probability').press('Enter');
  await cuts.getByRole('button', { name: 'Done' }).click();
  await expect(card('10 % cuts')).toContainText('against the plan');
  await expect(card('10 % cuts')).toContainText('30% likely');

  const cloud = await make('Cloud migration');
  await cloud.getByLabel('What changes').selectOption({ label: 'A new line' });
  await cloud.getByLabel('Name', { exact: true }).last().fill('Migration partner');
  await cloud.getByLabel('Amount in each period').fill('20000');
  await cloud.getByRole('button', { name: 'Add change' }).click();
  await expect(cloud.getByText('Migration partner')).toBeVisible();
  // Taken back and done again.
  await cloud.getByRole('button', { name: 'Undo your last change' }).click();
  await expect(cloud.getByText('Nothing is changed yet')).toBeVisible();
  await cloud.getByRole('button', { name: 'Redo' }).click();
  await cloud.getByRole('button', { name: 'Done' }).click();
  await expect(card('Cloud migration')).toContainText('+240,000');

  await expect(page.getByRole('table', { name: /^How .* becomes/ })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const view of ['Table', 'Lines', 'Tornado'] as const) {
    await page.getByRole('radio', { name: view }).click({ force: true });
    await expect(page.getByRole('region', { name: 'Compare' })).toContainText(/10 % cuts/);
  }

  await card('Cloud migration').getByRole('button', { name: 'Open' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect(card('Cloud migration')).toHaveCount(0);
  expect(await card('Budget').locator('.total').innerText()).toBe(planned);
});
