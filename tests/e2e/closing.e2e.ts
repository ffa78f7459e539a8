/** The end of a month: it is closed by its checklist, and reopened with a reason. */
import { expect, test, type Page } from '@playwright/test';
import { Company, joinAs, shareSample } from './support/company.ts';

let company: Company;

test.beforeEach(async () => {
  company = await Company.open();
});

test.afterEach(() => company.close());

async function decide(page: Page, button: string, note = ''): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (note !== '') await sheet.getByRole('textbox').fill(note);
  await sheet.getByRole('button', { name: button, exact: true }).click();
  await expect(sheet).toBeHidden();
}

test('A10: a month is closed by its checklist, everybody sees it, and it is reopened with a reason', async () => {
  const [head, chief] = [await company.person(), await company.person()];
  const { page: a, link } = await shareSample(head);
  const b = await joinAs(chief, link, 'Priya');
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
