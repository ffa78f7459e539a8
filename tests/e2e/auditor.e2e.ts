/** J13 without the depreciations: an auditor comes by a link, draws a sample, traces it, and verifies the books offline. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, expect, test, type Locator, type Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { Company, joinAs, shareSample } from './support/company.ts';
import { openBudget } from './support/grid.ts';
import type { PersonInBrowser } from './support/person.ts';
import { photoOf } from './support/photo.ts';
import { invite } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

const root = path.resolve(import.meta.dirname, '..', '..');

let company: Company;
let ines: PersonInBrowser;
let auditor: PersonInBrowser;
let finance: Page;
let audit: Page;
let folder: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  folder = mkdtempSync(path.join(os.tmpdir(), 'outlay-audit-'));
  company = await Company.open();
  [ines, auditor] = [
    await company.person({ width: 1440, height: 900 }),
    await company.person({ width: 1440, height: 900 }),
  ];
  const { page, link } = await shareSample(ines);
  finance = page;
  const scoped = await invite(finance, 'Vera', 'Auditor');
  const priya = await company.person();
  const chief = await joinAs(priya, link, 'Priya');

  // A year of work in short: an expense with its receipt, a plan that was approved, a month that was closed.
  const photo = await photoOf(finance, 'Crane inspection 120.50');
  await finance.goto(`${ines.url}/capture`);
  await finance.locator('input[type=file]').first().setInputFiles(photo);
  await finance.getByLabel('Amount').fill('120.50');
  await finance.getByLabel('Description').fill('Crane inspection');
  await finance.getByRole('button', { name: 'Save', exact: true }).click();
  await openExpense(finance, ines.url, 'Crane inspection');
  await expect(finance.getByText('On the server')).toBeVisible({ timeout: 60_000 });
  await finance.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(finance.getByText('Posted 1 expense')).toBeVisible();

  await openBudget(finance, ines.url);
  const standing = finance.getByRole('list', { name: 'Approval of this version' }).getByRole('listitem').first();
  await standing.getByRole('button', { name: 'Submit…' }).click();
  await answer(finance, 'Submit');
  await chief.goto(`${priya.url}/approvals`);
  await chief.getByRole('button', { name: 'Approve…' }).click({ timeout: 20_000 });
  await answer(chief, 'Approve', 'As the board has it');
  await expect(standing).toContainText('Approved by Priya');
  await priya.killBrowser();

  await finance.goto(`${ines.url}/close`);
  const close = months(finance)
    .getByRole('button', { name: /^Close / })
    .last();
  const month = ((await close.getAttribute('aria-label')) ?? '').replace('Close ', '');
  await close.click();
  await answer(finance, `Close ${month}`);
  await expect(closedMonth(finance)).toBeVisible();
  audit = await joinAs(auditor, scoped, 'Vera');
});

test.afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true, force: true });
});

async function answer(page: Page, button: string, note = ''): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (note !== '') await sheet.getByRole('textbox').fill(note);
  await sheet.getByRole('button', { name: button, exact: true }).click();
  await expect(sheet).toBeHidden();
}

async function openExpense(page: Page, url: string, text: string): Promise<void> {
  await page.goto(`${url}/expenses?text=${encodeURIComponent(text)}`);
  await page.locator('.expense-row a').first().click();
}

function months(page: Page): Locator {
  return page.getByRole('list', { name: 'Periods' });
}

function closedMonth(page: Page): Locator {
  return months(page).getByRole('listitem').filter({ hasText: 'Closed by Ines' });
}

/** What would change something: taking a copy of what was sealed is reading. */
function actsIn(part: Locator): Locator {
  return part.getByRole('button', { name: /^(?!Download)/ });
}

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await coming).path());
}

test('J13: an auditor reads what there is, and changes nothing', async () => {
  await audit.goto(`${auditor.url}/close`);
  await expect(closedMonth(audit)).toBeVisible({ timeout: 30_000 });
  const hash = (page: Page) => closedMonth(page).locator('.hash').getAttribute('title');
  expect(await hash(audit)).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash(audit)).toBe(await hash(finance));
  await expect(actsIn(months(audit))).toHaveCount(0);

  await openExpense(audit, auditor.url, 'Crane inspection');
  const panel = audit.getByRole('complementary', { name: 'Expense' });
  await expect(panel).toContainText('120.50');
  await expect(panel.getByRole('button', { name: /^(Post|Return…|Reverse…)$/ })).toHaveCount(0);
});

