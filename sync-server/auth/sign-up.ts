/** An account begins, or gets new credentials, on a device that is hereby signed in. */
import { ok } from '#lib/domain/result.ts';
import { passkeyCreation } from '../accounts/passkeys.ts';
import type { Ticket } from '../accounts/account-storage.ts';
import { tokenHash } from '../wire/token-hash.ts';
import { keptCredential, provenDevice, refused, signedIn } from './desk.ts';
import type { Answer, Desk, SignedIn } from './desk.ts';
import type { Asked } from './requests.ts';

/** What a link is for, and whose credentials it sets. */
export async function lookAtTicket(
  desk: Desk,
  { token }: Asked<'ticket'>,
): Answer<{ readonly kind: Ticket['kind']; readonly name: string | null }> {
  const ticket = await openTicket(desk, token);
  if (ticket === null) return refused('link-invalid');
  const account = ticket.account === null ? null : await desk.accounts.account(ticket.account);
  return ok({ kind: ticket.kind, name: account?.name ?? null });
}

/** What the browser needs to make a first passkey; the account gets its id only when it is made. */
export async function passkeyForNewcomer(desk: Desk, { challenge, name }: Asked<'passkeyCreation'>): Answer<unknown> {
  return ok(await passkeyCreation(desk.origin, challenge, { id: desk.newId(), name }, []));
}

export async function signUp(desk: Desk, asked: Asked<'signUp'>): Answer<SignedIn> {
  const device = await provenDevice(desk, asked.proof);
  if (device === null) return refused('challenge-old');
  const ticket = asked.by.kind === 'ticket' ? await openTicket(desk, asked.by.token) : null;
  const mayCome =
    asked.by.kind === 'ticket'
      ? ticket !== null && ticket.kind !== 'recovery'
      : await desk.mayJoin(asked.by.workspace, asked.by.token);
  if (!mayCome) return refused('link-invalid');
  // Before the hash is worked out: a name that is taken is told at once, to whoever holds a link.
  if ((await desk.accounts.accountNamed(asked.name)) !== null) return refused('name-taken');
  const credential = await keptCredential(desk, asked.proof.challenge, asked.credential);
  if (!credential.ok) return credential;

  const createdAt = desk.now().toISOString();
  const account = { id: desk.newId(), name: asked.name, isOwner: ticket?.kind === 'set-up', createdAt };
  const session = { id: desk.newId(), device, name: asked.deviceName, createdAt };
  const made = await desk.accounts.signUp({
    account,
    ticket: ticket?.tokenHash ?? null,
    credential: credential.value,
    session,
  });
  if (!made.ok) return refused(made.error === 'ticket-used' ? 'link-invalid' : made.error);
  return signedIn(desk, { ...session, account: account.id });
}

export async function recover(desk: Desk, asked: Asked<'recover'>): Answer<SignedIn> {
  const device = await provenDevice(desk, asked.proof);
  if (device === null) return refused('challenge-old');
  const ticket = await openTicket(desk, asked.token);
  const account = ticket?.account ?? null;
  if (ticket?.kind !== 'recovery' || account === null) return refused('link-invalid');
  const credential = await keptCredential(desk, asked.proof.challenge, asked.credential);
  if (!credential.ok) return credential;

  const session = { id: desk.newId(), device, name: asked.deviceName, createdAt: desk.now().toISOString() };
  const recovery = { account, ticket: ticket.tokenHash, credential: credential.value, session };
  const made = await desk.accounts.recover(recovery);
  if (!made.ok) return refused(made.error === 'ticket-used' ? 'link-invalid' : made.error);
  return signedIn(desk, { ...session, account });
}

async function openTicket(desk: Desk, token: string): Promise<Ticket | null> {
  const ticket = await desk.accounts.ticket(tokenHash(token));
  const isOver = ticket?.expiresAt != null && ticket.expiresAt <= desk.now().toISOString();
  return isOver ? null : ticket;
}
