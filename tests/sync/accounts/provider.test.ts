import { afterAll, beforeAll, expect, test } from 'vitest';
import { access, begin, beginWithProvider, finishWithProvider } from '#lib/sync/accounts.ts';
import type { AccountServer } from '#lib/sync/accounts.ts';
import { OidcProcess } from '#tests/support/oidc-process.ts';
import { freePort, ServerProcess } from '#tests/support/server-process.ts';
import { deviceAt, own, ownerOn, well } from '../support/account.ts';

let server: ServerProcess;
let provider: OidcProcess;

beforeAll(async () => {
  const port = await freePort();
  server = await ServerProcess.start({ environment: OidcProcess.environment(port) });
  provider = await OidcProcess.start(port, [server.url]);
});
afterAll(async () => {
  await provider.stop();
  await server.dispose();
});

/** Follows the provider's pages as a browser does, types a name where one is asked for, and gives the query it ends with. */
async function typedAtProvider(start: string, name: string): Promise<string> {
  const jar = new Map<string, string>();
  let [address, form] = [start, null as URLSearchParams | null];
  for (let step = 0; step < 12; step += 1) {
    const headers = { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') };
    const init = form === null ? { headers } : { headers, method: 'POST', body: form };
    const answer = await fetch(address, { ...init, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [key = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      jar.set(key, value);
    }
    const to = answer.headers.get('location');
    if (to !== null) {
      address = new URL(to, address).href;
      form = null;
      if (address.startsWith(server.url)) return new URL(address).search;
      continue;
    }
    const page = await answer.text();
    address = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', address).href;
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
    form = new URLSearchParams(prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt });
  }
  throw new Error(`The provider did not send back, and ended at ${address}`);
}

async function comingBack(device: AccountServer, name: string): Promise<string> {
  const { challenge } = well(await begin(device));
  const { url } = well(await beginWithProvider(device, challenge));
  return typedAtProvider(url, name);
}

async function finished(device: AccountServer, returned: string) {
  const { challenge } = well(await begin(device));
  return finishWithProvider(device, challenge, returned);
}

test('whom the provider knows gets an account, and the same one on every device', async () => {
  const [laptop, phone] = [await deviceAt(server.url), await deviceAt(server.url)];
  expect(well(await begin(laptop)).provider).toMatch(/^localhost:\d+$/);
  const first = well(await finished(laptop, await comingBack(laptop, 'Greta')));
  expect(first.account).toMatchObject({ name: 'Greta', isOwner: false });
  const second = well(await finished(phone, await comingBack(phone, 'Greta')));
  expect(second.account).toEqual(first.account);
  expect(second.session).not.toBe(first.session);
});

test('an account that exists is connected from a device that is signed in, and found by it later', async () => {
  const laptop = await deviceAt(server.url);
  const ana = await ownerOn(laptop);
  await finished(laptop, await comingBack(laptop, 'ana@work'));
  expect(well(await own(laptop, ana).account()).provider?.isConnected).toBe(true);
  const phone = await deviceAt(server.url);
  expect(well(await finished(phone, await comingBack(phone, 'ana@work'))).account).toEqual(ana.account);
});

test('what comes back is for the device that began, once, and not to be changed', async () => {
  const [mine, other] = [await deviceAt(server.url), await deviceAt(server.url)];
  const returned = await comingBack(mine, 'Henk');
  const failed = { ok: false, error: { kind: 'provider-failed' } };
  expect(await finished(other, returned)).toEqual(failed);
  const query = new URLSearchParams(returned);
  query.set('state', `${query.get('state') ?? ''}x`);
  expect(await finished(mine, `?${query.toString()}`)).toEqual(failed);
  expect((await finished(mine, returned)).ok).toBe(true);
  // Signed in by now: the code that was used up does nothing any more, and nobody is signed out by it.
  expect(await finished(mine, returned)).toEqual(failed);
  expect((await access(mine)).ok).toBe(true);
});
