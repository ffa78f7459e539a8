/** What somebody who is signed in sees and changes of their own account. */
import { err, ok } from '#lib/domain/result.ts';
import type { Account, Session } from '../accounts/account-storage.ts';
import { createdPasskey, passkeyCreation } from '../accounts/passkeys.ts';
import { hashPassword, isPassword, PASSWORD } from '../accounts/password.ts';
import { CHALLENGE_MS, refused } from './desk.ts';
import type { Answer, Desk } from './desk.ts';
import type { Asked } from './requests.ts';

/** Whoever asks, by the access token they brought. */
export interface Asker {
  readonly account: Account;
  readonly session: Session;
}

export async function ownAccount({ accounts, provider, nameOf }: Desk, { account, session }: Asker): Answer<unknown> {
  const [password, passkeys, subjects, sessions, workspaces] = await Promise.all([
    accounts.password(account.id),
    accounts.passkeys(account.id),
    accounts.subjects(account.id),
    accounts.sessions(account.id),
    accounts.workspaces(account.id),
  ]);
  return ok({
    account: { id: account.id, name: account.name, isOwner: account.isOwner },
    session: session.id,
    hasPassword: password !== null,
    passkeys: passkeys.map(({ id, createdAt, usedAt }) => ({ id, createdAt, usedAt })),
    provider: provider === null ? null : { label: provider.label, isConnected: subjects.length > 0 },
    devices: sessions
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, name, createdAt, usedAt }) => ({ id, name, createdAt, usedAt })),
    workspaces: await Promise.all(workspaces.map(async ({ workspace: id }) => ({ id, name: await nameOf(id) }))),
  });
}

export async function rename({ accounts }: Desk, { account }: Asker, { name }: Asked<'rename'>): Answer<null> {
  const renamed = await accounts.rename(account.id, name);
  return renamed.ok ? renamed : refused(renamed.error);
}

/** A first password needs no other; a new one needs the old. */
export async function changePassword(desk: Desk, { account }: Asker, asked: Asked<'changePassword'>): Answer<null> {
  if (asked.password.length < PASSWORD.shortest) return refused('password-short');
  const current = await desk.accounts.password(account.id);
  if (current !== null) {
    const waitMs = desk.attempts.begin(account.id, desk.address);
    if (waitMs > 0) return err({ kind: 'wait', seconds: Math.ceil(waitMs / 1000) });
    const isRight = await isPassword(asked.current, current);
    if (isRight !== false) desk.attempts.takeBack(account.id, desk.address);
    if (isRight !== true) return refused(isRight === null ? 'busy' : 'wrong-credentials');
  }
  const hash = await hashPassword(asked.password);
  if (hash === null) return refused('busy');
  await desk.accounts.setPassword(account.id, hash);
  return ok(null);
}

export async function passkeyForOwn(desk: Desk, { account, session }: Asker): Answer<unknown> {
  const challenge = desk.words.sign('challenge', [session.device], desk.now().getTime(), CHALLENGE_MS);
  const known = await desk.accounts.passkeys(account.id);
  return ok({ challenge, options: await passkeyCreation(desk.origin, challenge, account, known) });
}

export async function addPasskey(desk: Desk, { account, session }: Asker, asked: Asked<'addPasskey'>): Answer<null> {
  const [device] = desk.words.read('challenge', asked.challenge, desk.now().getTime()) ?? [];
  if (device !== session.device) return refused('challenge-old');
  const at = desk.now().toISOString();
  const passkey = await createdPasskey(desk.origin, asked.challenge, asked.response, at);
  if (passkey === null) return refused('passkey-refused');
  const added = await desk.accounts.addPasskey({ ...passkey, account: account.id });
  return added.ok ? added : refused(added.error);
}

/** The last way to sign in stays. */
export async function removePasskey(
  { accounts }: Desk,
  { account }: Asker,
  { id }: Asked<'removePasskey'>,
): Answer<null> {
  const others = (await accounts.passkeys(account.id)).filter((passkey) => passkey.id !== id);
  const hasOther = others.length > 0 || (await accounts.password(account.id)) !== null;
  if (!hasOther && (await accounts.subjects(account.id)).length === 0) return refused('last-credential');
  await accounts.removePasskey(account.id, id);
  return ok(null);
}

export async function nameDevice({ accounts }: Desk, { account }: Asker, asked: Asked<'nameDevice'>): Answer<null> {
  await accounts.nameSession(account.id, asked.session, asked.name);
  return ok(null);
}

/** Signs a device out, this one or another: its sockets close at once. */
export async function endSession({ sessions }: Desk, { account }: Asker, asked: Asked<'endSession'>): Answer<null> {
  await sessions.end(account.id, asked.session);
  return ok(null);
}
