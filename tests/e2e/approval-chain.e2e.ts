/** J6 with a plan part and a budget transfer in place of the purchase order. Ines owns, Tomas spends, Priya signs, Dana stands in. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Company, joinAs, shareSample } from './support/company.ts';
import { cell, typeInto, written } from './support/grid.ts';
import type { PersonInBrowser } from './support/person.ts';
import { expectSealed, saved } from './support/sealed.ts';
import { invite } from './support/sharing.ts';

test.describe.configure({ mode: 'serial' });

const PART = 'Next plan, Infrastructure';
/** The large one, whatever its amount is by now. */
const TRANSFER = /^Transfer of €(48|5\d),000/;
/** From 0. */
const MAY = 4;

let company: Company;
let people: Readonly<Record<'ines' | 'tomas' | 'priya' | 'dana', PersonInBrowser>>;
let ines: Page;
let tomas: Page;
let priya: Page;
let dana: Page;
/** Path of the version that is planned. */
let plan: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  company = await Company.open();
  people = {
    ines: await company.person(),
    tomas: await company.person(),
    priya: await company.person(),
    dana: await company.person(),
  };
  ({ page: ines } = await shareSample(people.ines));
  await makeArea(ines, people.ines.url, 'Infrastructure');
  await makeArea(ines, people.ines.url, 'Applications');

  await ines.goto(`${people.ines.url}/settings/sharing`);
  const holder = await invite(ines, 'Tomas', 'Budget holder', { areas: ['Infrastructure'] });
  const chief = await invite(ines, 'Priya', 'Approver', { limit: '20000000' });
  const deputy = await invite(ines, 'Dana', 'Approver', { areas: ['Applications'], limit: '20000' });
  tomas = await joinAs(people.tomas, holder, 'Tomas');
  priya = await joinAs(people.priya, chief, 'Priya');
  dana = await joinAs(people.dana, deputy, 'Dana');
});

test.afterAll(() => company.close());

async function makeArea(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/settings/departments`);
  await page.getByRole('button', { name: `What to do with ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Make an area of its own' }).click();
  await expect(page.getByText(`${name} is an area of its own`)).toBeVisible();
}

/** How the version, or one of its parts, stands on the budget page. */
function standing(page: Page, of: string): Locator {
  return page.getByRole('list', { name: 'Approval of this version' }).getByRole('listitem').filter({ hasText: of });
}

function card(page: Page, title: string | RegExp): Locator {
  return page.getByRole('article', { name: title });
}

async function answer(page: Page, button: string, note = ''): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (note !== '') await sheet.getByRole('textbox').fill(note);
  await sheet.getByRole('button', { name: button, exact: true }).click();
  await expect(sheet).toBeHidden();
}

async function approvals(page: Page, person: PersonInBrowser): Promise<void> {
  await page.goto(`${person.url}/approvals`);
  await expect(page.getByRole('heading', { name: 'Waits for you' })).toBeVisible({ timeout: 20_000 });
}

/** What the content is called on a card, in sixteen characters. */
async function hashOn(request: Locator): Promise<string> {
  return request.locator('.hash').innerText();
}

test('finance says who signs what: transfers from 100,000 on need two signatures', async () => {
  await approvals(ines, people.ines);
  await ines.getByRole('button', { name: 'Edit the policy' }).click();
  const sheet = ines.getByRole('dialog', { name: 'Approval policy' });
  await sheet.getByRole('button', { name: 'Add a rule' }).click();
  const rule = sheet.getByRole('group', { name: 'Rule 2' });
  await rule.getByLabel('For').selectOption({ label: 'A transfer' });
  await rule.getByLabel('From a total value of').fill('100000');
  await rule.getByLabel('Signed by').selectOption({ label: 'Approver, controller or owner' });
  await rule.getByLabel('Signatures').selectOption({ label: 'Two' });
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet).toBeHidden();
  await expect(ines.getByRole('region', { name: 'Policy' })).toContainText('A transfer from €100,000.00 on');
});

