/** What an installed app has to do: open without a server, update when asked, keep its data, take what is shared to it. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { exploreSample, PersonInBrowser, readyForOffline } from './support/person.ts';
import { ServedFolder } from './support/served-folder.ts';
import { addVendor, startBlank } from './support/settings.ts';

const routesFolder = path.resolve(import.meta.dirname, '..', '..', 'src', 'routes');

/** Every address with a page of its own, as the source says; parts that vary get an id that nobody has. */
function allRoutes(folder = routesFolder, address = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return allRoutes(path.join(folder, entry.name), `${address}/${entry.name}`);
    return entry.name === '+page.svelte'
      ? [(address === '' ? '/' : address).replaceAll(/\[.*?\]/g, 'nobody-has-this')]
      : [];
  });
}

async function devtools(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}

async function withPerson(work: (person: PersonInBrowser, server: ServerProcess) => Promise<void>): Promise<void> {
  const server = await ServerProcess.start();
  const person = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  try {
    await work(person, server);
  } finally {
    await person.dispose();
    await server.dispose();
  }
}

test('the browser finds the app installable, and nothing wrong with its manifest', async () => {
  await withPerson(async (person) => {
    const page = await person.tab();
    await page.goto(`${person.url}/welcome`);
    await readyForOffline(page);
    const session = await devtools(page);
    const manifest = await session.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors).toEqual([]);
    const { appId } = await session.send('Page.getAppId');
    expect(appId).toBe(`${person.url}/`);
  });
});

test('every route opens with the server stopped, by deep link and by hard reload', async () => {
  test.setTimeout(180_000);
  const routes = allRoutes();
  expect(routes).toEqual(expect.arrayContaining(['/', '/budget', '/settings/data', '/welcome', '/restore', '/safe']));
  await withPerson(async (person, server) => {
    const page = await person.tab();
    await exploreSample(page, person.url);
    await readyForOffline(page);
    await server.kill();
    for (const route of [...routes, '/no/such/page']) {
      await page.goto(`${person.url}${route}`);
      const heading = page.locator('h1, [role=note], [role=alert]').first();
      await expect(heading, `${route} by deep link`).toBeVisible({ timeout: 10_000 });
      await page.reload();
      await expect(heading, `${route} after a reload`).toBeVisible({ timeout: 10_000 });
    }
    await expect(page.getByText('There is no page at this address')).toBeVisible();
    await page.goto(`${person.url}/settings/vendors`);
    await addVendor(page, 'Met offline');
    await page.reload();
    await page.getByPlaceholder('Find a vendor').fill('met offline');
    await expect(page.getByText('1 of 47 vendors')).toBeVisible();
  });
});

