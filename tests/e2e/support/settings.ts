/** What is done in the settings, as people do it. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** Founds a workspace of one's own. */
export async function startBlank(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/welcome`);
  await page.getByRole('button', { name: 'Start blank' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL(`${url}/budget`);
}

/** Adds a vendor on the page of vendors, which is open. */
export async function addVendor(page: Page, name: string, note = ''): Promise<void> {
  await page.getByRole('button', { name: 'Add a vendor' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add a vendor' });
  await sheet.getByLabel('Name', { exact: true }).fill(name);
  if (note !== '') await sheet.getByLabel('Note').fill(note);
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  await sheet.waitFor({ state: 'hidden' });
}

/** The bytes of a backup, from the page of data, which is open. */
export async function downloadBackup(page: Page): Promise<Buffer> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a backup' }).click();
  return readFile(await (await coming).path());
}

/** Looks into a backup on the page that restores; what it says stands there afterwards. */
export async function chooseBackup(page: Page, url: string, bytes: Buffer, name = 'copy.outlay'): Promise<void> {
  await page.goto(`${url}/restore`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
}
