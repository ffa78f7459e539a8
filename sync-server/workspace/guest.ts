/**
 * Whoever holds the token of an invitation that nobody has accepted yet: somebody who is about to join, or a stock
 * client. It may do what the invitation's grants allow, until somebody joins by it, or it expires or is taken back.
 */
import { accessOfGrants } from '#lib/governance/rights/access.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import type { Rooms } from './rooms.ts';
import type { Standing } from './standing.ts';

export interface Guest {
  /** Stands for member and device of what it writes. */
  readonly member: string;
  readonly access: Access;
  readonly epoch: number;
  /** ISO instant. */
  readonly expires: string;
}

/** The guest that a token's digest makes; null when it opens nothing. */
export function guestOf({ people, epoch, today }: Standing, tokenHash: string, now: Date): Guest | null {
  const invitation = people.invitations.values().find((each) => each.tokenHash === tokenHash);
  if (invitation === undefined || invitation.acceptedBy !== null || invitation.revokedAt !== null) return null;
  if (invitation.expires <= now.toISOString()) return null;
  const member = `guest-${invitation.id}`;
  const access = accessOfGrants(invitation.grants, member, people.members, today);
  return { member, access, epoch, expires: invitation.expires };
}

/** The guest of a workspace that may not be there. */
export async function guestIn(
  { deciders, surroundings: { storage, now } }: Rooms,
  workspace: string,
  tokenHash: string,
): Promise<Guest | null> {
  if ((await storage.workspace(workspace)) === null) return null;
  return guestOf(await deciders.of(workspace).standing(), tokenHash, now());
}

/** The longest a timer can run. */
const LONGEST_MS = 2 ** 31 - 1;

export function untilExpiry({ expires }: Guest, now: Date): number {
  return Math.min(LONGEST_MS, Date.parse(expires) - now.getTime());
}
