/** Who may do less sees less: what a role does not reach is neither offered nor on the device. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { onDisk } from './support/device.ts';
import { cell, openBudget, typeInto } from './support/grid.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { joinBy, shareWorkspace } from './support/sharing.ts';

let server: ServerProcess;
let owner: PersonInBrowser;
let other: PersonInBrowser;

test.beforeEach(async () => {
  server = await ServerProcess.start();
  owner = await PersonInBrowser.at(server);
  other = await PersonInBrowser.at(server);
});

test.afterEach(async () => {
  await owner.dispose();
  await other.dispose();
  await server.dispose();
});

async function joined(role: string): Promise<{ a: Page; b: Page }> {
  const a = await owner.tab();
  await exploreSample(a, owner.url);
  const link = await shareWorkspace(a, owner.url, role);
  const b = await other.tab();
  await joinBy(b, other.url, link, 'Ben');
  await pillSays(b, 'Synced');
  return { a, b };
}

async function takeBack(a: Page, role: string): Promise<void> {
  await a.goto(`${owner.url}/settings/sharing`);
  await a.getByRole('button', { name: 'What to do with Ben' }).click();
  await a.getByRole('menuitem', { name: `Take back: ${role}` }).click();
}

/** Kinds of documents of which there is anything on the device. */
async function kindsOn(page: Page): Promise<readonly string[]> {
  const { rows } = await onDisk(page);
  return [...new Set(rows.map(({ document }) => document.split('/')[0] ?? ''))].sort();
}

test('S26: what a role reached leaves the device with it; what was not sent waits under To review', async () => {
  const { a, b } = await joined('Controller');
  await openBudget(b, other.url);
  expect(await kindsOn(b)).toEqual(['core', 'decisions', 'inbox', 'ledger', 'plan']);

  // Typed while the line is down, and with it the news of the role.
  other.network.goDown();
  await pillSays(b, /^Can't reach server/);
  await typeInto(b, 'IT management', 0, 4321);
  await expect(cell(b, 'IT management', 0)).toHaveText('4,321');
  await takeBack(a, 'Controller');
  await expect(a.getByText('No role: nothing can be read or changed')).toBeVisible();
  other.network.comeBack();
  await pillSays(b, 'Not syncing');

  await expect.poll(() => kindsOn(b), { timeout: 20_000 }).toEqual(['core', 'decisions']);
  await b.goto(`${other.url}/review`);
  await expect(b.getByText('Your right to change this was taken away')).toBeVisible();
  await b.goto(`${other.url}/expenses?state=all`);
  await expect(b.getByRole('tab', { name: /^All/ })).toHaveAccessibleName(/All\s*0?$/);
});
