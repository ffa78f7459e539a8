/**
 * Who the person at this browser is to the server the app came from. The browser keeps a key that cannot leave it and,
 * to show it, the name of the account; access tokens stay in memory.
 */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { knownDevice, rememberDevice, type KnownDevice } from '#lib/store/registry.ts';
import {
  access,
  begin,
  beginWithProvider,
  finishWithProvider,
  lookAtLink,
  ownAccountAt,
  passkeyForNewcomer,
  recover,
  signIn,
  signUp,
  type AccountRefusal,
  type AccountServer,
  type Admission,
  type Begun,
  type NewCredential,
  type SignedIn,
} from '#lib/sync/accounts.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import { deviceName } from './device-name.ts';
import { wireOf } from './invitation.ts';
import type { Session } from './session.svelte.ts';

export type SignInFailure = AccountRefusal | StoreFailure | { readonly kind: 'passkey-cancelled' };
type Attempt<T> = Promise<Result<T, SignInFailure>>;
/** How somebody wants to prove themselves from now on; a passkey is made while they wait. */
export type ChosenCredential = { readonly kind: 'password'; readonly password: string } | { readonly kind: 'passkey' };
export type ChosenSignIn =
  { readonly kind: 'password'; readonly name: string; readonly password: string } | { readonly kind: 'passkey' };
type Origin = Pick<AccountServer, 'origin' | 'fetch'>;

/** The account this browser is signed in to, as far as it knows: without asking anybody. */
export async function accountHere(session: Session): Promise<KnownDevice['account']> {
  const known = await knownDevice(session.registry, location.origin);
  return known.ok ? (known.value?.account ?? null) : null;
}

/** The key this browser proves itself by to its server. */
export async function keysHere(session: Session): Attempt<CryptoKeyPair> {
  const device = await deviceHere(session);
  return device.ok ? ok(device.value.keys) : device;
}

export function lookAtLinkHere(token: string): ReturnType<typeof lookAtLink> {
  return lookAtLink(serverOf(), token);
}

/** Which ways to sign in the server offers, and whether somebody owns it. */
export async function waysToSignIn(session: Session): Attempt<Pick<Begun, 'provider' | 'hasOwner'>> {
  const server = await serverHere(session);
  return server.ok ? begin(server.value) : server;
}

export function signUpHere(
  session: Session,
  wanted: { readonly name: string; readonly credential: ChosenCredential; readonly by: Admission },
): Attempt<SignedIn> {
  return signedInHere(session, async (server, { challenge }) => {
    const credential = await made(server, challenge, wanted.name, wanted.credential);
    return credential.ok ? signUp(server, challenge, { ...wanted, credential: credential.value }) : credential;
  });
}

export function recoverHere(
  session: Session,
  wanted: { readonly token: string; readonly name: string; readonly credential: ChosenCredential },
): Attempt<SignedIn> {
  return signedInHere(session, async (server, { challenge }) => {
    const credential = await made(server, challenge, wanted.name, wanted.credential);
    const { token } = wanted;
    return credential.ok ? recover(server, challenge, { token, credential: credential.value }) : credential;
  });
}

export function signInHere(session: Session, chosen: ChosenSignIn): Attempt<SignedIn> {
  return signedInHere(session, async (server, begun) => {
    if (chosen.kind === 'password') return signIn(server, begun.challenge, chosen);
    const { usePasskey } = await import('./passkeys.ts');
    const response = await usePasskey(begun.passkey);
    return response.ok ? signIn(server, begun.challenge, { kind: 'passkey', response: response.value }) : response;
  });
}

/** Where to send the browser for the organisation's own sign-in. */
export async function addressOfProvider(session: Session): Attempt<string> {
  const server = await serverHere(session);
  if (!server.ok) return server;
  const begun = await begin(server.value);
  if (!begun.ok) return begun;
  const started = await beginWithProvider(server.value, begun.value.challenge);
  return started.ok ? ok(started.value.url) : started;
}

export function returnedFromProvider(session: Session, query: string): Attempt<SignedIn> {
  return signedInHere(session, (server, { challenge }) => finishWithProvider(server, challenge, query));
}

export type { OwnAccount } from '#lib/sync/accounts.ts';
export type OwnAccountDesk = ReturnType<typeof ownAccountAt>;

