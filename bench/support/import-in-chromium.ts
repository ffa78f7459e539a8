/** One import through the app's own page: read and matched, then stored. */
import { openApp, round } from './app-in-chromium.ts';

const ROWS = 10_000;

export interface ImportInChromium {
  readonly chromiumRows: number;
  /** From choosing the file until every row is read and matched. */
  readonly chromiumReadMs: number;
  /** From the press of the button until all of it is in the inbox and on disk. */
  readonly chromiumStoreMs: number;
  readonly chromiumMs: number;
}

/** Imports 10,000 payments into a new workspace. */
export async function importInChromium(): Promise<ImportInChromium> {
  const app = await openApp();
  try {
    const { page, server } = app;
    await page.goto(`${server.url}/welcome`);
    await page.getByRole('button', { name: 'Start blank' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Import');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.waitForURL((url) => url.pathname !== '/welcome');
    await page.goto(`${server.url}/import`);
    const input = page.locator('input[type=file]');
    await input.waitFor({ state: 'attached' });
    // The first visit fetches the whole app for offline use; what is measured is an app that is there.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const file = { name: 'payments.csv', mimeType: 'text/csv', buffer: Buffer.from(payments()) };
    const button = page.getByRole('button', { name: /^Import 10,000$/ });

    const chosen = performance.now();
    await input.setInputFiles(file);
    await button.waitFor();
    const read = performance.now();
    await button.click();
    await page.getByRole('heading', { name: /added from/ }).waitFor({ timeout: 60_000 });
    const stored = performance.now();
    return {
      chromiumRows: ROWS,
      chromiumReadMs: round(read - chosen),
      chromiumStoreMs: round(stored - read),
      chromiumMs: round(stored - chosen),
    };
  } finally {
    await app.close();
  }
}

function payments(): string {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const date = `${2025 + (i % 2)}-${two(1 + (i % 12))}-${two(1 + ((i * 7) % 28))}`;
    return `${date},Vendor ${i % 400},Invoice of part ${i},${500 + ((i * 37) % 90_000)}.${two(i % 100)},INV-${i}`;
  });
  return ['Date,Vendor,Description,Amount,Invoice', ...rows].join('\r\n');
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
