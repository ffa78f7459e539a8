/** What was approved is named where its figures are read: on the Overview, on paper, on the budget. */
import { expect, test } from '@playwright/test';
import { Company, joinAs, shareSample } from './support/company.ts';
import { openBudget } from './support/grid.ts';

let company: Company;
test.beforeEach(async () => {
  company = await Company.open();
});
test.afterEach(() => company.close());

test('an approved plan says on the Overview who approved it and under which hash, on paper the whole of it', async () => {
  const [head, chief] = [await company.person(), await company.person()];
  const { page: a, link } = await shareSample(head);
  const b = await joinAs(chief, link, 'Priya');
  await openBudget(a, head.url);
  const standing = a.getByRole('list', { name: 'Approval of this version' }).getByRole('listitem').first();
  await standing.getByRole('button', { name: 'Submit…' }).click();
  await a.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(standing).toContainText('Submitted by');

  await b.goto(`${chief.url}/approvals`);
  const card = b.getByRole('article').first();
  await card.getByRole('button', { name: 'Approve…' }).click({ timeout: 20_000 });
  await b.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(card).toContainText('Approved by Priya');
  const hash = (await card.locator('.hash').getAttribute('title')) ?? '';
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  await expect(standing.getByRole('link', { name: hash.slice(0, 12) })).toBeVisible();

  await a.goto(head.url);
  const locked = a.getByLabel('What the plan is locked to');
  await expect(locked).toContainText('Approved by Priya');
  await expect(locked.getByText(hash.slice(0, 16), { exact: true })).toBeVisible();
  await a.emulateMedia({ media: 'print' });
  await expect(locked.getByText(hash, { exact: true })).toBeVisible();
  await a.emulateMedia({ media: 'screen' });
  await locked.getByRole('link', { name: 'See the approval' }).click();
  await expect(a.getByRole('article').filter({ hasText: hash.slice(0, 16) })).toBeInViewport();
});
