/** The end of a month: it is closed by its checklist and reopened with a reason; what comes late counts in the next. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Company, joinAs, shareSample } from './support/company.ts';
import { readyForOffline, type PersonInBrowser } from './support/person.ts';
import { expectSealed, saved } from './support/sealed.ts';
import { invite } from './support/sharing.ts';

let company: Company;
let controller: PersonInBrowser;
let desk: Page;
let link: string;

test.beforeEach(async () => {
  company = await Company.open();
  controller = await company.person();
  ({ page: desk, link } = await shareSample(controller));
});

test.afterEach(() => company.close());

async function decide(page: Page, button: string, note = ''): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (note !== '') await sheet.getByRole('textbox').fill(note);
  await sheet.getByRole('button', { name: button, exact: true }).click();
  await expect(sheet).toBeHidden();
}

function periods(page: Page): Locator {
  return page.getByRole('list', { name: 'Periods' });
}

/** Opens the sheet that closes the month of today; gives its name. */
async function askToClose(page: Page): Promise<string> {
  await page.goto(`${controller.url}/close`);
  await expect(periods(page).getByRole('listitem')).toHaveCount(12);
  const last = periods(page)
    .getByRole('button', { name: /^Close / })
    .last();
  const name = ((await last.getAttribute('aria-label')) ?? '').replace('Close ', '');
  await last.click();
  await expect(page.getByRole('list', { name: 'Checklist' }).getByRole('listitem')).toHaveCount(6);
  return name;
}

test('A10: a month is closed by its checklist, everybody sees it, and it is reopened with a reason', async () => {
  const chief = await company.person();
  const b = await joinAs(chief, link, 'Priya');
  const name = await askToClose(desk);
  await decide(desk, `Close ${name}`);
  const row = periods(desk).getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('Closed by');

  await b.goto(`${chief.url}/close`);
  await expect(periods(b).getByRole('listitem').filter({ hasText: name })).toContainText('Closed by');
  const download = { name: `Download what was closed: ${name}` };
  expectSealed(await saved(b, b.getByRole('button', download)), 'ledger');
  controller.network.goDown();
  await desk.getByRole('button', download).click();
  await expect(desk.getByText('The server does not answer.')).toBeVisible();
  controller.network.comeBack();
  await desk.getByRole('button', { name: `Reopen ${name}` }).click();
  await decide(desk, 'Reopen', 'An invoice was missing');
  await expect(row).toContainText('An invoice was missing');
});

async function capture(phone: Page, url: string, amount: string, description: string): Promise<void> {
  await phone.goto(`${url}/capture?draft=new`);
  await phone.getByLabel('Amount').fill(amount);
  await phone.getByLabel('Description').fill(description);
  await phone.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(phone.getByText('Saved on this phone.')).toBeVisible();
}

async function openExpense(page: Page, url: string, description: string): Promise<void> {
  await page.goto(`${url}/expenses?state=all&text=${encodeURIComponent(description)}`);
  await page.locator('.expense-row a').first().click({ timeout: 30_000 });
}

/** What the panel of an expense says under a heading. */
function fact(page: Page, label: string): Locator {
  return page.locator('dl div').filter({ hasText: label }).getByRole('definition');
}

test('A10, I4: what a phone captured and posted offline in a month that closed meanwhile counts in the next, with its date', async () => {
  const tomas = await company.personWithPhone();
  await desk.goto(`${controller.url}/settings/sharing`);
  const phone = await joinAs(tomas, await invite(desk, 'Tomas', 'Budget holder'), 'Tomas');
  await readyForOffline(phone);
  tomas.network.goDown();
  await capture(phone, tomas.url, '77.10', 'Mooring ropes');
  await capture(phone, tomas.url, '12.30', 'Deck paint');
  await openExpense(phone, tomas.url, 'Mooring ropes');
  await phone.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(phone.getByText('Posting waits').first()).toBeVisible();

  // Nobody knows of them yet: the month is closed.
  const name = await askToClose(desk);
  await decide(desk, `Close ${name}`);
  const row = periods(desk).getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('Closed by Ines');
  const lockedAs = await row.locator('.hash').getAttribute('title');

  tomas.network.comeBack();
  await expect(phone.getByText('Posting waits')).toHaveCount(0, { timeout: 60_000 });
  const today = new Date().toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
  for (const [page, url] of [
    [phone, tomas.url],
    [desk, controller.url],
  ] as const) {
    await openExpense(page, url, 'Mooring ropes');
    await expect(fact(page, 'Counts in')).toHaveText(nextMonth());
    await expect(fact(page, 'Date')).toHaveText(today);
  }

  // What was only captured is there too, and finance posts it with the same result.
  await openExpense(desk, controller.url, 'Deck paint');
  await desk.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(fact(desk, 'Counts in')).toHaveText(nextMonth());
  await expect(fact(desk, 'Date')).toHaveText(today);

  // The closed month is what it was, and nothing is left to review.
  await desk.goto(`${controller.url}/close`);
  await expect(row.locator('.hash')).toHaveAttribute('title', lockedAs ?? '');
  await phone.goto(`${tomas.url}/review`);
  await expect(phone.getByText('Nothing is to be reviewed.')).toBeVisible({ timeout: 20_000 });
});

function nextMonth(): RegExp {
  const now = new Date();
  const next = new Date(now.getFullYear(), now.getMonth() + 1, 1);
  return new RegExp(next.toLocaleDateString('en', { month: 'short' }));
}