test('the chain is exported by whoever it is handed to: a budget holder is told who that is', async () => {
  await tomas.goto(`${people.tomas.url}/audit`);
  await expect(tomas.getByText(/^Owners, controllers and auditors can export it/)).toBeVisible();
  await expect(tomas.getByRole('button', { name: 'Export the chain' })).toHaveCount(0);
});

test('a department’s part is sealed as it is submitted, and whoever submitted it does not approve it', async () => {
  await ines.goto(`${people.ines.url}/budget`);
  await ines.getByRole('button', { name: 'Copy…' }).click();
  const copy = ines.getByRole('dialog', { name: 'New version' });
  await copy.getByLabel(/^Name/).fill('Next plan');
  await copy.getByRole('button', { name: 'Make version' }).click();
  await expect(ines.getByRole('treegrid', { name: 'Next plan' })).toBeVisible();
  plan = new URL(ines.url()).pathname + new URL(ines.url()).search;

  // Tomas has the lines of his own area only.
  await tomas.goto(people.tomas.url + plan);
  await expect(cell(tomas, 'Core switches', 0)).toBeVisible({ timeout: 30_000 });
  await expect(cell(tomas, 'IT management', 0)).toHaveCount(0);

  // A cursor is seen by whoever has its line.
  const somebody = { name: '1 other person here' };
  await cell(ines, 'Infrastructure team', 1).click();
  await expect(tomas.getByRole('button', somebody)).toBeVisible();
  await cell(tomas, 'Infrastructure team', 2).click();
  await expect(ines.getByRole('button', somebody)).toBeVisible();
  await cell(ines, 'IT management', 1).click();
  await expect(tomas.getByRole('button', somebody)).toHaveCount(0);

  // A line stays in the part of its area, and so with whoever reads that.
  await ines.getByRole('rowheader', { name: /^Infrastructure team/ }).dblclick();
  const panel = ines.getByRole('dialog', { name: 'Infrastructure team' });
  await expect(panel.getByText(/^For a department of another area/)).toBeVisible();
  await panel.getByLabel('Department').fill('a');
  await expect(ines.getByRole('option', { name: /^Infrastructure/ })).toBeVisible();
  await expect(ines.getByRole('option', { name: /^Applications/ })).toHaveCount(0);
  await ines.keyboard.press('Escape');
  await ines.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await typeInto(tomas, 'Data centre lease', 0, 43_210);
  await standing(tomas, 'Infrastructure').getByRole('button', { name: 'Submit…' }).click();
  await answer(tomas, 'Submit', 'With the lease as it was signed');
  await expect(standing(tomas, 'Infrastructure')).toContainText('Submitted by Tomas');
  await cell(tomas, 'Core switches', 0).click();
  await tomas.keyboard.type('1');
  await expect(tomas.getByText('waits for approval. Withdraw it').first()).toBeVisible();

  // A role to approve changes nothing about his own submission.
  await ines.goto(`${people.ines.url}/settings/sharing`);
  await ines.getByRole('button', { name: 'What to do with Tomas' }).click();
  await ines.getByRole('menuitem', { name: 'Give a role…' }).click();
  await ines.getByRole('dialog').getByLabel('Role').selectOption({ label: 'Approver' });
  await ines.getByRole('dialog').getByRole('button', { name: 'Give the role' }).click();
  await expect(ines.getByText('Tomas has another role')).toBeVisible();
  await approvals(tomas, people.tomas);
  await expect(card(tomas, PART)).toBeVisible();
  await expect(card(tomas, PART).getByRole('button', { name: 'Withdraw…' })).toBeVisible();
  await expect(card(tomas, PART).getByRole('button', { name: 'Approve…' })).toHaveCount(0);
});

