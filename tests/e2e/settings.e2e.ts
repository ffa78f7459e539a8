/** Settings: what a workspace is called, how its year runs, and the lists that everything is named by. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { addVendor } from './support/settings.ts';
import { invite, joinBy, shareWorkspace } from './support/sharing.ts';

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

async function open(section: string): Promise<void> {
  await page.goto(`${ines.url}/settings/${section}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function takeBack(): Promise<void> {
  await page.getByRole('button', { name: 'Undo' }).last().click();
}

test('the workspace is renamed for everybody, and the name comes back by undo', async () => {
  await open('workspace');
  await page.getByLabel('Name', { exact: true }).fill('Harbourlight Ferries');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.locator('header').getByText('Harbourlight Ferries')).toBeVisible();
  await takeBack();
  await expect(page.locator('header').getByText('Harbourlight', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Harbourlight');
});

test('a calendar of weeks shows its periods, and is refused in a sentence once entries stand by months', async () => {
  await open('workspace');
  await page.getByLabel('Periods').selectOption('4-4-5');
  await expect(page.getByText(/in 12 periods\.$/)).toBeVisible();
  await expect(page.getByText('5 weeks').first()).toBeVisible();
  await page.getByRole('button', { name: 'Change the calendar' }).click();
  await expect(page.getByText('expenses are posted by it and entries never move between periods')).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();

  await page.getByLabel('The year starts in').selectOption('4');
  await page.getByRole('button', { name: 'Change the calendar' }).click();
  await expect(page.getByText('The fiscal calendar has changed')).toBeVisible();
  await takeBack();
  await expect(page.getByLabel('The year starts in')).toHaveValue('1');
});

test('rates are added, pasted and removed; a line that does not read as one is named', async () => {
  await open('rates');
  await page.getByRole('button', { name: 'Add a rate' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add a rate' });
  await sheet.getByLabel('One unit of').fill('CHF');
  await page.keyboard.press('Enter');
  await sheet.getByLabel('Price in EUR').fill('1,0712');
  await sheet.getByLabel('Source').fill('The bank');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row', { name: /CHF\/EUR 1\.0712 The bank/ })).toBeVisible();

  await page.getByRole('button', { name: 'Paste several' }).click();
  const paste = page.getByRole('dialog', { name: 'Paste several rates' });
  await paste.getByLabel('Rates', { exact: true }).fill('Date;Currency;Rate\n2026-11-02;CHF;1,08\n2 Nov;CHF;1,09');
  await expect(paste.getByText('Line 3 has no date such as 2027-03-31')).toBeVisible();
  await paste.getByRole('button', { name: 'Add 1' }).click();
  await expect(page.getByRole('row', { name: /CHF\/EUR 1\.08/ })).toBeVisible();

  await page
    .getByRole('row', { name: /CHF\/EUR 1\.08/ })
    .getByRole('button')
    .click();
  await expect(page.getByRole('row', { name: /CHF\/EUR 1\.08/ })).toHaveCount(0);
  await takeBack();
  await expect(page.getByRole('row', { name: /CHF\/EUR 1\.08/ })).toBeVisible();
});

test('a currency that is used without a rate is named, and so is the day it is needed from', async () => {
  await page.goto(`${ines.url}/expenses`);
  await page.locator('.expense-row').first().waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New expense' });
  await dialog.getByLabel('Currency').selectOption('NOK');
  await dialog.getByLabel('Amount').fill('950');
  await dialog.getByLabel('Description').fill('Mooring sensors');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await open('rates');
  await expect(page.getByText('NOK is used here and has no rate for')).toBeVisible();
  await page.getByRole('button', { name: 'Add a NOK rate' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add a rate' });
  await expect(sheet.getByLabel('One unit of')).toHaveValue('NOK');
  await sheet.getByLabel('Price in EUR').fill('0.0871');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('NOK is used here')).toHaveCount(0);
});

test('a department is added, renamed from a date, closed and opened again; its history tells', async () => {
  await open('departments');
  await page.getByRole('button', { name: 'Add a department' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a department' });
  await adding.getByLabel('Name', { exact: true }).fill('Data office');
  await adding.getByLabel('Code').fill('IT-250');
  await adding.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Data office', exact: false }).first().click();

  const sheet = page.getByRole('dialog', { name: 'Data office' });
  await sheet.getByLabel('From', { exact: true }).fill('2099-01-01');
  await sheet.getByLabel('Name', { exact: true }).fill('Data and AI');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^changes on .*2099/)).toBeVisible();
  await page.getByLabel('As it stands on').fill('2099-06-01');
  await page.getByLabel('As it stands on').blur();
  await expect(page.getByRole('button', { name: /^Data and AI/ })).toBeVisible();
  await page.getByRole('button', { name: 'Today' }).click();

  await page.getByRole('button', { name: 'What to do with Data office' }).click();
  await page.getByRole('menuitem', { name: 'Close…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close it' }).click();
  await expect(page.getByText('closed', { exact: true })).toBeVisible();
  await takeBack();
  await expect(page.getByText('closed', { exact: true })).toHaveCount(0);

  await page
    .getByRole('button', { name: /^Data office/ })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByText('From the beginning')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('Data and AI').first()).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the top department cannot be moved away or closed', async () => {
  await open('departments');
  await page.getByRole('button', { name: 'What to do with Harbourlight' }).click();
  await expect(page.getByRole('menuitem', { name: 'Close…' })).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('a category is added, moves up by the menu, is removed and comes back', async () => {
  await open('categories');
  await page.getByRole('button', { name: 'What to do with Software', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Add a category below…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add a category' });
  await sheet.getByLabel('Name', { exact: true }).fill('Open source support');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  const names = page.locator('li button.name');
  await expect(names.filter({ hasText: 'Open source support' })).toBeVisible();

  const before = await names.allInnerTexts();
  await page.getByRole('button', { name: 'What to do with Open source support' }).click();
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  const at = before.indexOf('Open source support');
  const moved = before.with(at, before[at - 1] ?? '').with(at - 1, 'Open source support');
  await expect.poll(() => names.allInnerTexts()).toEqual(moved);

  await page.getByRole('button', { name: 'What to do with Open source support' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(names.filter({ hasText: 'Open source support' })).toHaveCount(0);
  await takeBack();
  await expect(names.filter({ hasText: 'Open source support' })).toBeVisible();

  await page.getByRole('button', { name: 'What to do with Hardware', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /^Remove/ })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
});

test('a vendor is found by another spelling, a doubtful one is pointed out, and a removed one comes back', async () => {
  await open('vendors');
  await addVendor(page, 'Zephyr Analytics');
  await page.getByPlaceholder('Find a vendor').fill('zephyr');
  await page
    .getByRole('button', { name: /^Zephyr Analytics/ })
    .first()
    .click();
  const sheet = page.getByRole('dialog', { name: 'Zephyr Analytics' });
  await sheet.getByLabel('Other spellings').fill('ZPHR*ANALYTICS\nBoardwise Ltd');
  await expect(sheet.getByText('also means Boardwise')).toBeVisible();
  await sheet.getByLabel('Other spellings').fill('ZPHR*ANALYTICS');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet).toBeHidden();
  await page.getByPlaceholder('Find a vendor').fill('zphr');
  await expect(page.getByText('1 of 47 vendors')).toBeVisible();

  await page.getByRole('button', { name: 'What to do with Zephyr Analytics' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByText('No vendor is called something like')).toBeVisible();
  await takeBack();
  await expect(page.getByText('1 of 47 vendors')).toBeVisible();
});

test('a link to a vendor that is not here says so, and is no error', async () => {
  await page.goto(`${ines.url}/settings/vendors?vendor=01890a5d-ac96-774b-bcce-b302099a8057`);
  await expect(page.getByText('This vendor is not on this device yet')).toBeVisible();
});

test('projects and objectives are added; a code that is taken says whose it is', async () => {
  await open('objectives');
  await page.keyboard.press('n');
  const objective = page.getByRole('dialog', { name: 'Add an objective' });
  await objective.getByLabel('Name', { exact: true }).fill('Recover in 4 hours');
  await objective.getByLabel('Due').fill('2020-12-31');
  await objective.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText(/2020.*overdue/)).toBeVisible();

  await open('projects');
  await page.getByRole('button', { name: 'Add a project' }).click();
  const project = page.getByRole('dialog', { name: 'Add a project' });
  await project.getByLabel('Name', { exact: true }).fill('Recovery drill');
  await project.getByLabel('Code').fill('p-01');
  await expect(project.getByText(/has the code p-01 already/)).toBeVisible();
  await project.getByLabel('Code').fill('P-09');
  await project.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('row', { name: /Recovery drill P-09/ })).toBeVisible();
});

test('the look changes at once and stays after a reload', async () => {
  await open('appearance');
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByText('As the device').click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

test('in a shared workspace without its server a decision waits in words, and is done when the server is back', async () => {
  const link = await shareWorkspace(page, ines.url);
  const tomas = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  const other = await tomas.tab();
  await joinBy(other, tomas.url, link, 'Tomas');
  await open('sharing');
  await expect(page.getByText('Tomas')).toBeVisible();
  // The link worked once.
  await expect(page.getByText('No invitation is open: nobody can join now.')).toBeVisible();

  await open('workspace');
  ines.network.goDown();
  await expect(page.locator('button.pill')).toHaveAccessibleName(/Can't reach server|Offline/, { timeout: 20_000 });
  await page.getByLabel('Name', { exact: true }).fill('Harbourlight Group');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByText('Rename the workspace to “Harbourlight Group”')).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText('waits for the server to decide')).toBeVisible();
  ines.network.comeBack();
  await expect(other.locator('header').getByText('Harbourlight Group')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('waits for the server to decide')).toHaveCount(0, { timeout: 10_000 });

  await open('sharing');
  const withdrawn = await invite(page, 'Late', 'Viewer');
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('No invitation is open: nobody can join now.')).toBeVisible();
  const late = await PersonInBrowser.at(server);
  const latePage = await late.tab();
  await latePage.goto(`${late.url}/join#${withdrawn.split('#')[1] ?? ''}`);
  await latePage.getByLabel('Your name').fill('Late');
  await latePage.getByLabel('Password').fill('a password too late');
  await latePage.getByRole('button', { name: 'Join' }).click();
  await expect(latePage.getByText('This link was used already, or it is too old.')).toBeVisible({ timeout: 30_000 });
  await late.dispose();
  await tomas.dispose();
});

test('removing the workspace from the device takes its name to be typed', async () => {
  await open('data');
  await page.getByRole('button', { name: 'Remove this workspace…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Remove it' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('Harbourlight Group');
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await page.waitForURL(`${ines.url}/welcome`);
  await expect(page.getByText('On this device', { exact: true })).toHaveCount(0);
  const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(left.filter((name) => name?.startsWith('outlay-device-'))).toEqual([]);
});
