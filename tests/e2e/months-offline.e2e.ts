/** Three months without a network: the session is over, the plan submitted, a month closed, the rows merged. Nothing is lost. */
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { invitationFrom } from '#lib/app/invitation.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { Person } from '#tests/sync/support/person.ts';
import { Company, joinAs, shareSample } from './support/company.ts';
import { onDisk } from './support/device.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { readyForOffline, type PersonInBrowser } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { invite, openLink, signIn } from './support/sharing.ts';

const LINE = 'IT management';
/** The server's clock, from one start to the next. A device that is used at least once in thirty days stays signed in. */
const DAYS = [25, 50, 75, 91];
const REVISIONS = 300;
const ALL_BYTES = 1 << 30;

let company: Company;
test.beforeEach(async () => {
  company = await Company.open();
});
test.afterEach(() => company.close());

/** Goes on with a clock that is so many days later; gives how many documents that is. */
async function later(days: number): Promise<number> {
  const { server } = company;
  await server.stop();
  const merged = await compactAll();
  const flags = ['--import', path.resolve('tests/support/later-clock.ts')];
  await server.startAgain({ flags, environment: { DAYS_LATER: String(days) } });
  return merged;
}

/** Merges what there is to merge; gives in how many documents rows were merged, now or by the server before. */
async function compactAll(): Promise<number> {
  const storage = openSqlite(path.join(company.server.dataDir, 'outlay.sqlite'));
  let merged = 0;
  for (const workspace of await storage.workspaces()) {
    for (const { document } of await storage.heads(workspace)) {
      await storage.compact(workspace, document);
      const { rows } = await storage.rows(workspace, document, 0, ALL_BYTES);
      if (rows.some(({ first, seq }) => first < seq)) merged += 1;
    }
  }
  await storage.close();
  return merged;
}

async function capture(page: Page, url: string, amount: string, description: string): Promise<void> {
  await page.goto(`${url}/capture?draft=new`);
  await page.getByLabel('Amount').fill(amount);
  await page.getByLabel('Description').fill(description);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^Saved on this/)).toBeVisible();
}

/** Closes the month of today, before anybody knows what was captured in it. */
async function closeMonth(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/close`);
  const months = page.getByRole('list', { name: 'Periods' });
  await months
    .getByRole('button', { name: /^Close / })
    .last()
    .click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: /^Close / }).click();
  await expect(sheet).toBeHidden();
}

async function submitPlan(page: Page, url: string): Promise<void> {
  await openBudget(page, url);
  const standing = page.getByRole('list', { name: 'Approval of this version' }).getByRole('listitem').first();
  await standing.getByRole('button', { name: 'Submit…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(standing).toContainText('Submitted by');
}

/** Somebody else revises a line of every plan so often that the server has rows to merge. */
async function reviseMuch(link: string): Promise<void> {
  const { workspace = '', token = '' } = invitationFrom(link) ?? {};
  const person = await Person.arrive({ url: company.server.url, workspace, token });
  await person.synced();
  for (const [document] of await person.store.heads()) {
    if (!document.startsWith('plan/')) continue;
    const { lines } = openPlan(person.doc(document));
    const [line] = lines.all();
    const by = { member: person.member, at: new Date().toISOString() };
    for (let n = 0; n < REVISIONS && line !== undefined; n += 1)
      lines.revise(line.id, { name: `${line.name} ${n}` }, by);
    if (line !== undefined) lines.revise(line.id, { name: line.name }, by);
  }
  await person.synced();
  await person.leave();
}

/** What Ben does on his way: figures of the plan, and an expense that he posts. */
async function workOffline(ben: PersonInBrowser, figures: readonly number[]): Promise<void> {
  const page = await ben.tab();
  await openBudget(page, ben.url);
  for (const [month, figure] of figures.entries()) await typeInto(page, LINE, month, figure);
  await capture(page, ben.url, '77.10', 'Mooring ropes');
  await capture(page, ben.url, '12.30', 'Deck paint');
  await page.goto(`${ben.url}/expenses?state=all&text=Mooring`);
  await page.locator('.expense-row a').first().click();
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByText('Posting waits').first()).toBeVisible();
  await page.close();
}

test('ninety days offline: signed in again, everything typed is sent or stands under To review', async () => {
  test.setTimeout(240_000);
  const [ines, ben] = [await company.person(), await company.person()];
  const { page: desk, link } = await shareSample(ines);
  const [busy, unused] = [await invite(desk, 'Busy', 'Controller'), await invite(desk, 'Nobody', 'Viewer')];
  const first = await joinAs(ben, link, 'Ben');
  await openBudget(first, ben.url);
  await pillSays(first, 'Synced');
  await readyForOffline(first);
  await first.close();
  ben.network.goDown();
  const figures = [51_001, 51_002, 51_003];
  await workOffline(ben, figures);

  await openBudget(desk, ines.url);
  for (let month = 6; month < 9; month += 1) await typeInto(desk, LINE, month, 61_000 + month);
  await reviseMuch(busy);
  await pillSays(desk, 'Synced');
  let merged = 0;
  for (const days of DAYS) {
    merged = await later(days);
    await desk.reload();
    await pillSays(desk, 'Synced');
  }
  expect(merged).toBeGreaterThan(0);
  await submitPlan(desk, ines.url);
  await closeMonth(desk, ines.url);

  // Back on the line: everything is here to read, and nothing goes before he has signed in.
  ben.network.comeBack();
  const page = await ben.tab();
  await openBudget(page, ben.url);
  await pillSays(page, 'Sign in to sync');
  for (const [month, figure] of figures.entries()) await expect(cell(page, LINE, month)).toHaveText(written(figure));
  await signIn(page, ben.url, 'Ben');
  const waits = async () => (await onDisk(page)).rows.filter(({ state }) => state === 'unacknowledged').length;
  await expect.poll(waits, { timeout: 60_000 }).toBe(0);

  // The plan was submitted without his figures: they are kept, and named.
  await page.goto(`${ben.url}/review`);
  const kept = page.getByRole('article');
  for (const figure of figures) await expect(kept).toContainText(written(figure), { timeout: 20_000 });
  await openBudget(page, ben.url);
  await expect(cell(page, LINE, 6)).toHaveText(written(61_006), { timeout: 20_000 });

  // What he posted counts, what he captured is there, at both.
  for (const [at, { url }] of [
    [page, ben],
    [desk, ines],
  ] as const) {
    for (const [text, amount] of [
      ['Mooring', '77.10'],
      ['Deck', '12.30'],
    ] as const) {
      await at.goto(`${url}/expenses?state=all&text=${text}`);
      await expect(at.locator('.expense-row')).toHaveCount(1, { timeout: 30_000 });
      await expect(at.locator('.expense-row')).toContainText(amount);
    }
    await at.goto(`${url}/expenses?state=posted&text=Mooring`);
    await expect(at.locator('.expense-row')).toHaveCount(1, { timeout: 30_000 });
  }

  // The invitation of then lets nobody in.
  const stranger = await company.person();
  const door = await stranger.tab();
  await openLink(door, stranger.url, unused, 'Nobody');
  await expect(door.getByText('This link was used already, or it is too old.')).toBeVisible({ timeout: 20_000 });
});
