/** The forecast where it is used: the budget's forecast mode, and what a project has earned. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { barriers } from './support/axe.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';

test.describe.configure({ mode: 'serial' });

let server: ServerProcess;
let ines: PersonInBrowser;
let page: Page;

test.beforeAll(async () => {
  server = await ServerProcess.start();
  ines = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  page = await ines.tab();
  await exploreSample(page, ines.url);
});

test.afterAll(async () => {
  await ines.dispose();
  await server.dispose();
});

test('the Overview says what the year is heading for, and its chart goes on into the forecast', async () => {
  await expect(page.getByText(/^\s*FY\d\d is heading for .* against a plan of .*(over|under)/)).toBeVisible({
    timeout: 30_000,
  });
  const chart = page.getByRole('region', { name: 'Cost by month' });
  await expect(chart.getByText('Forecast')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('overview.png') });
  expect(await barriers(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('overview-narrow.png') });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await chart.getByText('Table').click();
  await expect(chart.getByRole('columnheader', { name: 'Forecast' })).toBeVisible();
  await page.getByRole('link', { name: 'See the forecast' }).click();
  await expect(page).toHaveURL(/\/forecast/);
});

test('the budget shows what was posted and then the forecast, against the plan, and which lines run out', async () => {
  await page.goto(`${ines.url}/budget`);
  await page.getByRole('radiogroup', { name: 'Figures' }).getByText('Forecast').click();
  const about = page.getByRole('region', { name: 'About this forecast' });
  await expect(about).toContainText(/Actual figures to|All of it is forecast/, { timeout: 30_000 });
  await expect(page.getByRole('columnheader', { name: /, forecast$/ }).first()).toBeVisible();
  for (const head of ['Plan of the year', 'Estimate at completion', 'Estimate against plan']) {
    await expect(page.getByRole('columnheader', { name: head })).toBeVisible();
  }
  await page.screenshot({ path: test.info().outputPath('forecast-mode.png') });
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('radiogroup', { name: 'Figures' }).getByText('Plan').click();
  await expect(page.getByRole('columnheader', { name: 'Estimate at completion' })).toHaveCount(0);
});

test('nobody types over a forecast, and the sheet says where to type instead', async () => {
  await page.getByRole('radiogroup', { name: 'Figures' }).getByText('Forecast').click();
  await expect(page.getByRole('columnheader', { name: 'Estimate at completion' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('5');
  await expect(page.getByText('Posted figures and the forecast are calculated. Switch to Plan to type.')).toBeVisible();
});

test('a project says how far it is; its indices follow, and are taken back', async () => {
  await page.goto(`${ines.url}/settings/projects`);
  await page
    .getByRole('link', { name: /^Earned value of/ })
    .first()
    .click();
  const section = page.getByRole('region', { name: /: earned value$/ });
  await expect(section.getByText('Nobody has said how much is complete.').first()).toBeVisible();
  await section.getByLabel(/^Complete at the end of/).fill('101');
  await section.getByRole('button', { name: 'Keep it' }).click();
  await expect(section.getByText('Type a percentage from 0 to 100')).toBeVisible();
  await section.getByLabel(/^Complete at the end of/).fill('40');
  await section.getByLabel('Still to be spent, as estimated').fill('25000');
  await section.getByRole('button', { name: 'Keep it' }).click();
  await expect(section.getByText(/has earned .* for every 1 spent/)).toBeVisible();
  await expect(section.getByText('Earned value (EV), 40')).toBeVisible();
  await expect(section.getByText('Nobody has estimated what is left.')).toHaveCount(0);
  await section.getByText('Period by period', { exact: true }).click();
  await page.screenshot({ path: test.info().outputPath('earned-value.png'), fullPage: true });

  expect(await barriers(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('earned-value-narrow.png'), fullPage: true });
  await page.setViewportSize({ width: 1440, height: 900 });

  // Kept on the device: it is there when the link is opened anew.
  await page.reload();
  await expect(section.getByText('Earned value (EV), 40')).toBeVisible();
  await expect(section.getByLabel(/^Complete at the end of/)).toHaveValue('40');
  await section.getByLabel(/^Complete at the end of/).fill('');
  await section.getByRole('button', { name: 'Keep it' }).click();
  await expect(section.getByText('Nobody has said how much is complete.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(section.getByText('Earned value (EV), 40')).toBeVisible();
});
