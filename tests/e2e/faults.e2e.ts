/** What goes wrong between a device and its server: nothing is lost, and the pill never says more than is true. */
import { expect, test, type Page } from '@playwright/test';
import { bothOnTheBudget, Company } from './support/company.ts';
import { crash, flipBit, numbered, onDisk } from './support/device.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { type PersonInBrowser, readyForOffline } from './support/person.ts';
import { pillDetails, pillSays } from './support/pill.ts';

const LINES = ['Infrastructure team', 'Applications team', 'Workplace team', 'Security team', 'IT management'];

test.describe.configure({ mode: 'serial' });

let company: Company;
let ana: PersonInBrowser;
let ben: PersonInBrowser;
let a: Page;
let b: Page;
let link: string;

test.beforeAll(async () => {
  company = await Company.open();
  ana = await company.person();
  ben = await company.person();
  ({ a, b, link } = await bothOnTheBudget(ana, ben));
  await readyForOffline(a);
});

test.afterAll(() => company.close());

async function waiting(page: Page): Promise<number> {
  return (await onDisk(page)).rows.filter(({ state }) => state === 'unacknowledged').length;
}

/** Cells one after the other, each with a figure of its own. */
function cellsToFill(count: number, first: number): { line: string; month: number; figure: number }[] {
  return Array.from({ length: count }, (_, n) => ({
    line: LINES[Math.floor(n / 12)] ?? '',
    month: n % 12,
    figure: first + n,
  }));
}

