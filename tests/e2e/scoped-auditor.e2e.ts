/** An auditor of one area, for some days: comes by a link, exports the whole chain, and is handed nothing of other areas. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Company, shareSample } from './support/company.ts';
import type { PersonInBrowser } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { invite, joinBy } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

const root = path.resolve(import.meta.dirname, '..', '..');

let company: Company;
let ines: PersonInBrowser;
let vera: PersonInBrowser;
let finance: Page;
let audit: Page;
let link: string;
let folder: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  folder = mkdtempSync(path.join(os.tmpdir(), 'outlay-scoped-'));
  company = await Company.open();
  [ines, vera] = [
    await company.person({ width: 1440, height: 900 }),
    await company.person({ width: 1440, height: 900 }),
  ];
  ({ page: finance } = await shareSample(ines));
  for (const area of ['Infrastructure', 'Applications']) await makeArea(area);
  await copyOfThePlan('Next plan');
  await post('Giraffe tower', 'Infrastructure');
  await post('Zebra crossing', 'Applications');
  await pillSays(finance, 'Synced');
});

test.afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true, force: true });
});

async function makeArea(name: string): Promise<void> {
  await finance.goto(`${ines.url}/settings/departments`);
  await finance.getByRole('button', { name: `What to do with ${name}` }).click();
  await finance.getByRole('menuitem', { name: 'Make an area of its own' }).click();
  await expect(finance.getByText(`${name} is an area of its own`)).toBeVisible();
}

/** A copy is kept by areas: each has a document of its own. */
async function copyOfThePlan(name: string): Promise<void> {
  await finance.goto(`${ines.url}/budget`);
  await finance.getByRole('button', { name: 'Copy…' }).click();
  const copy = finance.getByRole('dialog', { name: 'New version' });
  await copy.getByLabel(/^Name/).fill(name);
  await copy.getByRole('button', { name: 'Make version' }).click();
  await expect(finance.getByRole('treegrid', { name })).toBeVisible();
}

async function post(what: string, department: string): Promise<void> {
  await finance.goto(`${ines.url}/expenses`);
  await finance.getByRole('button', { name: 'New expense' }).click();
  const form = finance.getByRole('dialog', { name: 'New expense' });
  await form.getByLabel('Amount').fill('120.50');
  await form.getByLabel('Description').fill(what);
  await form.getByLabel('Department').fill(department);
  await finance.getByRole('option', { name: new RegExp(department) }).click();
  await finance.keyboard.press('Control+Enter');
  await expect(form).toBeHidden();
  await finance.goto(`${ines.url}/expenses?text=${encodeURIComponent(what)}`);
  await finance.locator('.expense-row a').first().click();
  await finance.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(finance.getByText('Posted 1 expense')).toBeVisible();
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv');
}

