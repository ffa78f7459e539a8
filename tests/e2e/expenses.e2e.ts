/** From the inbox to the ledger and back: what is posted, returned and reversed, and what a figure is made of. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';

let server: ServerProcess;
let ines: PersonInBrowser;
let page: Page;

test.beforeAll(async () => {
  server = await ServerProcess.start();
  ines = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  page = await ines.tab();
  await exploreSample(page, ines.url);
});

test.afterAll(async () => {
  await ines.dispose();
  await server.dispose();
});

function rows() {
  return page.locator('.expense-row:has(a)');
}

function panel() {
  return page.getByRole('complementary', { name: 'Expense' });
}

function summary() {
  return page.getByRole('search').getByRole('status');
}

/** Types a new expense with the keyboard alone. */
async function add(amount: string, description: string): Promise<void> {
  await page.goto(`${ines.url}/expenses`);
  await expect(rows().first()).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New expense' });
  await expect(dialog.getByLabel('Amount')).toBeFocused();
  await page.keyboard.type(amount);
  await dialog.getByLabel('Description').fill(description);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await page.goto(`${ines.url}/expenses?text=${encodeURIComponent(description)}`);
  await expect(rows()).toHaveCount(1);
}

async function tab(name: RegExp): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

test('an expense is added, posted, returned with a reason, mended, posted again and reversed, and nets to nothing', async () => {
  await add('120.50', 'Crane inspection');
  await rows().first().getByRole('link').click();
  await panel().getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByText('Posted 1 expense')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Posted 1' })).toBeVisible();

  await panel().getByRole('button', { name: 'Return…' }).click();
  await panel().getByRole('button', { name: 'Return', exact: true }).click();
  await expect(panel().getByText('Say why')).toBeVisible();
  await panel().getByLabel('Reason').fill('The receipt is missing');
  await panel().getByRole('button', { name: 'Return', exact: true }).click();
  await expect(page.getByText('Returned 1 expense')).toBeVisible();

  await tab(/^Returned 1/);
  await rows().first().getByRole('link').click();
  await expect(panel().getByText('The receipt is missing').first()).toBeVisible();
  await panel().getByLabel('Amount').fill('121.50');
  await expect(rows().first()).toContainText('121.50');
  await panel().getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByText('Nothing fits these filters.')).toBeVisible();

  await tab(/^Posted 3/);
  await expect(summary()).toContainText('3 rows');
  await expect(summary()).toContainText('121.50');
  await rows().filter({ hasText: '121.50' }).getByRole('link').click();
  await panel().getByRole('button', { name: 'Reverse…' }).click();
  await panel().getByLabel('Reason').fill('It was paid twice');
  await panel().getByRole('button', { name: 'Reverse', exact: true }).click();
  await expect(page.getByText('Reversed 1 expense')).toBeVisible();
  await tab(/^All 4/);
  await expect(summary()).toContainText('4 rows, EUR 0.00');
  // Captured, posted, returned, posted again, reversed.
  await rows().first().getByRole('link').click();
  await expect(panel().getByRole('listitem')).toHaveCount(5);
});

test('what was posted without a copy in an inbox comes back to one when it is returned', async () => {
  await page.goto(`${ines.url}/expenses?state=posted&sort=amount`);
  await rows().nth(3).getByRole('link').click();
  await panel().getByRole('button', { name: 'Return…' }).click();
  await panel().getByLabel('Reason').fill('Wrong month');
  await panel().getByRole('button', { name: 'Return', exact: true }).click();
  await expect(page.getByText('Returned 1 expense')).toBeVisible();
  await tab(/^Returned 1/);
  await rows().first().getByRole('link').click();
  await expect(panel().getByText('Wrong month').first()).toBeVisible();
  await panel().getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Returned 0' })).toBeVisible();
});

test('an expense is re-coded in one step, and stays the same money', async () => {
  await page.goto(`${ines.url}/expenses?state=posted&sort=-amount`);
  await rows().nth(4).getByRole('link').click();
  const before = await panel().locator('dd').first().innerText();
  await panel().getByRole('button', { name: 'Re-code…' }).click();
  const form = page.getByRole('form', { name: 'Re-code' });
  await form.getByLabel('Department').fill('Security');
  await page.getByRole('option', { name: /Security/ }).click();
  await form.getByLabel('Reason').fill('It belongs to another team');
  await form.getByRole('button', { name: 'Re-code' }).click();
  await expect(page.getByText('Re-coded 1 expense')).toBeVisible();
  await expect(panel().getByText(/Re-coded to .*Security/)).toBeVisible();
  await expect(panel().locator('dd').first()).toHaveText(before);
});

