/** Signing in with an organisation's own provider, and what somebody reads who guesses passwords. */
import { expect, test } from '@playwright/test';
import { OidcProcess } from '#tests/support/oidc-process.ts';
import { freePort, ServerProcess } from '#tests/support/server-process.ts';
import { PersonInBrowser } from './support/person.ts';
import { startBlank } from './support/settings.ts';
import { setUpServer, signIn } from './support/sharing.ts';

test('a provider of identities signs somebody in, and the same account is met on another device', async () => {
  const port = await freePort();
  const server = await ServerProcess.start({ environment: OidcProcess.environment(port) });
  const [laptop, tablet] = [await PersonInBrowser.at(server), await PersonInBrowser.at(server)];
  const provider = await OidcProcess.start(port, [laptop.url, tablet.url]);
  try {
    for (const device of [laptop, tablet]) {
      const page = await device.tab();
      await page.goto(`${device.url}/sign-in`);
      await page.getByRole('button', { name: /^Sign in with localhost/ }).click();
      await page.getByPlaceholder('Enter any login').fill('Greta');
      await page.getByPlaceholder('and password').fill('any');
      await page.getByRole('button', { name: 'Sign-in' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(`${device.url}/sign-in`);
      await expect(page.getByRole('heading', { name: 'Signed in' })).toBeVisible();
      // Nothing of what the provider sent stays in the address.
      expect(new URL(page.url()).search).toBe('');
    }
    const page = await tablet.tab();
    await startBlank(page, tablet.url, 'Harbour office');
    await page.goto(`${tablet.url}/settings/devices`);
    await expect(page.getByText('Greta').first()).toBeVisible();
    await expect(page.getByText('this device', { exact: true })).toBeVisible();
  } finally {
    await laptop.dispose();
    await tablet.dispose();
    await provider.stop();
    await server.dispose();
  }
});

test('after five wrong passwords it is said how long to wait, and the right one has to wait too', async () => {
  const server = await ServerProcess.start();
  const [owner, guesser] = [await PersonInBrowser.at(server), await PersonInBrowser.at(server)];
  try {
    await setUpServer(await owner.tab(), owner.url, 'Ines');
    const page = await guesser.tab();
    for (let guess = 1; guess <= 5; guess += 1) {
      await signIn(page, guesser.url, 'Ines', `a wrong password ${guess}`);
      await expect(page.getByText('The name or the password is not right.')).toBeVisible();
    }
    await signIn(page, guesser.url, 'Ines');
    await expect(
      page.getByText(/There were too many wrong passwords\. Try again in 1[45] minutes, or use a passkey\./),
    ).toBeVisible();
  } finally {
    await owner.dispose();
    await guesser.dispose();
    await server.dispose();
  }
});
