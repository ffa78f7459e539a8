/** The audit chain as people meet it: an export is verified without a server, and one flipped byte is named. */
import { chromium, expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { newSigningKey } from '#lib/governance/audit/ed25519.ts';
import { exportBytes, makeExport } from '#tests/support/make-export.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import config from '../../playwright.config.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { shareWorkspace } from './support/sharing.ts';

const standAlone = path.resolve(import.meta.dirname, '..', '..', 'build', 'verify-audit.html');

async function exported(): Promise<{ readonly good: Buffer; readonly bad: Buffer }> {
  const good = Buffer.from(exportBytes(await makeExport(await newSigningKey())));
  const bad = Buffer.from(good);
  const at = bad.indexOf('"by":"anna"', bad.indexOf('"seq":2}')) + 6;
  bad[at] = (bad[at] ?? 0) ^ 1;
  return { good, bad };
}

async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/jsonl', buffer });
}

test('an export is verified on a page that was opened before and has no network, and a flipped byte is named', async () => {
  const { good, bad } = await exported();
  const server = await ServerProcess.start();
  const auditor = await PersonInBrowser.at(server, { width: 390, height: 844 });
  try {
    const page = await auditor.tab();
    await page.goto(`${auditor.url}/audit/verify`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.context().setOffline(true);
    await page.reload();
    await drop(page, 'good.jsonl', good);
    await expect(page.getByText('Nothing was changed: 10 entries (1 to 10)')).toBeVisible();
    await drop(page, 'bad.jsonl', bad);
    await expect(page.getByRole('alert')).toContainText('The first bad entry is number 3, in line 4.');
    await expect(page.getByText('Nothing was changed')).toBeHidden();
  } finally {
    await auditor.dispose();
    await server.dispose();
  }
});

test('the stand-alone page verifies from a folder, without any server', async () => {
  const { good, bad } = await exported();
  const browser = await chromium.launch(config.use?.launchOptions);
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(standAlone).href);
    await drop(page, 'good.jsonl', good);
    await expect(page.locator('output')).toContainText('Nothing was changed: 10 entries (1 to 10)');
    await drop(page, 'bad.jsonl', bad);
    await expect(page.locator('output')).toContainText('The first bad entry is number 3, in line 4.');
  } finally {
    await browser.close();
  }
});

test('the journal is opened from a posting and searched, and a sample is drawn again the same', async () => {
  const server = await ServerProcess.start();
  const auditor = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  try {
    const page = await auditor.tab();
    await exploreSample(page, auditor.url);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit trail' }).click();
    await expect(page.getByRole('list', { name: 'Changes' })).toBeVisible({ timeout: 30_000 });
    await page.getByLabel('Kind').selectOption({ label: 'Posting' });
    await expect(page.getByRole('status').filter({ hasText: ' of ' })).toBeVisible();

    await page.getByRole('button', { name: 'Sample' }).click();
    const sheet = page.getByRole('dialog', { name: 'Sample of postings' });
    await expect(sheet.getByRole('list', { name: 'Sample' }).getByRole('listitem')).toHaveCount(25);
    const drawn = await sheet.getByRole('list', { name: 'Sample' }).innerText();
    await sheet.getByLabel('Seed').fill('2');
    await expect(sheet.getByRole('list', { name: 'Sample' })).not.toHaveText(drawn);
    await sheet.getByLabel('Seed').fill('1');
    expect(await sheet.getByRole('list', { name: 'Sample' }).innerText()).toBe(drawn);

    await sheet.getByLabel('Sample of').selectOption('Decisions');
    await expect(page.getByRole('dialog', { name: 'Sample of decisions' })).toContainText('Control total');
    const choosing = page.getByRole('dialog', { name: 'Sample of' });
    await choosing.getByLabel('Sample of').selectOption('Changed records');
    await choosing.getByLabel('Kind').selectOption('Budget line');
    const lines = choosing.getByRole('list', { name: 'Sample' });
    await expect(lines.getByRole('listitem')).toHaveCount(25);
    const saving = page.waitForEvent('download');
    await choosing.getByRole('button', { name: 'Download the sample' }).click();
    const file = JSON.parse(readFileSync(await (await saving).path(), 'utf8')) as { population: unknown; size: number };
    expect(file).toMatchObject({
      population: { parameters: { what: 'changed-records', kind: 'lines', from: '', to: '' } },
      controlTotalOf: 'changes',
      seed: '1',
      size: 25,
      drawn: { count: 25 },
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => choosing.evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await choosing.getByLabel('Sample of').selectOption('Postings');

    await sheet.getByRole('list', { name: 'Sample' }).getByRole('link').first().click();
    await page.getByRole('link', { name: 'Every change of it' }).click();
    await expect(page.getByRole('status').filter({ hasText: '1 of ' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Changes' })).toContainText('Posting');
    await page.getByRole('button', { name: /^Remove filter About/ }).click();
    await page.getByPlaceholder('Find in the journal').fill('budget line added');
    await expect(page.getByRole('list', { name: 'Changes' })).toContainText('Budget line');
    await expect(page.getByRole('list', { name: 'Changes' })).not.toContainText('Posting');
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  } finally {
    await auditor.dispose();
    await server.dispose();
  }
});

test('an auditor exports the chain of a shared workspace, and is told when the server rewrites its history', async () => {
  const server = await ServerProcess.start();
  const auditor = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  try {
    const page = await auditor.tab();
    await exploreSample(page, auditor.url);
    await shareWorkspace(page, auditor.url);
    await page.goto(`${auditor.url}/audit`);
    await expect(page.getByText(/entries in the server's chain, signed/)).toBeVisible({ timeout: 30_000 });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export the chain' }).click();
    const file = readFileSync(await (await downloading).path());

    await page.getByRole('link', { name: 'Verify an export' }).click();
    await drop(page, 'chain.jsonl', file);
    await expect(page.getByText(/^Nothing was changed: /)).toBeVisible();
    const at = file.indexOf('"contents":{"', file.indexOf('\n')) + 20;
    file[at] = (file[at] ?? 0) ^ 1;
    await drop(page, 'chain.jsonl', file);
    await expect(page.getByRole('alert')).toContainText('The first bad entry is number 1, in line 2.');

    await page.goto('about:blank');
    await server.stop();
    const database = new DatabaseSync(path.join(server.dataDir, 'outlay.sqlite'));
    database.exec('DELETE FROM audit WHERE seq > 1');
    database.close();
    await server.startAgain();
    await page.goto(`${auditor.url}/expenses`);
    const alarm = page.getByRole('alert').filter({ hasText: 'A part of the history is missing on the server' });
    await expect(alarm).toBeVisible({ timeout: 30_000 });
    await alarm.getByRole('button', { name: 'I have read it' }).click();
    await expect(alarm).toBeHidden();
    await page.goto(`${auditor.url}/audit`);
    await expect(alarm).toBeVisible();
  } finally {
    await auditor.dispose();
    await server.dispose();
  }
});