test('every field can be edited while an expense waits, and each edit is taken back by one key', async () => {
  await add('75', 'Berth survey');
  await rows().first().getByRole('link').click();
  await panel().getByLabel('Invoice number').fill('BS-1');
  await expect(rows().first()).toContainText('BS-1');
  await panel().getByLabel('Vendor').fill('Quay Surveyors');
  await page.getByRole('option', { name: /Create/ }).click();
  await expect(rows().first()).toContainText('Quay Surveyors');
  await panel().getByText('Unknown').click();
  await expect(rows().first()).toContainText('no date');
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
  await page.keyboard.press('u');
  await expect(rows().first()).not.toContainText('no date');
});

test('what is selected by keys is set, deleted and brought back as one', async () => {
  await page.goto(`${ines.url}/expenses?state=unposted`);
  await expect(rows().nth(5)).toBeVisible();
  const before = await rows().first().innerText();
  for (const key of ['j', 'x', 'j', 'j', 'Shift+X']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
  await expect(page.getByText('3 expenses selected')).toBeVisible();
  await page.getByRole('button', { name: 'Department…' }).click();
  await page.getByRole('dialog').getByLabel('Department').fill('Workplace');
  await page.getByRole('option', { name: /Workplace/ }).click();
  await expect(page.getByText('Department set of 3 expenses')).toBeVisible();
  await expect(rows().first()).toContainText('Workplace');
  await page.keyboard.press('u');
  await expect(rows().first()).toHaveText(before, { useInnerText: true });
  const whole = await summary().innerText();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Deleted 3 expenses')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(summary()).toHaveText(whole);
});

test('an expense of unknown date asks under which date it counts', async () => {
  await add('33', 'Undated pilot');
  await rows().first().getByRole('link').click();
  await panel().getByText('Unknown').click();
  await expect(rows().first()).toContainText('no date');
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
  await page.keyboard.press('j');
  await expect(rows().first().locator('a[aria-current=true]')).toHaveCount(1);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Under which date?' });
  await dialog.getByRole('button', { name: 'Post' }).click();
  await expect(page.getByRole('tab', { name: 'Posted 1' })).toBeVisible();
});

test('a list adds up to the report it is opened from, and is its address', async () => {
  await page.goto(`${ines.url}/expenses?state=posted&nature=cost`);
  await expect(summary()).toContainText('rows');
  const whole = await summary().innerText();
  const of = (text: string): number => Number(/EUR\s([\d,.]+)/.exec(text)?.[1]?.replaceAll(',', ''));
  await page.goto(`${ines.url}/expenses?state=posted&nature=cost&department=root`);
  await expect(page.getByText('Department: Harbourlight')).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter Department: Harbourlight' }).click();
  await expect(summary()).toHaveText(whole);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Filters').getByRole('combobox', { name: 'Category' }).fill('Cloud');
  await page
    .getByRole('option', { name: /^Cloud/ })
    .first()
    .click();
  await expect(page).toHaveURL(/category=/);
  await expect(summary()).not.toHaveText(whole);
  expect(of(await summary().innerText())).toBeLessThan(of(whole));
});

test('an expense that is not here says so, by either address', async () => {
  await page.goto(`${ines.url}/expenses/nowhere`);
  await expect(page.getByText('This expense is not on this device yet')).toBeVisible();
  await page.goto(`${ines.url}/expenses?expense=nowhere`);
  await expect(page.getByText('This expense is not on this device yet')).toBeVisible();
});

test('the filtered rows are downloaded as CSV', async () => {
  await page.goto(`${ines.url}/expenses?state=posted&text=keyring`);
  await expect(summary()).toContainText('rows');
  const count = Number(/^([\d,]+) rows/.exec(await summary().innerText())?.[1]);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download these rows as CSV' }).click();
  const stream = await (await downloading).createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text.trim().split('\r\n')).toHaveLength(count + 1);
});
