import { createHash } from 'node:crypto';

/** What stands in storage for a link's token: SHA-256, hex. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
