/** What the server's owner does for others: links by which somebody gets an account, or back into theirs. */
import { randomBytes } from 'node:crypto';
import { ok } from '#lib/domain/result.ts';
import type { Ticket } from '../accounts/account-storage.ts';
import { tokenHash } from '../wire/token-hash.ts';
import { refused } from './desk.ts';
import type { Answer, Desk } from './desk.ts';
import type { Asker } from './own-account.ts';
import type { Asked } from './requests.ts';

/** How long such a link waits for its opener. */
const LINK_MS = 3 * 24 * 60 * 60_000;

export async function people({ accounts }: Desk, { account }: Asker): Answer<unknown> {
  if (!account.isOwner) return refused('owner-only');
  return ok((await accounts.accounts()).map(({ id, name, isOwner, createdAt }) => ({ id, name, isOwner, createdAt })));
}

export async function personLink(desk: Desk, { account }: Asker): Answer<{ readonly token: string }> {
  return account.isOwner ? newTicket(desk, 'person', null) : refused('owner-only');
}

export async function recoveryLink(
  desk: Desk,
  { account }: Asker,
  asked: Asked<'recoveryLink'>,
): Answer<{ readonly token: string }> {
  if (!account.isOwner) return refused('owner-only');
  if ((await desk.accounts.account(asked.account)) === null) return refused('unknown');
  return newTicket(desk, 'recovery', asked.account);
}

async function newTicket(
  { accounts, now }: Desk,
  kind: Ticket['kind'],
  account: string | null,
): Answer<{ readonly token: string }> {
  const token = randomBytes(32).toString('base64url');
  const at = now().getTime();
  await accounts.addTicket({
    tokenHash: tokenHash(token),
    kind,
    account,
    createdAt: new Date(at).toISOString(),
    expiresAt: new Date(at + LINK_MS).toISOString(),
  });
  return ok({ token });
}
