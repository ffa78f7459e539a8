/** A workspace is shared and joined, as people do it. */
import { expect, type Page } from '@playwright/test';
import { SETUP_TOKEN } from '#tests/support/server-process.ts';

const PASSWORD = 'a password of nobody';

/** Opens the set-up link and becomes the owner of the server, signed in on this device. */
export async function setUpServer(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/setup#${SETUP_TOKEN}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set up the server' }).click();
  await page.waitForURL(/\/(welcome|settings\/devices)$/, { timeout: 30_000 });
}

/** Signs this device in by name and password. */
export async function signIn(page: Page, url: string, name: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Shares the open workspace and invites somebody, as a controller unless said otherwise; gives the link. */
export async function shareWorkspace(page: Page, url: string, role = 'Controller'): Promise<string> {
  await setUpServer(page, url, 'Ines');
  await page.goto(`${url}/settings/sharing`);
  await page.getByRole('button', { name: 'Share this workspace' }).click();
  return invite(page, 'Somebody', role);
}

interface Within {
  /** Names of areas; all of them without. */
  readonly areas?: readonly string[];
  /** What an approver approves up to, as it is typed. */
  readonly limit?: string;
  /** First and last day, ISO dates; what the sheet proposes without. */
  readonly from?: string;
  readonly until?: string;
}

/** On the page of people: invites somebody; gives the link. */
export async function invite(
  page: Page,
  name: string,
  role: string,
  { areas, limit, from, until }: Within = {},
): Promise<string> {
  await page.getByRole('button', { name: 'Invite somebody' }).click({ timeout: 30_000 });
  const sheet = page.getByRole('dialog', { name: 'Invite somebody' });
  await sheet.getByLabel('Name').fill(name);
  await sheet.getByLabel('Role').selectOption({ label: role });
  if (areas !== undefined) {
    await sheet.getByLabel('All areas, later ones included').uncheck();
    const boxes = sheet.getByRole('group', { name: 'Areas' }).getByRole('checkbox');
    // The first stands for all of them.
    for (let at = 1; at < (await boxes.count()); at += 1) await boxes.nth(at).uncheck();
    for (const area of areas) await sheet.getByLabel(area, { exact: true }).check();
  }
  if (limit !== undefined) await sheet.getByLabel('Approves up to').fill(limit);
  if (from !== undefined) await sheet.getByLabel('From').fill(from);
  if (until !== undefined) await sheet.getByLabel('Until').fill(until);
  await sheet.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText(`This link for ${name} is shown once.`)).toBeVisible();
  return page.getByLabel('Invitation link').inputValue();
}

/** Joins by a link, through this person's own way to the server. */
export async function joinBy(page: Page, url: string, link: string, name: string): Promise<void> {
  await openLink(page, url, link, name);
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
}

/** Opens a link and asks to be let in by it. */
export async function openLink(page: Page, url: string, link: string, name: string): Promise<void> {
  await page.goto(`${url}/join#${link.split('#')[1] ?? ''}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
}

export async function shownReportHash(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/settings/data`);
  await page.getByRole('button', { name: 'Work out the report hash' }).click();
  return page.getByLabel('Report hash').innerText();
}