test('the approver sees what was submitted, and approves exactly that: the hash is the same for both', async () => {
  await approvals(priya, people.priya);
  const request = card(priya, PART);
  await expect(request).toContainText('“With the lease as it was signed”');
  const hash = await hashOn(request);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(await hashOn(card(tomas, PART))).toBe(hash);
  await request.getByRole('button', { name: 'Approve…' }).click();
  await expect(priya.getByRole('dialog')).toContainText(hash);
  await answer(priya, 'Approve');
  await expect(card(tomas, PART)).toContainText('Approved by Priya');

  await ines.goto(people.ines.url + plan);
  await standing(ines, 'Whole version').getByRole('button', { name: 'Submit…' }).click();
  await answer(ines, 'Submit');
  await approvals(priya, people.priya);
  await card(priya, /^Next plan$/)
    .getByRole('button', { name: 'Approve…' })
    .click();
  await answer(priya, 'Approve');
  await expect(standing(ines, 'Whole version')).toContainText('Approved by Priya');
});

test('A12: what was approved is downloaded to the byte and as a table', async () => {
  const whole = card(priya, /^Next plan$/);
  const content = await saved(priya, whole.getByRole('button', { name: 'Download what was approved: Next plan' }));
  expectSealed(content, 'plan');
  expect(content.name).toContain(await hashOn(whole));
  const table = await saved(priya, whole.getByRole('button', { name: /as a table/ }));
  expect(table.name).toMatch(/\.csv$/);
  expect(table.text).toContain('Core switches');
  const own = standing(ines, 'Whole version').getByRole('button', { name: /^Download what was approved: / });
  expect(await saved(ines, own)).toEqual(content);
});

/** Asks for money to be moved from one line’s May to another's, on the page of the plan. */
async function askForTransfer(page: Page, amount: string, term: string, reason: string): Promise<void> {
  await standing(page, 'Whole version').getByRole('button', { name: 'Transfer…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Transfer between lines' });
  for (const [label, line] of [
    ['From line', 'Core switches'],
    ['To line', 'Data centre exit'],
  ] as const) {
    await sheet.getByRole('combobox', { name: label, exact: true }).fill(line);
    await page.getByRole('option', { name: line }).first().click();
  }
  for (const label of ['From month', 'To month']) await sheet.getByLabel(label).selectOption({ index: MAY + 1 });
  await sheet.getByLabel('Amount').fill(amount);
  await sheet.getByLabel('Total over its term').fill(term);
  await sheet.getByLabel('What it is for').fill(reason);
  await sheet.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(sheet).toBeHidden();
}

async function change(page: Page, amount: string, term: string): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Change the transfer' });
  await card(page, TRANSFER).getByRole('button', { name: 'Change…' }).click();
  await sheet.getByLabel('Amount').fill(amount);
  await sheet.getByLabel('Total over its term').fill(term);
  await sheet.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(sheet).toBeHidden();
}

test('a transfer of 48,000 is routed by the 144,000 it commits to; while the chief is away a delegate signs within a limit only', async () => {
  await tomas.goto(people.tomas.url + plan);
  await expect(cell(tomas, 'Core switches', MAY)).toHaveText(written(84_000), { timeout: 20_000 });
  await askForTransfer(tomas, '48000', '144000', 'Storage for three years');
  await askForTransfer(tomas, '6000', '6000', 'Cables');
  await approvals(dana, people.dana);
  await expect(dana.getByText('Infrastructure')).toHaveCount(0);

  await priya.goto(`${people.priya.url}/settings/sharing`);
  await priya.getByRole('button', { name: 'Delegate' }).click();
  const sheet = priya.getByRole('dialog', { name: 'Delegate approving' });
  await sheet.getByLabel('To', { exact: true }).selectOption({ label: 'Dana' });
  await sheet.getByLabel('Until').fill(inDays(14));
  await sheet.getByLabel('Up to').fill('50000');
  await sheet.getByRole('button', { name: 'Delegate' }).click();
  await expect(priya.getByText('Dana approves in your place')).toBeVisible();

  const large = card(dana, TRANSFER);
  await expect(large).toContainText('Valued at €144,000.00.', { timeout: 20_000 });
  await expect(large).toContainText('with a limit of at least €144,000.00');
  await expect(large.getByRole('button', { name: 'Approve…' })).toHaveCount(0);
  const small = card(dana, /^Transfer of €6,000.00/);
  await small.getByRole('button', { name: 'Approve…' }).click();
  await answer(dana, 'Approve');
  await expect(small).toContainText('Approved by Dana for Priya');
  await expect(cell(tomas, 'Core switches', MAY)).toHaveText(written(78_000));
});

