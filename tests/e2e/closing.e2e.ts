/** J6 with a plan and a transfer in place of the purchase order; a month is closed and reopened. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { cell, openBudget } from './support/grid.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { joinBy, shareWorkspace } from './support/sharing.ts';

let server: ServerProcess;
let head: PersonInBrowser;
let chief: PersonInBrowser;

test.beforeEach(async () => {
  server = await ServerProcess.start();
  head = await PersonInBrowser.at(server);
  chief = await PersonInBrowser.at(server);
});

test.afterEach(async () => {
  await head.dispose();
  await chief.dispose();
  await server.dispose();
});

async function together(): Promise<{ a: Page; b: Page }> {
  const a = await head.tab();
  await exploreSample(a, head.url);
  const link = await shareWorkspace(a, head.url);
  const b = await chief.tab();
  await joinBy(b, chief.url, link, 'Priya');
  return { a, b };
}

function standing(page: Page) {
  return page.getByRole('list', { name: 'Approval of this version' }).getByRole('listitem').first();
}

async function decide(page: Page, button: string, note = ''): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (note !== '') await sheet.getByRole('textbox').fill(note);
  await sheet.getByRole('button', { name: button, exact: true }).click();
  await expect(sheet).toBeHidden();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label, exact: true }).fill(option);
  await page.getByRole('option', { name: option }).first().click();
}

test('J6: a plan is sealed, approved by somebody else, and changes by a transfer that is approved for what it says', async () => {
  const { a, b } = await together();
  await openBudget(a, head.url);
  await standing(a).getByRole('button', { name: 'Submit…' }).click();
  await decide(a, 'Submit', 'For the board');
  await expect(standing(a)).toContainText('Submitted by');
  await expect(standing(a).getByRole('button', { name: 'Approve…' })).toHaveCount(0);
  await cell(a, 'IT management', 0).click();
  await a.keyboard.type('1');
  await expect(a.getByText('waits for approval. Withdraw it').first()).toBeVisible();

  await b.goto(`${chief.url}/approvals`);
  const card = b.getByRole('article').first();
  await expect(card).toContainText('“For the board”', { timeout: 15_000 });
  await card.getByRole('button', { name: 'Approve…' }).click();
  await decide(b, 'Approve');
  await expect(standing(a)).toContainText('Approved by Priya');

  await standing(a).getByRole('button', { name: 'Transfer…' }).click();
  await choose(a, 'From line', 'IT management');
  await choose(a, 'To line', 'Security team');
  const sheet = a.getByRole('dialog');
  await sheet.getByLabel('From month').selectOption({ index: 12 });
  await sheet.getByLabel('To month').selectOption({ index: 12 });
  await sheet.getByLabel('Amount').fill('480');
  await sheet.getByLabel('Total over its term').fill('1440');
  await decideTransfer(a, 'Three years of backup');
  await b.goto(`${chief.url}/approvals`);
  const transfer = b.getByRole('article', { name: /Transfer of/ }).first();
  await expect(transfer).toContainText('1,440.00');
  await transfer.getByRole('button', { name: 'Approve…' }).click();
  await decide(b, 'Approve', 'Fine');
  await expect(transfer).toContainText('Approved by Priya');

  await a.goto(`${head.url}/approvals`);
  const own = a.getByRole('article', { name: /Transfer of/ }).first();
  await expect(own).toContainText('Approved by Priya');
  await expect(own.getByRole('button', { name: 'Approve…' })).toHaveCount(0);
  await own.getByRole('button', { name: 'Change…' }).click();
  await a.getByRole('dialog').getByLabel('Amount').fill('500');
  await decideTransfer(a, 'Three years of backup, more of it');
  await expect(b.getByRole('article', { name: /Transfer of/ }).first()).toContainText('Void: the approval by Priya');
  await expect(b.getByRole('region', { name: 'Waits for you' }).getByRole('article')).toHaveCount(1);
});

async function decideTransfer(page: Page, reason: string): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('What it is for').fill(reason);
  await sheet.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(sheet).toBeHidden();
}

test('A10: a month is closed by its checklist, everybody sees it, and it is reopened with a reason', async () => {
  const { a, b } = await together();
  await a.goto(`${head.url}/close`);
  const periods = a.getByRole('list', { name: 'Periods' });
  await expect(periods.getByRole('listitem')).toHaveCount(12);
  const last = periods.getByRole('button', { name: /^Close / }).last();
  const name = ((await last.getAttribute('aria-label')) ?? '').replace('Close ', '');
  await last.click();
  await expect(a.getByRole('list', { name: 'Checklist' }).getByRole('listitem')).toHaveCount(6);
  await decide(a, `Close ${name}`);
  const row = periods.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('Closed by');

  await b.goto(`${chief.url}/close`);
  await expect(b.getByRole('list', { name: 'Periods' }).getByRole('listitem').filter({ hasText: name })).toContainText(
    'Closed by',
  );
  await a.getByRole('button', { name: `Reopen ${name}` }).click();
  await decide(a, 'Reopen', 'An invoice was missing');
  await expect(row).toContainText('An invoice was missing');
});