test('J13: a seeded sample of 25 with its population, traced to receipt and approval', async () => {
  await audit.goto(`${auditor.url}/audit`);
  await audit.getByRole('button', { name: 'Sample' }).click({ timeout: 30_000 });
  const sheet = audit.getByRole('dialog', { name: 'Sample of postings' });
  await sheet.getByLabel('Seed').fill('20 March');
  await expect(sheet.getByRole('list', { name: 'Sample' }).getByRole('listitem')).toHaveCount(25);
  const file = await downloaded(audit, 'Download the sample');
  const drawn = JSON.parse(file.toString()) as { population: { count: number; hash: string }; sample: unknown[] };
  expect(drawn.sample).toHaveLength(25);
  expect(drawn.population.count).toBeGreaterThan(25);

  // Finance draws the same from the same seed, to the byte.
  await finance.goto(`${ines.url}/audit`);
  await finance.getByRole('button', { name: 'Sample' }).click({ timeout: 30_000 });
  await finance.getByRole('dialog').getByLabel('Seed').fill('20 March');
  expect((await downloaded(finance, 'Download the sample')).equals(file)).toBe(true);

  await sheet.getByRole('list', { name: 'Sample' }).getByRole('link').first().click();
  await audit.getByRole('link', { name: 'Every change of it' }).click();
  await expect(audit.getByRole('list', { name: 'Changes' })).toContainText('Posting');

  await openExpense(audit, auditor.url, 'Crane inspection');
  await audit.getByRole('button', { name: 'Open receipt 1' }).click({ timeout: 30_000 });
  await expect(audit.getByAltText('The receipt as it was captured')).toBeVisible({ timeout: 30_000 });
  await audit.goto(`${auditor.url}/approvals`);
  const decided = audit.getByRole('region', { name: 'Decided' }).getByRole('article').first();
  await expect(decided).toContainText('Approved by Priya');
  await expect(decided).toContainText('“As the board has it”');
  await expect(actsIn(decided)).toHaveCount(0);
});

test('J13: the export is verified without a network, by page and by command; one byte is flipped, and both name the entry', async () => {
  await audit.goto(`${auditor.url}/audit`);
  await expect(audit.getByText(/entries in the server's chain, signed/)).toBeVisible({ timeout: 30_000 });
  const good = await downloaded(audit, 'Export the chain');
  const lines = good.toString().trimEnd().split('\n');
  // Each stands on a line of its own; the hashes of what was written stand on others.
  const entries = lines.flatMap((line, at) => (line.includes('"seq":') && at > 0 ? [at] : []));
  const entry = entries.length >> 1;
  const lineAt = entries[entry - 1] ?? 0;
  const bad = Buffer.from(good);
  // Whichever byte it is: this one is in the middle of an entry in the middle of the file.
  const start = Buffer.byteLength(`${lines.slice(0, lineAt).join('\n')}\n`);
  const at = start + (Buffer.byteLength(lines[lineAt] ?? '') >> 1);
  bad[at] = (bad[at] ?? 0) ^ 1;
  const sentence = `The first bad entry is number ${entry}, in line ${lineAt + 1}.`;

  const browser = await chromium.launch(config.use?.launchOptions);
  try {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.join(root, 'build', 'verify-audit.html')).href);
    const input = page.locator('input[type=file]');
    await input.setInputFiles({ name: 'chain.jsonl', mimeType: 'application/jsonl', buffer: good });
    await expect(page.locator('output')).toContainText(`Nothing was changed: ${entries.length} entries`);
    await input.setInputFiles({ name: 'chain.jsonl', mimeType: 'application/jsonl', buffer: bad });
    await expect(page.locator('output')).toContainText(sentence);
  } finally {
    await browser.close();
  }

  expect(onTheCommandLine(good)).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing was changed') });
  expect(onTheCommandLine(bad)).toMatchObject({ status: 1, stdout: expect.stringContaining(sentence) });
});

function onTheCommandLine(bytes: Buffer): { readonly status: number | null; readonly stdout: string } {
  const file = path.join(folder, 'chain.jsonl');
  writeFileSync(file, bytes);
  return spawnSync(process.execPath, ['scripts/verify-audit.ts', file], { cwd: root, encoding: 'utf8' });
}
