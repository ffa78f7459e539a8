/** A device is signed in to an account that exists, or shows that it still is. */
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { nameKey } from '../accounts/account-storage.ts';
import { passkeyRequest, provenCounter } from '../accounts/passkeys.ts';
import { isPassword } from '../accounts/password.ts';
import { deviceId } from '../wire/device-key.ts';
import { CHALLENGE_MS, provenDevice, refused, signedIn } from './desk.ts';
import type { Answer, Desk, Refused, SignedIn } from './desk.ts';
import type { Asked } from './requests.ts';

type Chosen = Asked<'signIn'>['credential'];

/** A challenge for this device, and which ways there are to sign in. */
export async function begin(desk: Desk, asked: Asked<'begin'>): Answer<unknown> {
  const device = deviceId(Buffer.from(asked.device, 'base64url'));
  const challenge = desk.words.sign('challenge', [device], desk.now().getTime(), CHALLENGE_MS);
  return ok({
    challenge,
    passkey: await passkeyRequest(desk.origin, challenge),
    provider: desk.provider?.label ?? null,
    hasOwner: await desk.accounts.hasOwner(),
  });
}

export async function signIn(desk: Desk, asked: Asked<'signIn'>): Answer<SignedIn> {
  const device = await provenDevice(desk, asked.proof);
  if (device === null) return refused('challenge-old');
  const account = await accountBy(desk, asked.proof.challenge, asked.credential);
  return account.ok ? startSession(desk, account.value, device, asked.deviceName) : account;
}

/** An access token for a device that is signed in. */
export async function access(desk: Desk, { proof }: Asked<'access'>): Answer<SignedIn> {
  const device = await provenDevice(desk, proof);
  if (device === null) return refused('challenge-old');
  const standing = await desk.sessions.of(device);
  return standing.kind === 'live' ? signedIn(desk, standing.session) : refused('sign-in-needed');
}

export async function startSession(desk: Desk, account: string, device: string, name: string): Answer<SignedIn> {
  const session = { id: desk.newId(), account, device, name, createdAt: desk.now().toISOString() };
  const started = await desk.accounts.startSession(session);
  return started.ok ? signedIn(desk, session) : refused(started.error);
}

function accountBy(desk: Desk, challenge: string, chosen: Chosen): Promise<Result<string, Refused>> {
  return chosen.kind === 'password' ? byPassword(desk, chosen) : byPasskey(desk, challenge, chosen);
}

async function byPassword(
  { accounts, attempts, address }: Desk,
  { name, password }: Extract<Chosen, { kind: 'password' }>,
): Promise<Result<string, Refused>> {
  const key = nameKey(name);
  const waitMs = attempts.begin(key, address);
  if (waitMs > 0) return err({ kind: 'wait', seconds: Math.ceil(waitMs / 1000) });
  const account = await accounts.accountNamed(name);
  // Also for names that nobody has, so that they take as long.
  const isRight = await isPassword(password, account === null ? null : await accounts.password(account.id));
  if (isRight !== false) attempts.takeBack(key, address);
  if (isRight === null) return refused('busy');
  return isRight && account !== null ? ok(account.id) : refused('wrong-credentials');
}

async function byPasskey(
  { accounts, origin, now }: Desk,
  challenge: string,
  { response }: Extract<Chosen, { kind: 'passkey' }>,
): Promise<Result<string, Refused>> {
  const passkey = await accounts.passkey(response.id);
  const counter = passkey === null ? null : await provenCounter(origin, challenge, response, passkey);
  if (passkey === null || counter === null) return refused('passkey-refused');
  await accounts.usedPasskey(passkey.id, counter, now().toISOString());
  return ok(passkey.account);
}
