/** Somebody's account and the device it is signed in on, through the app's own client. */
import { begin, ownAccountAt, signIn, signUp } from '#lib/sync/accounts.ts';
import type { AccountServer, Admission, SignedIn } from '#lib/sync/accounts.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import type { Device } from '#lib/sync/device.ts';
import type { Result } from '#lib/domain/result.ts';
import { SETUP_TOKEN } from '#tests/support/server-process.ts';

export const PASSWORD = 'a password of nobody';

/** A device as the server of this address sees it: what a browser adds by itself is added here. */
export async function deviceAt(url: string, device?: Device): Promise<AccountServer> {
  return {
    origin: url,
    device: device ?? (await deviceOf(await newDeviceKeys())),
    deviceName: 'Test',
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Origin', url);
      return fetch(input, { ...init, headers });
    },
  };
}

export async function signedUp(server: AccountServer, name: string, by: Admission): Promise<SignedIn> {
  const { challenge } = well(await begin(server));
  return well(await signUp(server, challenge, { name, credential: { kind: 'password', password: PASSWORD }, by }));
}

/** The server's owner, made by the set-up link. */
export function ownerOn(server: AccountServer, name = 'Ana'): Promise<SignedIn> {
  return signedUp(server, name, { kind: 'ticket', token: SETUP_TOKEN });
}

export async function signedInBy(server: AccountServer, name: string, password = PASSWORD) {
  const { challenge } = well(await begin(server));
  return signIn(server, challenge, { kind: 'password', name, password });
}

export function own(server: AccountServer, { access }: SignedIn): ReturnType<typeof ownAccountAt> {
  return ownAccountAt(server, access.token);
}

export function well<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
