/** Everything this browser kept is taken away while the app is open: it is said, and comes back from the server. */
import { expect, test, type Page } from '@playwright/test';
import { bothOnTheBudget, Company } from './support/company.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { type PersonInBrowser, readyForOffline } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { signIn } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

let company: Company;
let ana: PersonInBrowser;
let ben: PersonInBrowser;
let a: Page;
let b: Page;

test.beforeAll(async () => {
  company = await Company.open();
  ana = await company.person();
  ben = await company.person();
  ({ a, b } = await bothOnTheBudget(ana, ben));
  await readyForOffline(b);
});

test.afterAll(() => company.close());

/** The browser makes room: all databases of the app are gone, under a page that is open. */
async function evict(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await session.detach();
}

const DELETED = 'The browser deleted what Outlay kept on this device';

/** Loads again as the note says, signs in, and opens what the server has. */
async function comeBack(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.waitForURL(`${url}/welcome`);
  await expect(page.getByText(DELETED)).toBeVisible();
  await signIn(page, url, 'Ben');
  await page.getByRole('button', { name: /Harbourlight/ }).click();
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
  await openBudget(page, url);
  await expect(page.getByText(DELETED)).toHaveCount(0);
}

async function databases(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name = '' }) => name));
}

test('online: it is said, what is typed meanwhile is still sent, and everything comes back after signing in', async () => {
  await pillSays(b, 'Synced');
  await evict(b, ben.url);
  await typeInto(b, 'IT management', 0, 11_001);
  await expect(b.getByText(DELETED)).toBeVisible();
  await pillSays(b, 'Not saved on this device');
  await expect(cell(a, 'IT management', 0)).toHaveText(written(11_001));
  expect(await databases(b)).toEqual([]);

  await comeBack(b, ben.url);
  await pillSays(b, 'Synced');
  await expect(cell(b, 'IT management', 0)).toHaveText(written(11_001));
  await typeInto(b, 'IT management', 1, 11_002);
  await expect(cell(a, 'IT management', 1)).toHaveText(written(11_002));
});

test('offline: it is said too, and what the server has comes back after signing in', async () => {
  ben.network.goDown();
  await typeInto(b, 'IT management', 2, 12_001);
  await pillSays(b, /Can't reach server|Offline/);
  await evict(b, ben.url);
  await typeInto(b, 'IT management', 3, 12_002);
  await expect(b.getByText(DELETED)).toBeVisible();
  await pillSays(b, 'Not saved on this device');
  await expect(b.getByText('Changes it has not confirmed stand only on this screen; note them first.')).toBeVisible();
  for (const [month, figure] of [12_001, 12_002].entries()) {
    await expect(cell(b, 'IT management', month + 2)).toHaveText(written(figure));
  }

  ben.network.comeBack();
  await comeBack(b, ben.url);
  await pillSays(b, 'Synced');
  await expect(cell(b, 'IT management', 1)).toHaveText(written(11_002));
  await typeInto(b, 'IT management', 2, 12_003);
  await expect(cell(a, 'IT management', 2)).toHaveText(written(12_003));
});
