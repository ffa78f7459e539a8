/** Who may do less sees less: what a role does not reach is neither offered nor on the device. */
import { expect, test, type Page } from '@playwright/test';
import { Company, joinAs, shareSample } from './support/company.ts';
import { onDisk } from './support/device.ts';
import { cell, openBudget, typeInto } from './support/grid.ts';
import type { PersonInBrowser } from './support/person.ts';
import { pillSays } from './support/pill.ts';

let company: Company;
let owner: PersonInBrowser;
let other: PersonInBrowser;

test.beforeEach(async () => {
  company = await Company.open();
  owner = await company.person();
  other = await company.person();
});

test.afterEach(() => company.close());

async function joined(role: string): Promise<{ a: Page; b: Page }> {
  const { page: a, link } = await shareSample(owner, role);
  const b = await joinAs(other, link, 'Ben');
  await pillSays(b, 'Synced');
  return { a, b };
}

async function takeBack(a: Page, role: string): Promise<void> {
  await a.goto(`${owner.url}/settings/sharing`);
  await a.getByRole('button', { name: 'What to do with Ben' }).click();
  await a.getByRole('menuitem', { name: `Take back: ${role}` }).click();
}

/** Kinds of documents of which there is anything on the device. */
async function kindsOn(page: Page): Promise<readonly string[]> {
  const { rows } = await onDisk(page);
  return [...new Set(rows.map(({ document }) => document.split('/')[0] ?? ''))].sort();
}

test('S26: what a role reached leaves the device with it; what was not sent waits under To review', async () => {
  const { a, b } = await joined('Controller');
  await openBudget(b, other.url);
  expect(await kindsOn(b)).toEqual(['core', 'decisions', 'inbox', 'ledger', 'plan']);

  // Typed while the line is down, and with it the news of the role.
  other.network.goDown();
  await pillSays(b, /^Can't reach server/);
  await typeInto(b, 'IT management', 0, 4321);
  await expect(cell(b, 'IT management', 0)).toHaveText('4,321');
  await takeBack(a, 'Controller');
  await expect(a.getByText('No role: nothing can be read or changed')).toBeVisible();
  other.network.comeBack();
  await pillSays(b, 'Not syncing');

  await expect.poll(() => kindsOn(b), { timeout: 20_000 }).toEqual(['core', 'decisions']);
  await b.goto(`${other.url}/review`);
  await expect(b.getByText('Your right to change this was taken away')).toBeVisible();
  await b.goto(`${other.url}/expenses?state=all`);
  await expect(b.getByRole('tab', { name: /^All/ })).toHaveAccessibleName(/All\s*0?$/);
});

const PAGES = [
  'Overview',
  'Budget',
  'Expenses',
  'Capture',
  'Import',
  'Forecast',
  'Scenarios',
  'Approvals',
  'Close',
  'Audit trail',
  'Settings',
];

function without(...labels: readonly string[]): readonly string[] {
  return PAGES.filter((label) => !labels.includes(label));
}

async function offered(page: Page): Promise<readonly string[]> {
  const links = page.getByRole('navigation', { name: 'Main' }).first().locator('a.page-link');
  return (await links.allInnerTexts()).map((text) => text.trim());
}

test('R3: a viewer is offered what can be read, and told why at the address of anything else', async () => {
  const { b } = await joined('Viewer');
  await expect.poll(() => offered(b)).toEqual(without('Capture', 'Import', 'Approvals', 'Close', 'Audit trail'));
  for (const [address, why] of [
    ['/capture', 'Expenses are captured by those who spend.'],
    ['/close', 'Months are closed by owners and controllers.'],
  ] as const) {
    await b.goto(`${other.url}${address}`);
    await expect(b.getByText(why)).toBeVisible();
  }
  await b.getByRole('link', { name: 'Go to the overview' }).click();
  await b.waitForURL(`${other.url}/`);

  // Neither by a key nor by the palette.
  await b.keyboard.press('g');
  await b.keyboard.press('c');
  await b.keyboard.press('Control+k');
  await b.getByPlaceholder(/^Find a page/).fill('Capture');
  await expect(b.getByRole('option', { name: /^Capture/ })).toHaveCount(0);
  await b.keyboard.press('Escape');
  expect(new URL(b.url()).pathname).toBe('/');

  await b.goto(`${other.url}/expenses?state=posted`);
  await b.locator('a[href*="expense="]').first().click();
  await expect(b.getByText(/may do this|lets you read|Ask an owner/).first()).toBeVisible();
  for (const name of ['New expense', 'Import', 'Return…', 'Re-code…', 'Reverse…']) {
    await expect(b.getByRole('button', { name }).or(b.getByRole('main').getByRole('link', { name }))).toHaveCount(0);
  }

  await openBudget(b, other.url);
  await expect(b.getByText('Your role lets you read this and not change it.').first()).toBeVisible();
  await expect(b.getByRole('button', { name: 'Line', exact: true })).toHaveCount(0);
  await typeInto(b, 'IT management', 0, 4321);
  await expect(cell(b, 'IT management', 0)).not.toHaveText('4,321');

  await b.goto(`${other.url}/settings/sharing`);
  await expect(b.getByRole('heading', { name: 'People' })).toBeVisible();
  await expect(b.getByRole('button', { name: /^What to do with|Invite somebody/ })).toHaveCount(0);
});

test('R3: a contributor captures, and names a vendor in words; an auditor reads everything and adds nothing', async () => {
  const { a, b } = await joined('Contributor');
  await expect
    .poll(() => offered(b))
    .toEqual(without('Budget', 'Forecast', 'Scenarios', 'Approvals', 'Close', 'Audit trail'));
  expect(await kindsOn(b)).not.toContain('ledger');
  await b.goto(`${other.url}/budget`);
  await expect(b.getByText('Your role lets you capture expenses.')).toBeVisible();
  await b.goto(`${other.url}/expenses`);
  await b.getByRole('button', { name: 'New expense' }).click();
  await b.getByRole('combobox', { name: 'Vendor' }).fill('Nobody’s vendor');
  await expect(b.getByRole('option', { name: 'Keep “Nobody’s vendor”' })).toBeVisible();

  await a.goto(`${owner.url}/settings/sharing`);
  await a.getByRole('button', { name: 'What to do with Ben' }).click();
  await a.getByRole('menuitem', { name: 'Give a role…' }).click();
  await a.getByLabel('Role', { exact: true }).selectOption({ label: 'Auditor' });
  await a.getByRole('button', { name: 'Give the role' }).click();
  await takeBack(a, 'Contributor');
  await b.goto(`${other.url}/`);
  await expect.poll(() => offered(b), { timeout: 20_000 }).toEqual(without('Capture', 'Import'));
  await b.goto(`${other.url}/expenses?state=posted`);
  await expect(b.locator('a[href*="expense="]').first()).toBeVisible({ timeout: 20_000 });
  await expect(b.getByRole('button', { name: 'New expense' })).toHaveCount(0);
});
