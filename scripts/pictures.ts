/** Takes the README's pictures from the sample workspace: `node scripts/pictures.ts` after the looks have changed. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { exploreSample, openApp } from '../bench/support/app-in-chromium.ts';
import { root } from './setup.mjs';

const folder = path.join(root, 'docs', 'pictures');
mkdirSync(folder, { recursive: true });

const app = await openApp({ width: 1280, height: 800 });
try {
  const { page, server } = app;
  await exploreSample(app);
  await page
    .getByRole('button', { name: 'Dismiss' })
    .first()
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await take(page, 'overview');
  await page.goto(`${server.url}/budget`);
  await page.getByRole('treegrid').getByText('Cloud hosting').waitFor();
  await take(page, 'budget');
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto(`${server.url}/capture`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await take(page, 'capture');
} finally {
  await app.close();
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1000);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
