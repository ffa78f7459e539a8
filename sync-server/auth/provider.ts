/** Sign-in by the organisation's own provider of identities. */
import { ok } from '#lib/domain/result.ts';
import type { Identity } from '../accounts/identity-provider.ts';
import { provenDevice, refused, signedIn } from './desk.ts';
import type { Answer, Desk, SignedIn } from './desk.ts';
import type { Asked } from './requests.ts';
import { startSession } from './sign-in.ts';

/** Where the provider sends the browser back to: a page of the app, which brings what it was sent to `finish`. */
const RETURN = '/sign-in/return';

export async function beginWithProvider(
  desk: Desk,
  { proof }: Asked<'providerBegin'>,
): Answer<{ readonly url: string }> {
  const device = await provenDevice(desk, proof);
  if (device === null) return refused('challenge-old');
  if (desk.provider === null) return refused('unknown');
  try {
    return ok({ url: (await desk.provider.begin(device, desk.origin + RETURN, desk.now().getTime())).href });
  } catch (cause) {
    desk.log('The provider of identities cannot be reached.', cause);
    return refused('provider-failed');
  }
}

/**
 * Whom the provider knows is let in: the organisation vouches for them. On a device that is signed in, the account it
 * is signed in to is hereby connected with the provider.
 */
export async function finishWithProvider(desk: Desk, asked: Asked<'providerFinish'>): Answer<SignedIn> {
  const device = await provenDevice(desk, asked.proof);
  if (device === null) return refused('challenge-old');
  const identity = await identityOf(desk, device, asked.returned);
  if (identity === null) return refused('provider-failed');

  const known = await desk.accounts.accountOfSubject(identity);
  const standing = await desk.sessions.of(device);
  if (standing.kind === 'live') {
    if (known === null) await desk.accounts.addSubject(standing.session.account, identity);
    else if (known.id !== standing.session.account) return refused('device-taken');
    return signedIn(desk, standing.session);
  }
  if (known !== null) return startSession(desk, known.id, device, asked.deviceName);
  return signUpBy(desk, identity, device, asked.deviceName);
}

async function identityOf(desk: Desk, device: string, returned: string): Promise<Identity | null> {
  try {
    const address = new URL(`${desk.origin}${RETURN}?${returned.replace(/^\?/, '')}`);
    return (await desk.provider?.finish(device, address, desk.now().getTime())) ?? null;
  } catch (cause) {
    desk.log('A sign-in by the provider of identities did not end well.', cause);
    return null;
  }
}

async function signUpBy(desk: Desk, identity: Identity, device: string, deviceName: string): Answer<SignedIn> {
  const { accounts, newId, now } = desk;
  const createdAt = now().toISOString();
  const account = { id: newId(), name: await freeName(desk, identity.name), isOwner: false, createdAt };
  const session = { id: newId(), device, name: deviceName, createdAt };
  const { issuer, subject } = identity;
  const credential = { kind: 'subject', issuer, subject } as const;
  const made = await accounts.signUp({ account, ticket: null, credential, session });
  if (!made.ok) return refused(made.error === 'device-taken' ? made.error : 'failed');
  return signedIn(desk, { ...session, account: account.id });
}

/** The name, or with a number behind it that makes it one nobody has. */
async function freeName({ accounts }: Desk, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} ${number}`;
    if ((await accounts.accountNamed(candidate)) === null) return candidate;
  }
}
