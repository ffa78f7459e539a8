/** Two servers on one PostgreSQL and one Redis, one killed: nobody notices beyond the pill. */
import { expect, test, type Page } from '@playwright/test';
import { Balancer } from '#tests/cluster/support/balancer.ts';
import { Cluster } from '#tests/cluster/support/cluster.ts';
import { bothOnTheBudget } from './support/company.ts';
import { onDisk } from './support/device.ts';
import { cell, typeInto, written } from './support/grid.ts';
import { PersonInBrowser } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { shownReportHash } from './support/sharing.ts';

const ANAS = 'Infrastructure team';
const BENS = 'Applications team';

test.describe.configure({ mode: 'serial' });

let cluster: Cluster;
let doors: readonly Balancer[];
let ana: PersonInBrowser;
let ben: PersonInBrowser;
let a: Page;
let b: Page;

test.beforeAll(async () => {
  cluster = await Cluster.start(2);
  const [first = 0, second = 0] = cluster.servers.map(({ port }) => port);
  doors = await Promise.all([Balancer.preferring([first, second]), Balancer.preferring([second, first])]);
  [ana, ben] = (await Promise.all(doors.map((door) => PersonInBrowser.at(door)))) as [PersonInBrowser, PersonInBrowser];
  ({ a, b } = await bothOnTheBudget(ana, ben));
});

test.afterAll(async () => {
  await ana.dispose();
  await ben.dispose();
  for (const door of doors) door.close();
  await cluster.dispose();
});

/** From now on, every text the pill has and everything that appears elsewhere to tell somebody something. */
async function watch(page: Page): Promise<() => Promise<{ pill: string[]; elsewhere: string[] }>> {
  const seen = await page.evaluateHandle(() => {
    const told = { pill: [] as string[], elsewhere: [] as string[] };
    const look = (): void => {
      const said =
        document.querySelector('button.pill')?.getAttribute('aria-label') ??
        document.querySelector('button.pill')?.textContent.trim() ??
        '';
      if (told.pill.at(-1) !== said) told.pill.push(said);
      for (const each of document.querySelectorAll(
        '[role=alert], [role=alertdialog], [role=dialog], dialog[open], .toast, .notice, .conflicts',
      )) {
        const text = each.textContent.trim();
        if (text !== '' && !told.elsewhere.includes(text)) told.elsewhere.push(text);
      }
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    return told;
  });
  return () => seen.evaluate((told) => told);
}

/** Types a figure into a month of a line, key by key, as fast as a person does. */
async function typeSlowly(page: Page, line: string, month: number, figure: number): Promise<void> {
  await cell(page, line, month).click();
  await page.keyboard.type(String(figure), { delay: 25 });
  await page.keyboard.press('Enter');
}

async function typeAYear(
  page: Page,
  line: string,
  first: number,
  at: (month: number) => void = () => undefined,
): Promise<void> {
  for (let month = 0; month < 12; month += 1) {
    at(month);
    await typeSlowly(page, line, month, first + month);
  }
}

async function bothSeeTheYears(years: Readonly<Record<string, number>>): Promise<void> {
  for (const [line, first] of Object.entries(years)) {
    for (const page of [a, b]) {
      for (let month = 0; month < 12; month += 1) {
        await expect(cell(page, line, month)).toHaveText(written(first + month), { timeout: 20_000 });
      }
    }
  }
}

async function nothingWaits(page: Page): Promise<void> {
  await pillSays(page, 'Synced');
  expect((await onDisk(page)).rows.filter(({ state }) => state !== 'durable')).toEqual([]);
}

test('each is served by another server, and sees what the other types', async () => {
  await typeInto(a, ANAS, 0, 1001);
  await expect(cell(b, ANAS, 0)).toHaveText(written(1001), { timeout: 5000 });
  await typeInto(b, BENS, 0, 2001);
  await expect(cell(a, BENS, 0)).toHaveText(written(2001), { timeout: 5000 });
});

test('one server is killed with -9 while both type: every keystroke arrives, and only the pill says something', async () => {
  const told = [await watch(a), await watch(b)];
  let killed: Promise<void> | undefined;
  await Promise.all([
    // In the middle of a figure.
    typeAYear(a, ANAS, 30_001, (month) => {
      if (month === 5) setTimeout(() => void (killed = cluster.server(0).kill()), 60);
    }),
    typeAYear(b, BENS, 40_001),
  ]);
  await killed;
  await bothSeeTheYears({ [ANAS]: 30_001, [BENS]: 40_001 });
  await nothingWaits(a);
  await nothingWaits(b);
  for (const look of told) expect((await look()).elsewhere).toEqual([]);
  const [mine = [], theirs = []] = await Promise.all(told.map(async (look) => (await look()).pill));
  const untouched = /^(Synced|Syncing( \d+)?)$/;
  expect(mine.filter((words) => !untouched.test(words))[0]).toMatch(/^Can't reach server, trying again in \d s$/);
  expect(theirs.filter((words) => !untouched.test(words))).toEqual([]);
});

test('the killed server is back: each is served by another again, and both agree', async () => {
  await cluster.server(0).startAgain();
  ana.network.cut();
  await Promise.all([typeAYear(a, ANAS, 50_001), typeAYear(b, BENS, 60_001)]);
  await bothSeeTheYears({ [ANAS]: 50_001, [BENS]: 60_001 });
  await nothingWaits(a);
  await nothingWaits(b);
  expect(await shownReportHash(a, ana.url)).toBe(await shownReportHash(b, ben.url));
});