/** What can be asked about the account of this browser, while it is signed in. */
export async function ownAccountHere(session: Session): Attempt<OwnAccountDesk> {
  const token = session.workspace?.accessToken(Date.now()) ?? null;
  if (token !== null) return ok(ownAccountAt(serverOf(), token));
  const server = await serverHere(session);
  if (!server.ok) return server;
  const signedIn = await access(server.value);
  return signedIn.ok ? ok(ownAccountAt(server.value, signedIn.value.access.token)) : signedIn;
}

/** Adds a passkey to the account of this browser. */
export async function addPasskeyHere(desk: OwnAccountDesk): Attempt<null> {
  const { makePasskey } = await import('./passkeys.ts');
  const creation = await desk.passkeyOptions();
  if (!creation.ok) return creation;
  const response = await makePasskey(creation.value.options);
  return response.ok ? desk.addPasskey(creation.value.challenge, response.value) : response;
}

/** Signs this browser out, and takes its server's workspaces off it when `remove`. */
export async function signOutHere(session: Session, remove: boolean): Attempt<null> {
  const desk = await ownAccountHere(session);
  // Whoever is signed out already may still take the data away.
  if (!desk.ok && desk.error.kind !== 'sign-in-needed') return desk;
  if (desk.ok) {
    const account = await desk.value.account();
    if (!account.ok) return account;
    const ended = await desk.value.signOut(account.value.session);
    if (!ended.ok) return ended;
  }
  const device = await deviceHere(session);
  if (!device.ok) return device;
  const forgotten = await rememberDevice(session.registry, { ...device.value, account: null });
  if (!forgotten.ok || !remove) return forgotten;
  for (const { id, serverUrl } of session.known ?? []) {
    if (serverUrl !== wireOf(location.origin)) continue;
    const removed = await session.remove(id);
    if (!removed.ok) return removed;
  }
  return ok(null);
}

/** Begins, does the step, and remembers who is signed in. A key that is somebody else's makes room for a new one. */
async function signedInHere(
  session: Session,
  step: (server: AccountServer, begun: Begun) => Attempt<SignedIn>,
): Attempt<SignedIn> {
  const server = await serverHere(session);
  if (!server.ok) return server;
  const begun = await begin(server.value);
  if (!begun.ok) return begun;
  const signedIn = await step(server.value, begun.value);
  if (!signedIn.ok && signedIn.error.kind === 'device-taken') {
    const fresh = { server: location.origin, keys: await newDeviceKeys(), account: null };
    const kept = await rememberDevice(session.registry, fresh);
    return kept.ok ? signedInHere(session, step) : kept;
  }
  if (!signedIn.ok) return signedIn;
  const device = await deviceHere(session);
  if (!device.ok) return device;
  const { id, name } = signedIn.value.account;
  const kept = await rememberDevice(session.registry, { ...device.value, account: { id, name } });
  if (!kept.ok) return kept;
  await session.workspace?.tryNow();
  return signedIn;
}

async function made(
  server: AccountServer,
  challenge: string,
  name: string,
  chosen: ChosenCredential,
): Promise<Result<NewCredential, SignInFailure>> {
  if (chosen.kind === 'password') return ok(chosen);
  const { makePasskey } = await import('./passkeys.ts');
  const options = await passkeyForNewcomer(server, challenge, name);
  if (!options.ok) return options;
  const response = await makePasskey(options.value);
  return response.ok ? ok({ kind: 'passkey', response: response.value }) : response;
}

/** What this browser is to its server; a workspace that was shared before there were accounts has brought a key. */
async function deviceHere({ registry, known: workspaces }: Session): Promise<Result<KnownDevice, StoreFailure>> {
  const known = await knownDevice(registry, location.origin);
  if (!known.ok) return known;
  if (known.value !== null) return ok(known.value);
  const shared = workspaces?.find(({ serverUrl }) => serverUrl === wireOf(location.origin));
  const keys = shared?.deviceKeys ?? (await newDeviceKeys());
  const device = { server: location.origin, keys, account: null };
  const kept = await rememberDevice(registry, device);
  return kept.ok ? ok(device) : kept;
}

async function serverHere(session: Session): Attempt<AccountServer> {
  const device = await deviceHere(session);
  if (!device.ok) return err(device.error);
  return ok({ ...serverOf(), device: await deviceOf(device.value.keys), deviceName: deviceName(navigator.userAgent) });
}

function serverOf(): Origin {
  return { origin: location.origin, fetch: (input, init) => fetch(input, init) };
}