async function exported(page: Page): Promise<Buffer> {
  await expect(page.getByText(/entries in the server's chain, signed/)).toBeVisible({ timeout: 30_000 });
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export the chain' }).click();
  return readFileSync(await (await coming).path());
}

test('P3: choosing an auditor proposes thirty days, and days that end before they begin make no link', async () => {
  await finance.goto(`${ines.url}/settings/sharing`);
  await finance.getByRole('button', { name: 'Invite somebody' }).click({ timeout: 30_000 });
  const sheet = finance.getByRole('dialog', { name: 'Invite somebody' });
  await sheet.getByLabel('Name').fill('Vera');
  await expect(sheet.getByLabel('Until')).toHaveValue('');
  await sheet.getByLabel('Role').selectOption({ label: 'Auditor' });
  await expect(sheet.getByLabel('Until')).toHaveValue(inDays(30));
  await sheet.getByLabel('From').fill(inDays(40));
  await expect(sheet.getByText('The role would end before it begins.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Make the link' }).click();
  await expect(sheet.getByRole('alert')).toContainText('This was not saved');
  await sheet.getByRole('button', { name: 'Cancel' }).click();

  link = await invite(finance, 'Vera', 'Auditor', { areas: ['Infrastructure'] });
  const invited = finance.getByRole('listitem').filter({ hasText: 'Vera' });
  await expect(invited).toContainText(`Auditor in Infrastructure, until ${inDays(30)}`);
});

test('A19: whoever comes by it reads that area, exports the chain, and not a byte of another area comes over the line', async () => {
  const stop = vera.network.record();
  audit = await vera.tab();
  await joinBy(audit, vera.url, link, 'Vera');
  await pillSays(audit, 'Synced');
  await audit.goto(`${vera.url}/expenses?state=posted`);
  await expect(audit.getByText('Giraffe tower').first()).toBeVisible({ timeout: 30_000 });
  await audit.goto(`${vera.url}/audit`);
  await expect(audit.getByText('those contents are withheld')).toBeVisible({ timeout: 30_000 });
  const file = await exported(audit);
  await expect(audit.getByRole('status').filter({ hasText: 'entries say was withheld' })).toBeVisible();
  const heard = stop().toString('latin1');

  await finance.goto(`${ines.url}/audit`);
  const whole = (await exported(finance)).toString();
  const named = (of: string) => new Set([...of.matchAll(/"document":"([^"]+)"/g)].map(([, name]) => name ?? ''));
  const [told, all] = [named(file.toString()), named(whole)];
  const hidden = [...all].filter((name) => !told.has(name));
  expect([...told].map((name) => name.split('/')[0])).toEqual(expect.arrayContaining(['core', 'ledger', 'plan']));
  expect(hidden.map((name) => name.split('/')[0])).toEqual(expect.arrayContaining(['inbox', 'ledger', 'plan']));
  expect(heard).toContain('Giraffe tower');
  expect(heard).not.toContain('Zebra crossing');
  expect(hidden.filter((name) => heard.includes(name))).toEqual([]);
});

test('A21: the export is verified by page and by command, which count what was withheld; a flipped byte is named', async () => {
  await audit.goto(`${vera.url}/audit`);
  const good = await exported(audit);
  const withheld = good.toString().match(/"contents":"withheld"/g)?.length ?? 0;
  expect(withheld).toBeGreaterThan(3);
  const counted = `The contents of ${withheld} entries were withheld: whoever exported this may not read what they are about.`;
  const lines = good.toString().split('\n');
  const lineAt = lines.findLastIndex((line) => line.includes('"contents":"withheld"'));
  const bad = Buffer.from(good);
  const at = Buffer.byteLength(lines.slice(0, lineAt).join('\n')) + 40;
  bad[at] = (bad[at] ?? 0) ^ 1;
  const { seq } = JSON.parse(lines[lineAt] ?? '{}') as { seq: number };
  const sentence = `The first bad entry is number ${seq}, in line ${lineAt + 1}.`;

  await audit.goto(`${vera.url}/audit/verify`);
  const input = audit.locator('input[type=file]');
  await input.setInputFiles({ name: 'chain.jsonl', mimeType: 'application/jsonl', buffer: good });
  await expect(audit.getByText(counted)).toBeVisible();
  await input.setInputFiles({ name: 'bad.jsonl', mimeType: 'application/jsonl', buffer: bad });
  await expect(audit.getByRole('alert')).toContainText(sentence);
  expect(onTheCommandLine(good)).toMatchObject({ status: 0, stdout: expect.stringContaining(counted) });
  expect(onTheCommandLine(bad)).toMatchObject({ status: 1, stdout: expect.stringContaining(sentence) });
});

function onTheCommandLine(bytes: Buffer): { readonly status: number | null; readonly stdout: string } {
  const file = path.join(folder, 'chain.jsonl');
  writeFileSync(file, bytes);
  return spawnSync(process.execPath, ['scripts/verify-audit.ts', file], { cwd: root, encoding: 'utf8' });
}
