/** The pages of people, accounts and decisions, with work in them: nothing keeps anybody out, wide or narrow, light or dark. */
import { expect, test, type Page } from '@playwright/test';
import { SETUP_TOKEN } from '#tests/support/server-process.ts';
import { barriers } from './support/axe.ts';
import { Company, joinAs, shareSample } from './support/company.ts';
import { openBudget, typeInto } from './support/grid.ts';
import { readyForOffline, type PersonInBrowser } from './support/person.ts';
import { invite } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

let company: Company;
let ines: PersonInBrowser;
let owner: Page;
let tomas: PersonInBrowser;
let holder: Page;
let stranger: PersonInBrowser;
let guest: Page;
/** An invitation that nobody used yet. */
let open: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  company = await Company.open();
  [ines, tomas, stranger] = [await company.person(), await company.person(), await company.person()];
  const shared = await shareSample(ines, 'Budget holder');
  owner = shared.page;
  holder = await joinAs(tomas, shared.link, 'Tomas');
  open = await invite(owner, 'Priya', 'Approver', { limit: '250000' });
  guest = await stranger.tab();

  // Something to decide, something that came too late, a month that is closed, somebody who stands in.
  await openBudget(holder, tomas.url);
  await readyForOffline(holder);
  tomas.network.goDown();
  await typeInto(holder, 'IT management', 0, 4321);
  await openBudget(owner, ines.url);
  await owner.getByRole('button', { name: 'Submit…' }).first().click();
  await owner.getByRole('dialog').getByLabel('Note for whoever approves').fill('For the board');
  await owner.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
  await expect(owner.getByText('Submitted by Ines')).toBeVisible();
  tomas.network.comeBack();
  await owner.goto(`${ines.url}/close`);
  const close = owner.getByRole('button', { name: /^Close / }).first();
  await close.click();
  await owner
    .getByRole('dialog')
    .getByRole('button', { name: /^Close \w{3,}/ })
    .last()
    .click();
  await expect(owner.getByText('Closed by Ines').first()).toBeVisible();
  await owner.goto(`${ines.url}/settings/sharing`);
  await owner.getByRole('button', { name: 'Delegate' }).click();
  const sheet = owner.getByRole('dialog', { name: 'Delegate approving' });
  await sheet.getByLabel('To', { exact: true }).selectOption({ label: 'Tomas' });
  await sheet.getByLabel('Until').fill('2099-12-31');
  await sheet.getByRole('button', { name: 'Delegate' }).click();
  await expect(sheet).toBeHidden();
});

test.afterAll(() => company.close());

async function opens(page: Page, address: string, heading: string | RegExp): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0, { timeout: 30_000 });
}

const OF_THE_OWNER = [
  ['/settings/sharing', 'People & sharing'],
  ['/settings/devices', 'Devices and sign-in'],
  ['/scenarios', 'Scenarios'],
  ['/approvals', 'Approvals'],
  ['/close', 'Close'],
  ['/audit', 'Audit trail'],
  ['/audit/verify', /verif/i],
  ['/forecast', 'Forecast'],
] as const;

for (const [address, heading] of OF_THE_OWNER) {
  test(`${address} keeps nobody out`, async () => {
    await opens(owner, `${ines.url}${address}`, heading);
    expect(await barriers(owner)).toEqual([]);
  });
}

test('/review keeps nobody out, with a change that came too late', async () => {
  await opens(holder, `${tomas.url}/review`, 'To review');
  const refused = holder.getByRole('article');
  await expect(refused).toContainText('Try again once it is returned or withdrawn', { timeout: 30_000 });
  await expect(refused.getByRole('button', { name: 'Open an amendment' })).toHaveCount(0);
  expect(await barriers(holder)).toEqual([]);
});

const SHEETS = [
  ['/settings/sharing', 'Invite somebody', 'Invite somebody'],
  ['/settings/sharing', 'Delegate', 'Delegate approving'],
  ['/approvals', 'Edit the policy', 'Approval policy'],
  ['/close', /^Close /, /^Close /],
  ['/close', /^Reopen /, /^Reopen /],
] as const;

for (const [address, button, title] of SHEETS) {
  test(`the sheet ${String(title)} of ${address} keeps nobody out`, async () => {
    await owner.goto(`${ines.url}${address}`);
    await owner.getByRole('button', { name: button }).first().click({ timeout: 30_000 });
    await expect(owner.getByRole('dialog', { name: title })).toBeVisible();
    expect(await barriers(owner)).toEqual([]);
  });
}

test('sign-in, set-up, join and recover keep nobody out, nor do links that no longer work', async () => {
  for (const [address, heading] of [
    ['/sign-in', 'Sign in'],
    [`/setup#${SETUP_TOKEN}`, 'Set up this server'],
    [`/join#${open.split('#')[1] ?? ''}`, 'Join a workspace'],
    ['/join', 'Join a workspace'],
    ['/recover#a-link-that-was-used', /./],
  ] as const) {
    // A link behind # alone would not load the page anew.
    await guest.goto('about:blank');
    await opens(guest, `${stranger.url}${address}`, heading);
    expect(await barriers(guest), address).toEqual([]);
    await expect(guest.getByRole('link', { name: 'Back' })).toBeVisible();
  }
});

test('without a network they say so, and keep nobody out', async () => {
  await readyForOffline(owner);
  ines.network.goDown();
  for (const [address, heading] of OF_THE_OWNER.slice(0, 3)) {
    await opens(owner, `${ines.url}${address}`, heading);
    await expect(owner.getByText('Not signed in')).toHaveCount(0);
    expect(await barriers(owner), address).toEqual([]);
  }
  ines.network.comeBack();
});
