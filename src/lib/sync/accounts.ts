/** The server's accounts, asked over HTTP: who somebody is, proved by this device's key or by the access token it was given. */
import * as v from 'valibot';
import { err } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Device } from './device.ts';
import { signInText } from './protocol.ts';

/** The server an app came from, and the device that asks. */
export interface AccountServer {
  readonly origin: string;
  readonly device: Device;
  /** How the device is listed: "Chromium on Linux". */
  readonly deviceName: string;
  readonly fetch: typeof fetch;
}

/** `unreachable`: nobody answered, or not in the server's words. Nothing follows from that. */
export type AccountRefusal =
  { readonly kind: (typeof KINDS)[number] } | { readonly kind: 'wait'; readonly seconds: number };
export type AccountAnswer<T> = Promise<Result<T, AccountRefusal>>;

/** What a sign-in begins with: a challenge for this device, and which ways the server offers. */
export type Begun = v.InferOutput<typeof begun>;
export type OwnAccount = v.InferOutput<typeof ownAccount>;
export type SignedIn = v.InferOutput<typeof signedIn>;
export type TicketKind = 'set-up' | 'person' | 'recovery';

/** What a person proves themselves by from now on; a passkey's `response` is what the browser made of its options. */
export type NewCredential =
  { readonly kind: 'password'; readonly password: string } | { readonly kind: 'passkey'; readonly response: unknown };
/** What lets somebody have an account: a link made for it, or an invitation to a workspace. */
export type Admission =
  | { readonly kind: 'ticket'; readonly token: string }
  | { readonly kind: 'invitation'; readonly workspace: string; readonly token: string };
export type SignInBy =
  | { readonly kind: 'password'; readonly name: string; readonly password: string }
  | { readonly kind: 'passkey'; readonly response: unknown };

const PATIENCE_MS = 20_000;

export function begin(server: AccountServer): AccountAnswer<Begun> {
  return ask(server, '/auth/begin', { device: base64url(server.device.publicKey) }, begun);
}

export function lookAtLink(
  server: Pick<AccountServer, 'origin' | 'fetch'>,
  token: string,
): AccountAnswer<{ readonly kind: TicketKind; readonly name: string | null }> {
  return ask(server, '/auth/link', { token }, ticket);
}

/** Options for the browser to make the first passkey of an account that does not exist yet. */
export function passkeyForNewcomer(server: AccountServer, challenge: string, name: string): AccountAnswer<unknown> {
  return ask(server, '/auth/passkey', { challenge, name }, v.looseObject({}));
}

export async function signUp(
  server: AccountServer,
  challenge: string,
  wanted: { readonly name: string; readonly credential: NewCredential; readonly by: Admission },
): AccountAnswer<SignedIn> {
  return ask(server, '/auth/sign-up', { ...(await proven(server, challenge)), ...wanted }, signedIn);
}

export async function recover(
  server: AccountServer,
  challenge: string,
  wanted: { readonly token: string; readonly credential: NewCredential },
): AccountAnswer<SignedIn> {
  return ask(server, '/auth/recover', { ...(await proven(server, challenge)), ...wanted }, signedIn);
}

export async function signIn(server: AccountServer, challenge: string, credential: SignInBy): AccountAnswer<SignedIn> {
  return ask(server, '/auth/sign-in', { ...(await proven(server, challenge)), credential }, signedIn);
}

/** Where to send the browser for the organisation's own sign-in. */
export async function beginWithProvider(
  server: AccountServer,
  challenge: string,
): AccountAnswer<{ readonly url: string }> {
  const { proof } = await proven(server, challenge);
  return ask(server, '/auth/provider/begin', { proof }, v.object({ url: v.string() }));
}

/** `returned`: the query of the address the provider sent the browser back to. */
export async function finishWithProvider(
  server: AccountServer,
  challenge: string,
  returned: string,
): AccountAnswer<SignedIn> {
  return ask(server, '/auth/provider/finish', { ...(await proven(server, challenge)), returned }, signedIn);
}

/** An access token, when this device is signed in. */
export async function access(server: AccountServer): AccountAnswer<SignedIn> {
  const started = await begin(server);
  if (!started.ok) return started;
  const { proof } = await proven(server, started.value.challenge);
  return ask(server, '/auth/access', { proof }, signedIn);
}

