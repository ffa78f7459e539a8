/** Payment files in: to the cent, once, and out again as a whole. */
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { PersonInBrowser } from './support/person.ts';

const PAYMENTS = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'payments');
/** Rows and totals that whoever published the files counted: kept beside the files. */
const EXPECTED: Readonly<Record<string, readonly [rows: number, total: string]>> = {
  'oxford-apr-jun-2014.csv': [3836, '14,165,887.28'],
  'oxford-oct-dec-2014.csv': [3978, '15,676,053.92'],
  'oxford-jan-mar-2015.csv': [3864, '13,880,574.57'],
  'oxford-apr-jun-2015.csv': [3993, '14,057,679.06'],
  'oxford-jul-sep-2015.csv': [3461, '11,227,481.07'],
  'oxford-oct-dec-2015.csv': [3918, '11,923,874.03'],
  'oxford-jan-mar-2016.csv': [3908, '12,705,491.15'],
  'oxford-jan-mar-2017.csv': [3913, '13,397,989.24'],
};

let server: ServerProcess;
let ines: PersonInBrowser;
let page: Page;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'outlay-import-'));

test.beforeAll(async () => {
  server = await ServerProcess.start();
});

test.beforeEach(async () => {
  ines = await PersonInBrowser.at(server, { width: 1440, height: 900 });
  page = await ines.tab();
  await page.goto(`${ines.url}/welcome`);
  await page.getByRole('button', { name: 'Start blank' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Oxford');
  const currency = page.getByLabel('Base currency');
  await currency.fill('GBP');
  await page.getByRole('option', { name: /GBP/ }).click();
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL((url) => url.pathname !== '/welcome');
  await page.goto(`${ines.url}/import`);
});

test.afterEach(async () => {
  await ines.dispose();
});

test.afterAll(async () => {
  await server.dispose();
  rmSync(scratch, { recursive: true, force: true });
});

function file(name: string, text: string | Buffer): string {
  const full = path.join(scratch, name);
  writeFileSync(full, text);
  return full;
}

async function choose(full: string): Promise<void> {
  const another = page.getByRole('button', { name: 'Another file', exact: true });
  if (await another.isVisible()) await another.click();
  await page.locator('input[type=file]').setInputFiles(full);
}

async function importFile(full: string): Promise<void> {
  await choose(full);
  await page.getByRole('button', { name: /^Import [\d,]+$/ }).click();
  await expect(page.getByRole('heading', { name: /added from/ })).toBeVisible({ timeout: 30_000 });
}

function formatted(rows: number): string {
  return rows.toLocaleString('en');
}

test('every payment file has its rows and its total, the same file again adds nothing, and an import is undone whole', async () => {
  const isHere = existsSync(PAYMENTS);
  if (!isHere && process.env['CI'] === 'true') throw new Error(`The payment files are missing: ${PAYMENTS}`);
  test.skip(!isHere, `The payment files are missing: ${PAYMENTS}`);
  test.setTimeout(300_000);
  const names = readdirSync(PAYMENTS).filter((name) => name.endsWith('.csv'));
  expect(names.sort()).toEqual(Object.keys(EXPECTED).sort());
  let sum = 0;
  for (const name of names) {
    const [rows, total] = EXPECTED[name] ?? [0, ''];
    await importFile(path.join(PAYMENTS, name));
    await expect(page.getByRole('heading', { name: `${formatted(rows)} added from ${name}` })).toBeVisible();
    await expect(page.getByText(`GBP ${total} in total`)).toBeVisible();
    sum += rows;
  }
  for (const name of names) {
    await choose(path.join(PAYMENTS, name));
    await expect(page.getByText('Nothing of this file is new.')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('tab', { name: `Already here ${EXPECTED[name]?.[0]}` })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Another file', exact: true }).click();
  const past = page.getByRole('region', { name: 'Past imports' }).getByRole('listitem');
  await expect(past).toHaveCount(names.length);

  // The rows of one import, by the address that its name links to.
  await past.filter({ hasText: 'oxford-apr-jun-2015.csv' }).getByRole('link').click();
  await expect(page.getByRole('search').getByRole('status')).toHaveText('3,993 rows, GBP 14,057,679.06');
  await page.goBack();

  await past.filter({ hasText: 'oxford-apr-jun-2015.csv' }).getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('Took back 3,993 expenses of oxford-apr-jun-2015.csv')).toBeVisible({ timeout: 30_000 });
  await expect(past).toHaveCount(names.length - 1);
  await page.goto(`${ines.url}/expenses?state=all`);
  await expect(page.getByRole('search').getByRole('status')).toContainText(`${formatted(sum - 3993)} rows`);
  await page.goto(`${ines.url}/import`);
  await choose(path.join(PAYMENTS, 'oxford-apr-jun-2015.csv'));
  await expect(page.getByRole('button', { name: 'Import 3,993' })).toBeEnabled({ timeout: 30_000 });
});

test('an import is posted in parts, and what is posted stays when the import is undone', async () => {
  const lines = Array.from(
    { length: 700 },
    (_, i) => `2026-0${1 + (i % 9)}-1${i % 10},Vendor ${i},${i + 1}.50,INV-${i}`,
  );
  const full = file('ledger.csv', ['Date,Vendor,Amount,Invoice', ...lines].join('\n'));
  await importFile(full);
  const past = page.getByRole('region', { name: 'Past imports' }).getByRole('listitem');
  await past.getByRole('button', { name: 'Post all' }).click();
  await expect(page.getByText('Posted 700 expenses')).toBeVisible({ timeout: 60_000 });
  await expect(past).toContainText('posted');
  await past.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('All of ledger.csv is posted, and posted entries stay.')).toBeVisible();
  await page.goto(`${ines.url}/expenses?state=posted`);
  await expect(page.getByRole('search').getByRole('status')).toContainText('700 rows, GBP 245,700.00');
});

test('dates and decimals that can be read two ways are asked for with both readings', async () => {
  const full = file('two-ways.csv', 'Date,Supplier,Amount\n03/04/2026,Contoso,1.234\n05/06/2026,Zephyr,2.500\n');
  await choose(full);
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await page.getByRole('radio', { name: /Day, month, year.*April 3, 2026/ }).check();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await page.getByRole('radio', { name: /With a comma.*GBP 1,234\.00/ }).check();
  await page.getByRole('button', { name: 'Import 2' }).click();
  await expect(page.getByText('GBP 3,734.00 in total')).toBeVisible();

  // The next file with this header is read the same way, without a question.
  await choose(file('two-ways-again.csv', 'Date,Supplier,Amount\n07/08/2026,Acme,12.000\n'));
  await expect(page.getByText('Read as last time')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 1' })).toBeEnabled();
});

test('a row that looks like an expense captured by hand is asked about', async () => {
  await page.goto(`${ines.url}/expenses`);
  await page.getByRole('button', { name: 'New expense' }).click();
  const dialog = page.getByRole('dialog', { name: 'New expense' });
  await dialog.getByLabel('Amount').fill('40');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.goto(`${ines.url}/import`);
  const today = new Date().toLocaleDateString('sv');
  await choose(file('card.csv', `Date,Vendor,Amount\n${today},Zephyr,40.00\n${today},Contoso,41.00\n`));
  await expect(page.getByRole('button', { name: 'Import 1' })).toBeEnabled();
  await page.getByRole('tab', { name: 'Look alike 1' }).click();
  await page.getByRole('button', { name: 'Another purchase' }).click();
  await expect(page.getByRole('button', { name: 'Import 2' })).toBeEnabled();
  await page.getByRole('button', { name: 'The same' }).click();
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByText('skipped: you said they are here already')).toBeVisible();
});

test('rows that cannot be read are set aside with line and reason, and the others are imported', async () => {
  const text = [
    'Date,Vendor,Amount,Currency,Note',
    '2026-01-05,Acme,10.00,EUR,fine',
    '2026-01-06,Acme,12..3,EUR,no number',
    '2026-13-45,Acme,14.00,EUR,no date',
    '2026-01-07,Acme,15.00,XQZ,no currency',
    '2026-01-08,Acme,99999999999999999999.00,EUR,too much',
    '2026-01-09,Acme,16.00,EUR,"a note',
    'over two lines"',
    ',Acme,17.00,EUR,no date at all',
  ].join('\n');
  await choose(file('bad.csv', text));
  await expect(page.getByRole('button', { name: 'Import 3' })).toBeEnabled();
  await page.getByRole('tab', { name: 'Cannot read 4' }).click();
  const list = page.getByRole('list', { name: 'Cannot read' });
  await expect(list).toContainText('The amount "12..3" is not a number.');
  await expect(list).toContainText('The date "2026-13-45" is not a day of the calendar');
  await expect(list).toContainText('The currency "XQZ" is not known.');
  await expect(list).toContainText('too large to be added up exactly');
  await expect(list).toContainText('line 3');
  await expect(page.getByText('1 of unknown date')).toBeVisible();
  await page.getByRole('button', { name: 'Import 3' }).click();
  await expect(page.getByText('skipped: they could not be read')).toBeVisible();
  await page.getByRole('link', { name: 'See these rows' }).click();
  await expect(page.getByText('a note over two lines')).toBeVisible();
});

test('a file too large, binary or empty is refused with a sentence, and nothing is changed', async () => {
  const huge = file('huge.csv', '');
  truncateSync(huge, 300 * 1024 * 1024);
  await choose(huge);
  await expect(page.getByText('The file is 300 MB; files up to 64 MB can be imported.')).toBeVisible();
  await choose(file('empty.csv', ''));
  await expect(page.getByText('The file is empty. Nothing was changed.')).toBeVisible();
  await choose(file('sheet.csv', Buffer.from('504b0304140006000800000021', 'hex')));
  await expect(page.getByText(/Nothing was changed\./)).toBeVisible();
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256));
  await choose(file('noise.csv', noise));
  await expect(page.getByText('noise.csv cannot be imported')).toBeVisible();
  await page.goto(`${ines.url}/expenses?state=all`);
  await expect(page.getByText('Every expense, credit and revenue stands here')).toBeVisible();
});

test('a budget file is recognised and becomes a version of the plan', async () => {
  const year = new Date().getFullYear();
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
  const text = [
    ['Line', 'Category', ...months, 'Total'].join(','),
    ['Cloud hosting', 'Cloud', ...months.map(() => '1000'), '12000'].join(','),
    ['Laptops', 'Hardware', ...months.map((_, i) => (i === 2 ? '5000' : '0')), '5000'].join(','),
  ].join('\n');
  await choose(file('plan.csv', text));
  await expect(page.getByText('This looks like a budget')).toBeVisible();
  await expect(page.getByText('GBP 17,000.00')).toBeVisible();
  await page.getByLabel('Name of the version').fill('Imported plan');
  await page.getByRole('button', { name: 'Import 2 lines' }).click();
  await expect(page).toHaveURL(/\/budget\?version=/);
  await expect(page.getByText('Cloud hosting').first()).toBeVisible();
});
