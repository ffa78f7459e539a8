/** One person's data: handed out as a file, and erased once they have left. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { pillSays } from './support/pill.ts';
import { joinBy, shareWorkspace } from './support/sharing.ts';

test('E1, E2: an owner exports and erases somebody who left, and reads beforehand what goes and what stays', async () => {
  const server = await ServerProcess.start();
  const owner = await PersonInBrowser.at(server);
  const other = await PersonInBrowser.at(server);
  const a = await owner.tab();
  await exploreSample(a, owner.url);
  const link = await shareWorkspace(a, owner.url, 'Controller');
  const b = await other.tab();
  await joinBy(b, other.url, link, 'Ben');
  await pillSays(b, 'Synced');

  await a.goto(`${owner.url}/settings/sharing`);
  const menu = () => a.getByRole('button', { name: 'What to do with Ben' }).click();
  await menu();
  const downloading = a.waitForEvent('download');
  await a.getByRole('menuitem', { name: 'Export their data' }).click();
  const file = JSON.parse(readFileSync(await (await downloading).path(), 'utf8')) as { membership: { name: string } };
  expect(file.membership.name).toBe('Ben');

  await menu();
  await a.getByRole('menuitem', { name: 'Remove…' }).click();
  await a.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(a.getByRole('heading', { name: 'People who left' })).toBeVisible();
  await menu();
  await a.getByRole('menuitem', { name: 'Erase their data…' }).click();
  await expect(a.getByText('Amounts and everything posted stay.')).toBeVisible();
  await a.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(a.getByText('Former member 1')).toBeVisible();
  await expect(a.getByText('What they captured is kept until')).toBeVisible();
  await expect(a.getByText('Ben', { exact: true })).toHaveCount(0);
  await owner.dispose();
  await other.dispose();
  await server.dispose();
});
