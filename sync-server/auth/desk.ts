/** What the answers at `/auth/*` are made from, and what they may say. */
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { signInText } from '#lib/sync/protocol.ts';
import type { AccountStorage, Credential, Session } from '../accounts/account-storage.ts';
import type { Attempts } from '../accounts/attempts.ts';
import type { IdentityProvider } from '../accounts/identity-provider.ts';
import { createdPasskey } from '../accounts/passkeys.ts';
import { hashPassword, PASSWORD } from '../accounts/password.ts';
import type { Access, Sessions } from '../accounts/sessions.ts';
import type { SignedWords } from '../accounts/signed-words.ts';
import type { Log } from '../operate/log.ts';
import { deviceId, isSignedBy } from '../wire/device-key.ts';
import type { NewCredential, Proof } from './requests.ts';

export interface Desk {
  readonly accounts: AccountStorage;
  readonly sessions: Sessions;
  readonly words: SignedWords;
  readonly attempts: Attempts;
  readonly provider: IdentityProvider | null;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly log: Log;
  /** Whether this token lets somebody into this workspace. */
  readonly mayJoin: (workspace: string, token: string) => Promise<boolean>;
  /** What a workspace was called when it was founded. */
  readonly nameOf: (workspace: string) => Promise<string>;
  /** Where the app is for whoever asks, and from where. */
  readonly origin: string;
  readonly address: string;
}

/** Why not, as the app tells it in a sentence. */
export type Refusal =
  | 'malformed'
  | 'foreign'
  | 'unknown'
  | 'challenge-old'
  | 'sign-in-needed'
  | 'wrong-credentials'
  | 'busy'
  | 'name-taken'
  | 'password-short'
  | 'passkey-refused'
  | 'passkey-known'
  | 'last-credential'
  | 'link-invalid'
  | 'device-taken'
  | 'provider-failed'
  | 'owner-only'
  | 'failed';

/** `seconds` until it may be tried again. */
export type Refused = { readonly kind: Refusal } | { readonly kind: 'wait'; readonly seconds: number };
export type Answer<T> = Promise<Result<T, Refused>>;

export interface SignedIn {
  readonly access: Access;
  readonly session: string;
  readonly account: { readonly id: string; readonly name: string; readonly isOwner: boolean };
}

export const CHALLENGE_MS = 10 * 60_000;

export function refused(kind: Refusal): Result<never, Refused> {
  return err({ kind });
}

/** The id of the device that proves its key; null when it does not, or not in time. */
export async function provenDevice(desk: Desk, proof: Proof): Promise<string | null> {
  const publicKey = Buffer.from(proof.device, 'base64url');
  const device = deviceId(publicKey);
  const [challenged] = desk.words.read('challenge', proof.challenge, desk.now().getTime()) ?? [];
  const signature = Buffer.from(proof.signature, 'base64url');
  const isSigned = await isSignedBy(publicKey, signature, signInText(proof.challenge));
  return challenged === device && isSigned ? device : null;
}

/** What is kept of a credential that was chosen now. */
export async function keptCredential(desk: Desk, challenge: string, chosen: NewCredential): Answer<Credential> {
  if (chosen.kind === 'passkey') {
    const at = desk.now().toISOString();
    const passkey = await createdPasskey(desk.origin, challenge, chosen.response, at);
    return passkey === null ? refused('passkey-refused') : ok({ kind: 'passkey', passkey });
  }
  if (chosen.password.length < PASSWORD.shortest) return refused('password-short');
  const hash = await hashPassword(chosen.password);
  return hash === null ? refused('busy') : ok({ kind: 'password', hash });
}

export async function signedIn(desk: Desk, session: Pick<Session, 'id' | 'account' | 'device'>): Answer<SignedIn> {
  const account = await desk.accounts.account(session.account);
  if (account === null) return refused('sign-in-needed');
  const { id, name, isOwner } = account;
  return ok({ access: desk.sessions.access(session), session: session.id, account: { id, name, isOwner } });
}
