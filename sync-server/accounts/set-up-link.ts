/** The link that makes its opener the owner of a server nobody owns yet: a new one with every start until one is used. */
import { randomBytes } from 'node:crypto';
import { tokenHash } from '../wire/token-hash.ts';
import type { AccountStorage } from './account-storage.ts';

/** The token of the link to print; null when the server has its owner. `given` is one that was made beforehand. */
export async function setUpToken(accounts: AccountStorage, now: Date, given?: string): Promise<string | null> {
  if (await accounts.hasOwner()) return null;
  const token = given ?? randomBytes(32).toString('base64url');
  const hash = tokenHash(token);
  if ((await accounts.ticket(hash)) === null) {
    const createdAt = now.toISOString();
    await accounts.addTicket({ tokenHash: hash, kind: 'set-up', account: null, createdAt, expiresAt: null });
  }
  return token;
}
