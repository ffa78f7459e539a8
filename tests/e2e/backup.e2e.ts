/** Backup and restore: what comes back is what was there, and a file that is not in order changes nothing. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { addVendor, chooseBackup, downloadBackup } from './support/settings.ts';
import { joinBy, shareWorkspace, shownReportHash } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

let server: ServerProcess;
let ines: PersonInBrowser;
let backup: Buffer;
let hash: string;

test.beforeAll(async () => {
  server = await ServerProcess.start();
  ines = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  const page = await ines.tab();
  await exploreSample(page, ines.url);
  await page.goto(`${ines.url}/settings/vendors`);
  await addVendor(page, 'Only in this copy');
  hash = await shownReportHash(page, ines.url);
  backup = await downloadBackup(page);
});

test.afterAll(async () => {
  await ines.dispose();
  await server.dispose();
});

async function inAnEmptyBrowser(work: (page: Page, url: string) => Promise<void>): Promise<void> {
  const person = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  try {
    await work(await person.tab(), person.url);
  } finally {
    await person.dispose();
  }
}

function workspaceDatabases(page: Page): Promise<string[]> {
  return page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name = '' }) => name).filter((name) => name.startsWith('outlay-device-')),
  );
}

test('a backup restored into an empty browser shows what is inside first, and comes to the same report hash', async () => {
  await inAnEmptyBrowser(async (page, url) => {
    await chooseBackup(page, url, backup);
    await expect(page.getByRole('heading', { name: 'Harbourlight' })).toBeVisible();
    await expect(page.getByText('64', { exact: true })).toBeVisible();
    expect(await workspaceDatabases(page)).toEqual([]);

    await page.getByRole('button', { name: 'Restore it' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ })).toBeVisible({ timeout: 60_000 });
    expect(await shownReportHash(page, url)).toBe(hash);
    await page.goto(`${url}/settings/vendors`);
    await page.getByPlaceholder('Find a vendor').fill('only in this');
    await expect(page.getByText('1 of 47 vendors')).toBeVisible();

    // It decides for itself, and is a workspace of its own.
    await page.goto(`${url}/settings/workspace`);
    await page.getByLabel('Name', { exact: true }).fill('Harbourlight, restored');
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect(page.locator('header').getByText('Harbourlight, restored')).toBeVisible();
    const [database] = await workspaceDatabases(page);
    expect(backup.includes(database?.replace('outlay-device-', '') ?? 'none')).toBe(false);
  });
});

test('a file that is damaged, cut short, of another kind or of a later format is refused, and nothing is changed', async () => {
  const flipped = Buffer.from(backup);
  const middle = flipped.length >> 1;
  flipped[middle] = (flipped[middle] ?? 0) ^ 1;
  const later = Buffer.from(backup);
  later.writeUInt32LE(9, 8);
  const files: readonly (readonly [string, Buffer, RegExp])[] = [
    ['flipped', flipped, /does not match its checksum/],
    ['cut short', backup.subarray(0, backup.length - 100), /The backup is incomplete/],
    ['only the start', backup.subarray(0, 30), /The backup is incomplete/],
    ['a table', Buffer.from('Date,Amount\n2026-11-01,12.50\n'), /This is not a backup of Outlay/],
    ['empty', Buffer.alloc(0), /This is not a backup of Outlay/],
    ['a later format', later, /written by a newer version of Outlay/],
  ];
  await inAnEmptyBrowser(async (page, url) => {
    for (const [name, bytes, sentence] of files) {
      await chooseBackup(page, url, bytes, `${name}.outlay`);
      await expect(page.getByText(sentence), name).toBeVisible();
      await expect(page.getByText('Nothing was restored').first(), name).toBeVisible();
    }
    expect(await workspaceDatabases(page)).toEqual([]);
  });
});

test('a copy of a shared workspace, taken by somebody who joined, is theirs alone and can go on deciding', async () => {
  const owner = await ines.tab();
  await owner.goto(ines.url);
  const link = await shareWorkspace(owner, ines.url);
  const ben = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  const page = await ben.tab();
  await joinBy(page, ben.url, link, 'Ben');
  await expect(page.locator('button.pill')).toHaveAccessibleName('Synced', { timeout: 30_000 });
  await page.goto(`${ben.url}/settings/data`);
  await expect(page.locator('button.pill')).toHaveAccessibleName('Synced', { timeout: 30_000 });
  const taken = await downloadBackup(page);
  const shared = await shownReportHash(page, ben.url);
  await inAnEmptyBrowser(async (copy, url) => {
    await chooseBackup(copy, url, taken);
    await expect(copy.getByText('It was shared')).toBeVisible();
    await copy.getByRole('button', { name: 'Restore it' }).click();
    await expect(copy.getByRole('heading', { level: 1, name: /FY\d\d has cost/ })).toBeVisible({ timeout: 60_000 });
    expect(await shownReportHash(copy, url)).toBe(shared);
    await copy.goto(`${url}/settings/departments`);
    await copy.getByRole('button', { name: 'Add a department' }).click();
    const sheet = copy.getByRole('dialog', { name: 'Add a department' });
    await sheet.getByLabel('Name', { exact: true }).fill('Ferry IT');
    await sheet.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(copy.getByRole('button', { name: /^Ferry IT/ })).toBeVisible();
  });
  await ben.dispose();
});
