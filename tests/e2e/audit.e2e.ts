/** The audit chain as people meet it: an export is verified without a server, and one flipped byte is named. */
import { chromium, expect, test, type Page } from '@playwright/test';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { newSigningKey } from '#lib/governance/audit/ed25519.ts';
import { exportBytes, makeExport } from '#tests/support/make-export.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import config from '../../playwright.config.ts';
import { PersonInBrowser } from './support/person.ts';

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
