/** A browser's profile that is copied, and one whose browser dies: nothing is lost, nothing is there twice. */
import { expect, test, type Page } from '@playwright/test';
import { bothOnTheBudget, Company } from './support/company.ts';
import { numbered, onDisk } from './support/device.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { type PersonInBrowser, readyForOffline } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { shownReportHash } from './support/sharing.ts';

const LINE = 'IT management';

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

async function typeQuarter(page: Page, month: number, figure: number): Promise<void> {
  for (let n = 0; n < 3; n += 1) await typeInto(page, LINE, month + n, figure + n);
}

test('the browser is killed with -9 right after typing: what the app said it keeps is there, and is sent', async () => {
  ben.network.goDown();
  const figures = [21_001, 21_002, 21_003, 21_004, 21_005, 21_006];
  for (const [month, figure] of figures.entries()) await typeInto(b, LINE, month, figure);
  await b.locator('button.pill').click();
  await expect(b.getByText('6 changes on this device wait to be sent.')).toBeVisible();
  await ben.powerCut();

  b = await ben.tab();
  await openBudget(b, ben.url);
  for (const [month, figure] of figures.entries()) await expect(cell(b, LINE, month)).toHaveText(written(figure));
  ben.network.comeBack();
  await pillSays(b, 'Synced');
  for (const [month, figure] of figures.entries()) await expect(cell(a, LINE, month)).toHaveText(written(figure));
});

test('a copied profile: both copies send what waited once, go on under one key, and everybody agrees', async () => {
  const before = await numbered(b);
  ben.network.goDown();
  await typeInto(b, LINE, 0, 31_001);
  await typeInto(b, LINE, 1, 31_002);
  await expect
    .poll(async () => (await onDisk(b)).rows.filter(({ state }) => state === 'unacknowledged').length)
    .toBe(2);
  const copied = await ben.copy();
  b = await ben.tab();
  const c = await copied.tab();
  await Promise.all([openBudget(b, ben.url), openBudget(c, ben.url)]);
  // Each goes on by itself before they meet, in one cell too.
  await typeInto(b, LINE, 2, 31_003);
  await typeInto(c, LINE, 3, 31_004);
  await typeInto(b, LINE, 4, 31_005);
  await typeInto(c, LINE, 4, 31_006);
  ben.network.comeBack();
  for (const page of [b, c])
    await expect(page.locator('button.pill')).toHaveAccessibleName(/^(Synced|1 to review)$/, { timeout: 30_000 });
  // Both write at once.
  await Promise.all([typeQuarter(b, 5, 41_001), typeQuarter(c, 8, 51_001)]);
  const shown = {
    0: 31_001,
    1: 31_002,
    2: 31_003,
    3: 31_004,
    5: 41_001,
    6: 41_002,
    7: 41_003,
    8: 51_001,
    9: 51_002,
    10: 51_003,
  };
  for (const page of [a, b, c]) {
    for (const [month, figure] of Object.entries(shown)) {
      await expect(cell(page, LINE, Number(month))).toHaveText(written(figure), { timeout: 20_000 });
    }
  }
  const met = await cell(a, LINE, 4).innerText();
  expect([(await numbered(b)) - before, (await numbered(c)) - before]).toEqual([12, 12]);
  expect([written(31_005), written(31_006)]).toContain(met);
  const hashes = [
    await shownReportHash(a, ana.url),
    await shownReportHash(b, ben.url),
    await shownReportHash(c, ben.url),
  ];
  expect(new Set(hashes).size).toBe(1);
  await copied.killBrowser();
});
