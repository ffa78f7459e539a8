/** Who somebody is: set-up link, passwords, passkeys, devices that are signed out and come back. */
import { expect, test, type Page } from '@playwright/test';
import { ServerProcess } from '#tests/support/server-process.ts';
import { cell, openBudget, typeInto, written } from './support/grid.ts';
import { exploreSample, PersonInBrowser } from './support/person.ts';
import { setUpServer, shareWorkspace, signIn } from './support/sharing.ts';

let server: ServerProcess;
let ines: PersonInBrowser;

test.beforeEach(async () => {
  server = await ServerProcess.start();
  ines = await PersonInBrowser.at(server);
});

test.afterEach(async () => {
  await ines.dispose();
  await server.dispose();
});

/** Runs in the page: keeps what the first field held in the moment it was drawn. */
function noteWhatFieldsHold(): void {
  new MutationObserver((_changes, observer) => {
    const field = document.querySelector('input');
    if (field === null) return;
    sessionStorage.setItem('drawn', field.value);
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** A passkey of the browser's own, that says yes to everything. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('the set-up link works once, with a passkey, which signs in again without a name', async () => {
  const page = await ines.tab();
  await withAuthenticator(page);
  await setUpServer(page, ines.url, 'Ines');
  await exploreSample(page, ines.url);
  await page.goto(`${ines.url}/settings/devices`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('The passkey is added')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove passkey' })).toBeVisible();

  await page.getByRole('button', { name: 'Sign out…' }).click();
  await page.getByRole('button', { name: 'Sign out and keep' }).click();
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor();
  await page.goto(`${ines.url}/sign-in`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor();
  await page.goto(`${ines.url}/settings/devices`);
  await expect(page.getByText('this device', { exact: true })).toBeVisible();

  await page.goto(`${ines.url}/setup#set-up-link-of-a-server-that-a-test-started`);
  await page.reload();
  await expect(page.getByText('This link was used already')).toBeVisible();
});

test('signed out elsewhere, a device says so, keeps everything usable, and sends it when signed in again', async () => {
  const page = await ines.tab();
  await exploreSample(page, ines.url);
  await shareWorkspace(page, ines.url);
  const other = await PersonInBrowser.at(server);
  const phone = await other.tab();
  await signIn(phone, other.url, 'Ines', 'not her password');
  await expect(phone.getByText('The name or the password is not right.')).toBeVisible();
  await signIn(phone, other.url, 'Ines');
  await phone.getByRole('button', { name: 'Open Harbourlight' }).click();
  await phone.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
  await openBudget(phone, other.url);
  await expect(phone.getByText('Synced', { exact: true }).first()).toBeVisible({ timeout: 30_000 });

  await page.goto(`${ines.url}/settings/devices`);
  await page.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await expect(phone.getByText('Sign in to sync').first()).toBeVisible({ timeout: 2000 });
  await typeInto(phone, 'IT management', 0, 4321);
  await expect(cell(phone, 'IT management', 0)).toHaveText(written(4321));

  // The name from before stands in its field from the first moment: nothing comes between a person and the keys.
  await phone.addInitScript(noteWhatFieldsHold);
  await signIn(phone, other.url, 'Ines');
  expect(await phone.evaluate(() => sessionStorage.getItem('drawn'))).toBe('Ines');
  await openBudget(page, ines.url);
  await expect(cell(page, 'IT management', 0)).toHaveText(written(4321), { timeout: 30_000 });
  await other.dispose();
});

test('signing out with the data removed leaves nothing on the device; a recovery link lets somebody in again', async () => {
  const page = await ines.tab();
  await exploreSample(page, ines.url);
  const link = await shareWorkspace(page, ines.url);
  const ben = await PersonInBrowser.at(server);
  const his = await ben.tab();
  await his.goto(`${ben.url}/join#${link.split('#')[1] ?? ''}`);
  await his.getByLabel('Your name').fill('Ben');
  await his.getByLabel('Password').fill('short');
  await his.getByRole('button', { name: 'Join' }).click();
  await expect(his.getByText('Use at least 10 characters.')).toBeVisible();
  await his.getByLabel('Password').fill('long enough for this');
  await his.getByRole('button', { name: 'Join' }).click();
  await his.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
  await his.goto(`${ben.url}/settings/devices`);
  await his.getByRole('button', { name: 'Sign out…' }).click();
  await his.getByRole('button', { name: 'Sign out and remove' }).click();
  await his.waitForURL(/\/welcome$/);
  await expect(his.getByText('Harbourlight', { exact: true })).toHaveCount(0);

  await page.goto(`${ines.url}/settings/devices`);
  await page.getByRole('button', { name: 'Recovery link for Ben' }).click();
  const recovery = await page.getByLabel('Recovery link for Ben').and(page.locator('input')).inputValue();
  await his.goto(`${ben.url}/recover#${recovery.split('#')[1] ?? ''}`);
  await his.getByRole('heading', { name: 'Welcome back, Ben' }).waitFor();
  await his.getByLabel('Password').fill('another for Ben');
  await his.getByRole('button', { name: 'Sign in', exact: true }).click();
  await his.getByRole('button', { name: 'Open Harbourlight' }).click();
  await his.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
  await ben.dispose();
});
