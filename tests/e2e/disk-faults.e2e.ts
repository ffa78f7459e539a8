/** A disk that is full, refuses to open, or was written by a newer app: said in a sentence, and everything can be taken out. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { onDisk } from './support/device.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { chooseBackup, downloadBackup } from './support/settings.ts';

test.describe.configure({ mode: 'serial' });

let server: ServerProcess;
let ana: PersonInBrowser;

test.beforeAll(async () => {
  server = await ServerProcess.start();
  ana = await PersonInBrowser.at(server);
  await exploreSample(await ana.tab(), ana.url);
});

test.afterAll(async () => {
  await ana.dispose();
  await server.dispose();
});

/** The browser starts anew, and gives this app no more room than `bytes`; without them, what there is. */
async function startWithRoom(bytes?: number): Promise<{ page: Page; lift: () => Promise<unknown> }> {
  await ana.killBrowser();
  const page = await ana.tab();
  const session = await page.context().newCDPSession(page);
  const override = (quotaSize?: number): Promise<unknown> =>
    session.send('Storage.overrideQuotaForOrigin', {
      origin: ana.url,
      ...(quotaSize === undefined ? {} : { quotaSize }),
    });
  if (bytes !== undefined) await override(bytes);
  return { page, lift: override };
}

/** Opens a backup in a browser that has nothing, and reads a month of its plan. */
async function figureInBackup(backup: Buffer, line: string, month: number): Promise<string> {
  const other = await PersonInBrowser.at(server);
  try {
    const page = await other.tab();
    await chooseBackup(page, other.url, backup);
    await page.getByRole('button', { name: 'Restore it' }).click();
    await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
    await openBudget(page, other.url);
    return await cell(page, line, month).innerText();
  } finally {
    await other.dispose();
  }
}

test('a full disk: the pill says what is not saved, an export has it, and room saves it', async () => {
  const { page, lift } = await startWithRoom(1);
  await openBudget(page, ana.url);
  const before = (await onDisk(page)).rows.length;
  await typeInto(page, 'IT management', 0, 81_001);
  await expect(cell(page, 'IT management', 0)).toHaveText(written(81_001));
  const pill = page.locator('button.pill');
  await expect(pill).toHaveAccessibleName('Not saved on this device');
  await pill.click();
  await expect(page.getByText('Export now, then free some space; writing is tried again meanwhile.')).toBeVisible();
  expect((await onDisk(page)).rows).toHaveLength(before);

  await page.getByRole('dialog', { name: 'Sync details' }).getByRole('button', { name: 'Export' }).click();
  await expect(
    page.getByText('This device has no room left, so the last change is kept in memory only.'),
  ).toBeVisible();
  const backup = await downloadBackup(page);
  expect(await figureInBackup(backup, 'IT management', 0)).toBe(written(81_001));

  await lift();
  await expect(pill).toHaveAccessibleName('Saved here', { timeout: 35_000 });
  expect((await onDisk(page)).rows).toHaveLength(before + 1);
  await openBudget(page, ana.url);
  await expect(cell(page, 'IT management', 0)).toHaveText(written(81_001));
});

test('a full disk while an expense is captured: it is not called saved before it is, and nothing typed is lost', async () => {
  const { page, lift } = await startWithRoom(1);
  await page.goto(`${ana.url}/capture?draft=new`);
  await page.getByLabel('Amount').fill('61.25');
  await page.getByLabel('Description').fill('Badges for visitors');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await expect(
    page.getByText('This device has no room left, so the last change is kept in memory only.'),
  ).toBeVisible();
  await expect(page.getByText(/Saved on this/)).toHaveCount(0);
  await expect(page.getByLabel('Amount')).toHaveValue('61.25');

  await lift();
  await expect(page.getByText('Not saved yet')).toHaveCount(0, { timeout: 35_000 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/Saved on this/)).toBeVisible();
  await page.goto(`${ana.url}/expenses?state=unposted&text=Badges`);
  await expect(page.locator('.expense-row a')).toHaveCount(1);
});

test('a browser that refuses to open its storage: a sentence, and nothing is deleted', async () => {
  const { page } = await startWithRoom();
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException('The user denied permission to access the database.', 'UnknownError');
    };
    IDBFactory.prototype.open = refuse;
    IDBFactory.prototype.databases = refuse;
  });
  await page.goto(`${ana.url}/budget`);
  await expect(page.getByText('Outlay cannot open its data')).toBeVisible();
  await expect(
    page.getByText('Leave private browsing or allow site data, then reload. Nothing was deleted.'),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Safe mode: export or repair' }).click();
  await expect(page.getByText('The browser does not open its storage')).toBeVisible();
  await expect(page.getByText('Then open this page again.')).toBeVisible();

  const allowed = await page.context().newPage();
  await openBudget(allowed, ana.url);
  await expect(cell(allowed, 'IT management', 0)).toHaveText(written(81_001));
});

test('a database of a newer app is not opened, and safe mode takes everything out of it', async () => {
  const { page } = await startWithRoom();
  await page.goto(`${ana.url}/safe`);
  await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const name = names.find((each) => each.startsWith('outlay-device-')) ?? '';
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name, 1000);
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
      opening.onerror = () => reject(opening.error ?? new Error('not opened'));
    });
  });
  await page.goto(`${ana.url}/budget`);
  await expect(page.getByText('Outlay cannot open its data')).toBeVisible();
  await expect(
    page.getByText('Another tab runs a newer Outlay. Reload this tab to go on; nothing was lost.'),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Safe mode: export or repair' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const backup = readFileSync(await (await downloading).path());
  await expect(page.getByText('The file is not whole')).toHaveCount(0);
  const other = await PersonInBrowser.at(server);
  const elsewhere = await other.tab();
  await chooseBackup(elsewhere, other.url, backup);
  await expect(elsewhere.getByRole('button', { name: 'Restore it' })).toBeEnabled();
  await other.dispose();
});