test('an approval given without a network waits, is told as waiting, and counts once the server has decided', async () => {
  await approvals(priya, people.priya);
  await expect(card(priya, TRANSFER).getByRole('button', { name: 'Approve…' })).toBeVisible();
  people.priya.network.goDown();
  await card(priya, TRANSFER).getByRole('button', { name: 'Approve…' }).click();
  await answer(priya, 'Approve', 'Agreed with the board');
  const waiting = priya.getByRole('list', { name: 'Decisions that are open' });
  await expect(waiting).toContainText('waits for the server to decide. It is kept on this device.');
  await approvals(ines, people.ines);
  await expect(card(ines, TRANSFER)).not.toContainText('Approved by Priya');

  people.priya.network.comeBack();
  await expect(card(ines, TRANSFER)).toContainText('Approved by Priya', { timeout: 30_000 });
  await expect(waiting).toBeHidden();
  await expect(card(priya, TRANSFER).getByRole('button', { name: 'Approve…' })).toHaveCount(0);

  // The second signature is somebody else's, and moves the money.
  await expect(cell(tomas, 'Core switches', MAY)).toHaveText(written(78_000));
  await card(ines, TRANSFER).getByRole('button', { name: 'Approve…' }).click();
  await answer(ines, 'Approve');
  await expect(card(ines, TRANSFER)).toContainText('Approved by Ines');
  await expect(cell(tomas, 'Core switches', MAY)).toHaveText(written(30_000));
});

test('a change after the approval makes it void, says who changed what, and asks everybody again', async () => {
  await approvals(tomas, people.tomas);
  const before = await hashOn(card(tomas, TRANSFER));
  await change(tomas, '50000', '150000');
  for (const page of [tomas, priya, ines]) {
    const request = card(page, TRANSFER);
    await expect(request).toContainText('Transfer of €50,000.00');
    await expect(request).toContainText('Void: the approval by Priya, Ines, since Tomas changed it');
    await expect(request).toContainText('The transfer was changed: amount, commitment.');
    await expect(request).toContainText('Valued at €150,000.00. Waits for');
    expect(await hashOn(request)).not.toBe(before);
  }
  for (const page of [priya, ines]) {
    const mine = page.getByRole('region', { name: 'Waits for you' });
    await expect(mine.getByRole('article', { name: TRANSFER })).toHaveCount(1);
  }
  await tomas.goto(people.tomas.url + plan);
  await expect(cell(tomas, 'Core switches', MAY)).toHaveText(written(78_000));
});

test('an approval given offline of what was changed meanwhile is refused: it says why, and what it says now is approved instead', async () => {
  people.priya.network.goDown();
  await card(priya, TRANSFER).getByRole('button', { name: 'Approve…' }).click();
  await answer(priya, 'Approve');
  await expect(priya.getByText('waits for the server to decide')).toBeVisible();
  await approvals(tomas, people.tomas);
  await change(tomas, '52000', '156000');
  await expect(card(tomas, TRANSFER)).toContainText('Transfer of €52,000.00');

  people.priya.network.comeBack();
  const refused = priya.getByRole('list', { name: 'Decisions that are open' });
  await expect(refused).toContainText('was not done', { timeout: 30_000 });
  await expect(refused).toContainText('It was changed since you looked at it');
  await refused.getByRole('button', { name: 'I have read it' }).click();
  await expect(refused).toBeHidden();

  for (const page of [priya, ines]) {
    await card(page, TRANSFER).getByRole('button', { name: 'Approve…' }).click();
    await expect(page.getByRole('dialog')).toContainText('€52,000.00');
    await answer(page, 'Approve');
  }
  await expect(card(tomas, TRANSFER)).toContainText('Approved by Ines');
  await tomas.goto(people.tomas.url + plan);
  await expect(cell(tomas, 'Core switches', MAY)).toHaveText(written(26_000));
});

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