/** What somebody who is signed in asks about their own account, and its owner about others'. */
export function ownAccountAt(server: Pick<AccountServer, 'origin' | 'fetch'>, token: string) {
  const nothing = v.null();
  const link = v.object({ token: v.string() });
  return {
    account: () => ask(server, '/auth/account', {}, ownAccount, token),
    rename: (name: string) => ask(server, '/auth/account/rename', { name }, nothing, token),
    changePassword: (current: string, password: string) =>
      ask(server, '/auth/account/password', { current, password }, nothing, token),
    passkeyOptions: () => ask(server, '/auth/account/passkey', {}, creation, token),
    addPasskey: (challenge: string, response: unknown) =>
      ask(server, '/auth/account/passkey/add', { challenge, response }, nothing, token),
    removePasskey: (id: string) => ask(server, '/auth/account/passkey/remove', { id }, nothing, token),
    nameDevice: (session: string, name: string) => ask(server, '/auth/devices/name', { session, name }, nothing, token),
    signOut: (session: string) => ask(server, '/auth/devices/sign-out', { session }, nothing, token),
    people: () => ask(server, '/auth/people', {}, people, token),
    personLink: () => ask(server, '/auth/people/link', {}, link, token),
    recoveryLink: (account: string) => ask(server, '/auth/people/recovery', { account }, link, token),
  };
}

async function proven({ device, deviceName }: AccountServer, challenge: string) {
  const signature = base64url(await device.sign(signInText(challenge)));
  return { proof: { device: base64url(device.publicKey), challenge, signature }, deviceName };
}

async function ask<S extends v.GenericSchema>(
  server: Pick<AccountServer, 'origin' | 'fetch'>,
  path: string,
  body: object,
  value: S,
  token?: string,
): AccountAnswer<v.InferOutput<S>> {
  try {
    const response = await server.fetch(server.origin + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = v.safeParse(v.variant('ok', [accepted(value), refusedAnswer]), await response.json());
    return answer.success ? (answer.output as Result<v.InferOutput<S>, AccountRefusal>) : err({ kind: 'unreachable' });
  } catch {
    return err({ kind: 'unreachable' });
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const KINDS = [
  'unreachable',
  'malformed',
  'foreign',
  'unknown',
  'challenge-old',
  'sign-in-needed',
  'wrong-credentials',
  'busy',
  'name-taken',
  'password-short',
  'passkey-refused',
  'passkey-known',
  'last-credential',
  'link-invalid',
  'device-taken',
  'provider-failed',
  'owner-only',
  'failed',
] as const;
const refusedAnswer = v.object({
  ok: v.literal(false),
  error: v.variant('kind', [
    v.object({ kind: v.picklist(KINDS) }),
    v.object({ kind: v.literal('wait'), seconds: v.number() }),
  ]),
});
const accepted = <S extends v.GenericSchema>(value: S) => v.object({ ok: v.literal(true), value });

const begun = v.object({
  challenge: v.string(),
  passkey: v.looseObject({}),
  provider: v.nullable(v.string()),
  hasOwner: v.boolean(),
});
const ticket = v.object({ kind: v.picklist(['set-up', 'person', 'recovery']), name: v.nullable(v.string()) });
const account = v.object({ id: v.string(), name: v.string(), isOwner: v.boolean() });
const signedIn = v.object({
  access: v.object({ token: v.string(), expiresAt: v.string() }),
  session: v.string(),
  account,
});
const creation = v.object({ challenge: v.string(), options: v.looseObject({}) });
const ownAccount = v.object({
  account,
  session: v.string(),
  hasPassword: v.boolean(),
  passkeys: v.array(v.object({ id: v.string(), createdAt: v.string(), usedAt: v.nullable(v.string()) })),
  provider: v.nullable(v.object({ label: v.string(), isConnected: v.boolean() })),
  devices: v.array(v.object({ id: v.string(), name: v.string(), createdAt: v.string(), usedAt: v.string() })),
  workspaces: v.array(v.object({ id: v.string(), name: v.string() })),
});
const people = v.array(v.object({ id: v.string(), name: v.string(), isOwner: v.boolean(), createdAt: v.string() }));
