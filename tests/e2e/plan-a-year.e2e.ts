/** J1: a budget for a fiscal year from April to March, from last year's, with what it is for. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { PersonInBrowser } from './support/person.ts';

const OBJECTIVES = ['Recover in 4 hours', 'Run costs at most 62 %', 'Two offices on new network'];
const LAST_YEAR = new Date().getMonth() < 3 ? new Date().getFullYear() - 1 : new Date().getFullYear();
/** Twelve months from April, in pence: amounts whose 104 % is no whole number of pence. */
const LINES: readonly (readonly [name: string, category: string, month: (i: number) => number])[] = [
  ['Cloud hosting', 'Cloud', (i) => 133_337 + 1_111 * i],
  ['Laptops', 'Hardware', (i) => (i === 5 ? 4_999_999 : 0)],
  ['Service desk', 'Personnel', (i) => 2_083_333 + (i === 11 ? 4 : 0)],
  ['Licences', 'Software', (i) => 77_777 + 13 * i * i],
];

let server: ServerProcess;
let ines: PersonInBrowser;
let page: Page;

test.beforeEach(async () => {
  server = await ServerProcess.start();
  ines = await PersonInBrowser.at(server);
  page = await ines.tab();
});

test.afterEach(async () => {
  await ines.dispose();
  await server.dispose();
});

test('J1: last year’s budget is imported, rolled forward by 4 % to the penny, and tied to objectives', async () => {
  await page.goto(`${ines.url}/welcome`);
  await page.getByRole('button', { name: 'Start blank' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Harbour');
  await page.getByLabel('Base currency').fill('GBP');
  await page.getByRole('option', { name: /GBP/ }).click();
  await page.getByLabel('Fiscal year starts in').selectOption({ label: 'April' });
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL(`${ines.url}/budget`);

  await page.goto(`${ines.url}/settings/objectives`);
  for (const name of OBJECTIVES) {
    await page.getByRole('button', { name: 'Add an objective' }).first().click();
    const sheet = page.getByRole('dialog', { name: 'Add an objective' });
    await sheet.getByLabel('Name', { exact: true }).fill(name);
    await sheet.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(sheet).toBeHidden();
  }

  await page.goto(`${ines.url}/import`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'last-year.csv', mimeType: 'text/csv', buffer: Buffer.from(lastYear()) });
  await page.getByLabel('Name of the version').fill('Last year');
  await page.getByRole('button', { name: `Import ${LINES.length} lines` }).click();
  await expect(page).toHaveURL(/\/budget\?version=/);
  await expect(page.getByRole('columnheader', { name: /^Apr/ })).toBeVisible();

  await page.getByRole('button', { name: 'Copy…' }).click();
  const copy = page.getByRole('dialog', { name: 'New version' });
  await copy.getByLabel(/^Name/).fill('Next year');
  await copy.getByLabel('Fiscal year').selectOption({ index: 2 });
  await copy.getByLabel('Grow every figure by').fill('4');
  await copy.getByRole('button', { name: 'Make version' }).click();
  await expect(copy).toBeHidden();

  await expect(page.getByRole('treegrid', { name: 'Next year' })).toBeVisible();
  const rolled = await downloaded();
  // 104 % of a line's year, rounded half to even once; its months add up to it.
  for (const [name, , month] of LINES) {
    const before = sum(MONTHS.map(month));
    expect(sum(rolled.get(name) ?? []), name).toBe(Math.round((before * 104) / 100));
  }
  for (const i of MONTHS) {
    const ofLines = sum(LINES.map(([name]) => rolled.get(name)?.[i] ?? NaN));
    await totalOf(i).click();
    await expect.poll(figureChosen, `total of month ${i + 1}`).toBe(ofLines);
  }

  await page.getByRole('rowheader', { name: /^Cloud hosting/ }).dblclick();
  const panel = page.getByRole('dialog', { name: 'Cloud hosting' });
  await panel.getByLabel('Objective').fill('Recover');
  await page.getByRole('option', { name: OBJECTIVES[0] ?? '' }).click();
  await panel.getByRole('button', { name: 'Close' }).first().click();
  await page.goto(`${ines.url}/settings/objectives`);
  await page.getByRole('row', { name: OBJECTIVES[0] ?? '' }).click();
  const lines = page.getByRole('region', { name: 'Budget lines' });
  await expect(lines.getByRole('link', { name: 'Cloud hosting' })).toHaveCount(1);
  await lines.getByRole('link', { name: 'Cloud hosting' }).click();
  await expect(page.getByRole('dialog', { name: 'Cloud hosting' })).toBeVisible();
});

const MONTHS = Array.from({ length: 12 }, (_, i) => i);

function lastYear(): string {
  const keys = MONTHS.map((i) => {
    const month = 3 + i;
    return `${LAST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
  const rows = LINES.map(([name, category, month]) =>
    [name, category, ...MONTHS.map((i) => (month(i) / 100).toFixed(2))].join(','),
  );
  return [['Line', 'Category', ...keys].join(','), ...rows].join('\n');
}

/** The plan on screen as its own download has it: pence by month, by line. */
async function downloaded(): Promise<ReadonlyMap<string, readonly number[]>> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const text = await readFile(await (await coming).path(), 'utf8');
  const rows = text.trim().split(/\r?\n/).slice(1);
  return new Map(
    rows.map((row) => {
      const cells = row.split(',');
      return [cells[0] ?? '', cells.slice(-MONTHS.length).map((cell) => Math.round(Number(cell) * 100))];
    }),
  );
}

function totalOf(month: number): Locator {
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^Total/ }) });
  return row.locator(`[aria-colindex="${month + 2}"]`);
}

/** Pence of the chosen total: the grid draws whole pounds, and says all of it when a cell is chosen. */
async function figureChosen(): Promise<number> {
  const [said = ''] = await page.getByText(/^Total.* GBP/).allInnerTexts();
  return Math.round(Number(/([\d,]+\.\d\d) GBP/.exec(said)?.[1]?.replaceAll(',', '')) * 100);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, each) => all + each, 0);
}