test('the server is killed with -9 while somebody types: what it acknowledged it has, and nothing else is called synced', async () => {
  await pillSays(a, 'Synced');
  const edits = cellsToFill(30, 20_001);
  let killed: Promise<void> | undefined;
  for (const [n, { line, month, figure }] of edits.entries()) {
    await typeInto(a, line, month, figure);
    if (n === 15) killed = company.server.kill();
  }
  await killed;
  await pillSays(a, /^Can't reach server, trying again in \d+ s$/);
  const details = await pillDetails(a);
  const left = Number(/(\d+) changes on this device wait to be sent\./.exec(details)?.[1]);
  const acknowledged = edits.length - left;
  expect(left).toBeGreaterThan(0);
  expect(acknowledged).toBeGreaterThan(0);
  await expect.poll(() => waiting(a)).toBe(left);
  expect(details).toContain('The server does not answer. Changes are kept on this device until it does.');

  // Only Ben reaches the new server: he sees what the old one had acknowledged.
  ana.network.goDown();
  await company.server.startAgain();
  await b.reload();
  for (const { line, month, figure } of edits.slice(0, acknowledged)) {
    await expect(cell(b, line, month)).toHaveText(written(figure), { timeout: 20_000 });
  }
  expect(await waiting(a)).toBe(left);

  ana.network.comeBack();
  await pillSays(a, 'Synced');
  expect(await waiting(a)).toBe(0);
  for (const { line, month, figure } of edits) await expect(cell(b, line, month)).toHaveText(written(figure));
});

test('the tab is killed between commit and send: what was typed is there again, and is sent', async () => {
  ana.network.goSilent();
  await typeInto(a, 'IT management', 0, 31_001);
  await typeInto(a, 'IT management', 1, 31_002);
  await pillSays(a, 'Syncing 2');
  await expect.poll(() => waiting(a)).toBe(2);
  await crash(a);

  ana.network.goDown();
  a = await ana.tab();
  await openBudget(a, ana.url);
  await expect(cell(a, 'IT management', 0)).toHaveText(written(31_001));
  await expect(cell(a, 'IT management', 1)).toHaveText(written(31_002));
  await pillSays(a, /Can't reach server|Offline, 2 changes kept here/);
  ana.network.comeBack();
  await pillSays(a, 'Synced');
  await expect(cell(b, 'IT management', 0)).toHaveText(written(31_001));
  await expect(cell(b, 'IT management', 1)).toHaveText(written(31_002));
});

test('two tabs of one person are one: each sees the other at once, nothing is lost or sent twice', async () => {
  const before = await numbered(a);
  const other = await ana.tab();
  await openBudget(other, ana.url);
  const figures = cellsToFill(8, 41_001);
  for (const [n, { line, month, figure }] of figures.entries()) {
    await typeInto(n % 2 === 0 ? a : other, line, month, figure);
  }
  for (const page of [a, other, b]) {
    for (const { line, month, figure } of figures) {
      await expect(cell(page, line, month)).toHaveText(written(figure), { timeout: 5000 });
    }
  }
  for (const page of [a, other]) await pillSays(page, 'Synced');
  expect((await numbered(a)) - before).toBe(figures.length);

  // Without a server they still are one.
  ana.network.goDown();
  await typeInto(a, 'Security team', 3, 42_001);
  await typeInto(other, 'Security team', 4, 42_002);
  await expect(cell(other, 'Security team', 3)).toHaveText(written(42_001), { timeout: 5000 });
  await expect(cell(a, 'Security team', 4)).toHaveText(written(42_002), { timeout: 5000 });
  ana.network.comeBack();
  await expect(cell(b, 'Security team', 3)).toHaveText(written(42_001), { timeout: 20_000 });
  await expect(cell(b, 'Security team', 4)).toHaveText(written(42_002), { timeout: 20_000 });
  for (const page of [a, b]) await expect(page.getByText('by two people at the same time')).toHaveCount(0);
  await other.close();
});

test('a socket cut in the middle of an edit: the edit goes on, everything arrives once', async () => {
  const before = await numbered(a);
  const figures = cellsToFill(9, 51_001);
  for (const [n, { line, month, figure }] of figures.entries()) {
    await cell(a, line, month).click();
    await a.keyboard.type(String(figure).slice(0, 2));
    if (n % 3 === 1) ana.network.cut();
    await a.keyboard.type(String(figure).slice(2));
    await a.keyboard.press('Enter');
  }
  for (const page of [a, b]) {
    for (const { line, month, figure } of figures) {
      await expect(cell(page, line, month)).toHaveText(written(figure), { timeout: 20_000 });
    }
  }
  await pillSays(a, 'Synced');
  expect((await numbered(a)) - before).toBe(figures.length);
});

test('a flipped bit in a stored row is found, set aside and fetched again from the server', async () => {
  await typeInto(b, 'Workplace team', 5, 61_001);
  await expect(cell(a, 'Workplace team', 5)).toHaveText(written(61_001));
  await typeInto(a, 'Workplace team', 6, 61_002);
  await pillSays(a, 'Synced');
  const planned = (await onDisk(a)).rows.filter(({ document }) => document.startsWith('plan/'));
  const [theirs, mine] = planned.slice(-2);
  if (theirs === undefined || mine === undefined) throw new Error('the two edits are rows of their own');
  await a.goto(`${ana.url}/settings/data`);
  await pillSays(a, 'Synced');
  await flipBit(a, theirs.number);
  await flipBit(a, mine.number);

  // Not loaded anew: the line stands already, as it does for somebody who goes from page to page.
  await a.getByRole('link', { name: 'Budget' }).first().click();
  await expect(cell(a, 'Workplace team', 5)).toHaveText(written(61_001), { timeout: 20_000 });
  await expect(cell(a, 'Workplace team', 6)).toHaveText(written(61_002), { timeout: 20_000 });
  await pillSays(a, 'Synced');
  await a.goto(`${ana.url}/settings/data`);
  await expect(a.getByText('2 changes damaged on this device')).toBeVisible();
  await expect(a.getByText('A shared workspace fetches it again by itself')).toBeVisible();
  await openBudget(a, ana.url);
});

test('a clock two days ahead decides nothing: the later edit stands on both screens, and the pill counts seconds', async () => {
  const cleo = await ana.tab();
  await cleo.addInitScript(() => {
    const ahead = 2 * 24 * 3600 * 1000;
    const real = Date;
    globalThis.Date = class extends real {
      constructor(...parts: unknown[]) {
        super(...((parts.length === 0 ? [real.now() + ahead] : parts) as [number]));
      }
      static override now(): number {
        return real.now() + ahead;
      }
    } as DateConstructor;
  });
  await openBudget(cleo, ana.url);
  await typeInto(cleo, 'Applications team', 7, 71_001);
  await expect(cell(b, 'Applications team', 7)).toHaveText(written(71_001), { timeout: 5000 });
  await typeInto(b, 'Applications team', 7, 71_002);
  await expect(cell(cleo, 'Applications team', 7)).toHaveText(written(71_002), { timeout: 5000 });
  await expect(cell(b, 'Applications team', 7)).toHaveText(written(71_002));
  await typeInto(cleo, 'Applications team', 7, 71_003);
  await expect(cell(b, 'Applications team', 7)).toHaveText(written(71_003), { timeout: 5000 });
  for (const page of [cleo, b]) await expect(page.getByText('by two people at the same time')).toHaveCount(0);

  ana.network.goDown();
  await pillSays(cleo, /^Can't reach server, trying again in \d{1,2} s$/);
  ana.network.comeBack();
  await pillSays(cleo, 'Synced');
  await cleo.close();
});

test('a link with a wrong token, or half a link, lets nobody in and says what to do', async () => {
  const stranger = await company.person();
  const page = await stranger.tab();
  const [workspace = ''] = new URL(link).hash.slice(1).split('.');
  await page.goto(`${stranger.url}/join#${workspace}.${'x'.repeat(43)}`);
  await page.getByLabel('Your name').fill('Nobody');
  await page.getByLabel('Password').fill('nobody comes in');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('This link was used already, or it is too old. Ask for a new one.')).toBeVisible();
  await page.goto(`${stranger.url}/welcome`);
  await page.goto(`${stranger.url}/join`);
  await page.getByLabel('Invitation link').fill(link.slice(0, link.indexOf('#') + 40));
  await expect(page.getByText('This is not a whole invitation link.')).toBeVisible();
  await stranger.dispose();
});