test('a new version waits to be asked for: nothing is interrupted, and what was typed is kept', async () => {
  const served = await ServedFolder.start();
  const browser = await PersonInBrowser.at(served, {
    width: 1440,
    height: 900,
  });
  try {
    const page = await browser.tab();
    await startBlank(page, browser.url, 'Under update');
    await readyForOffline(page);
    await page.goto(`${browser.url}/settings/workspace`);
    const other = await browser.tab();
    await other.goto(`${browser.url}/settings/vendors`);
    await other.getByRole('button', { name: 'Add a vendor' }).first().click();
    await other.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Half typed');

    served.deploy('v2');
    await page.bringToFront();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await expect(page.getByRole('button', { name: /Update ready\.$/ })).toBeVisible({ timeout: 20_000 });
    await page.getByLabel('Name', { exact: true }).fill('Still typing');
    await page.waitForTimeout(1000);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Still typing');
    expect(await page.locator('meta[name=deployed]').count()).toBe(0);
    await page.reload();
    expect(await page.locator('meta[name=deployed]').count()).toBe(0);

    await page.getByRole('button', { name: /Update ready\.$/ }).click();
    await page.getByRole('button', { name: 'Update now' }).click();
    await expect(page.locator('meta[name=deployed]')).toHaveAttribute('content', 'v2', { timeout: 20_000 });
    await expect(page.getByRole('heading', { level: 1, name: 'Workspace' })).toBeVisible();

    // The other tab is told, and keeps what is half typed in it.
    await expect(other.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Half typed');
    await expect(other.locator('button.pill')).toHaveAccessibleName(/Update ready\.$/);
  } finally {
    await browser.dispose();
    await served.dispose();
  }
});

test('the app is repaired: its files are fetched anew, and the data stands', async () => {
  await withPerson(async (person) => {
    const page = await person.tab();
    await startBlank(page, person.url, 'To be repaired');
    await readyForOffline(page);
    await page.goto(`${person.url}/settings/data`);
    await page.evaluate(() => Object.assign(window, { before: true }));
    await page.getByRole('button', { name: 'Repair app' }).click();
    await page.waitForFunction(() => !('before' in window));
    await expect(page.locator('header').getByText('To be repaired')).toBeVisible();
    await readyForOffline(page);
  });
});

test('the browser is asked to keep the data after the first of one’s own, never for the sample', async () => {
  await withPerson(async (person) => {
    const page = await person.tab();
    await page.addInitScript(() => {
      const real = navigator.storage.persist.bind(navigator.storage);
      navigator.storage.persist = () => {
        localStorage.setItem('asked-by-the-app', String(Number(localStorage.getItem('asked-by-the-app') ?? 0) + 1));
        return real();
      };
    });
    const asked = () => page.evaluate(() => Number(localStorage.getItem('asked-by-the-app') ?? 0));
    await exploreSample(page, person.url);
    await page.goto(`${person.url}/settings/vendors`);
    await addVendor(page, 'In the sample');
    await page.waitForTimeout(500);
    expect(await asked()).toBe(0);

    await startBlank(page, person.url, 'My own');
    await page.goto(`${person.url}/settings/vendors`);
    await addVendor(page, 'My first vendor');
    await expect.poll(asked).toBe(1);
    await addVendor(page, 'My second vendor');
    await page.goto(`${person.url}/settings/data`);
    await expect(page.getByText('this device holds the only copy')).toBeVisible();
    expect(await asked()).toBe(1);

    const session = await devtools(page);
    await session.send('Browser.grantPermissions', { permissions: ['durableStorage'], origin: person.url });
    await page.getByRole('button', { name: 'Ask the browser to keep it' }).click();
    await expect(page.getByText('The browser has promised to keep this data')).toBeVisible();
  });
});

test('a photo that is shared to the app without a network becomes a draft, and a table opens in the import', async () => {
  await withPerson(async (person, server) => {
    const page = await person.tab();
    await exploreSample(page, person.url);
    await readyForOffline(page);
    await page.reload();
    await server.kill();
    const before = await receiptsOnDisk(page);
    await share(page, 'Beleg 1.jpg', 'image/jpeg');
    await page.waitForURL(`${person.url}/capture`, { timeout: 20_000 });
    await expect.poll(() => receiptsOnDisk(page)).toBe(before + 1);

    await share(page, 'bank.csv', 'text/csv');
    await page.waitForURL(`${person.url}/import`, { timeout: 20_000 });
    await expect(page.getByText('bank.csv')).toBeVisible();
    expect(await page.evaluate(async () => (await (await caches.open('outlay-shared')).keys()).length)).toBe(0);
  });
});

test('a boot that hangs offers safe mode after five seconds, and safe mode takes the data out', async () => {
  await withPerson(async (person) => {
    const page = await person.tab();
    await startBlank(page, person.url, 'Stuck');
    await readyForOffline(page);
    const stuck = await person.tab();
    await stuck.addInitScript(() => {
      if (location.pathname === '/safe') return;
      // A request that is never answered, as when another tab holds an old version of the database open.
      IDBFactory.prototype.open = () => new EventTarget() as unknown as IDBOpenDBRequest;
    });
    await stuck.goto(person.url);
    await expect(stuck.getByText('Starting takes longer than it should')).toBeVisible({ timeout: 8000 });
    await stuck.getByRole('link', { name: /Safe mode/ }).click();
    await expect(stuck.getByRole('heading', { level: 1, name: 'Safe mode' })).toBeVisible();
    await expect(stuck.getByText('Stuck')).toBeVisible();
    const coming = stuck.waitForEvent('download');
    await stuck.getByRole('button', { name: 'Download' }).click();
    expect((await coming).suggestedFilename()).toMatch(/^Stuck \d{4}-\d\d-\d\d\.outlay$/);
  });
});

/** Does what the share sheet of a phone does: posts a form to the app. */
async function share(page: Page, name: string, type: string): Promise<void> {
  await page.evaluate(
    async ([name, type]) => {
      const canvas = new OffscreenCanvas(40, 60);
      canvas.getContext('2d')?.fillRect(0, 0, 40, 60);
      const content =
        type === 'text/csv' ? 'Date,Vendor,Amount\n2026-11-02,Quay Ltd,12.50\n' : await canvas.convertToBlob({ type });
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], name, { type }));
      const form = Object.assign(document.createElement('form'), { method: 'POST', action: '/share' });
      form.enctype = 'multipart/form-data';
      const field = Object.assign(document.createElement('input'), { type: 'file', name: 'files' });
      field.files = transfer.files;
      form.append(field);
      document.body.append(form);
      form.submit();
    },
    [name, type] as const,
  );
}

function receiptsOnDisk(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const database = await settled(indexedDB.open(names.find((each) => each.startsWith('outlay-device-')) ?? ''));
    const count = await settled(database.transaction('receipts').objectStore('receipts').count());
    database.close();
    return count;
  });
}
