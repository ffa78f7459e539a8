/** Links that let a device into a workspace: 256 random bits, told once, kept as a hash. */
import { randomBytes } from 'node:crypto';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Link } from '../storage/storage.ts';
import { tokenHash } from '../wire/token-hash.ts';
import type { Surroundings } from './surroundings.ts';

type LinkRefusal = 'unknown-link' | 'too-many';

const MOST_OPEN_LINKS = 100;

export async function createLink(
  { storage, newId, now }: Surroundings,
  workspace: string,
  by: string,
): Promise<Result<{ readonly id: string; readonly token: string }, LinkRefusal>> {
  const open = (await storage.links(workspace)).filter((link) => link.revokedAt === null);
  if (open.length >= MOST_OPEN_LINKS) return err('too-many');
  const id = newId();
  const token = randomBytes(32).toString('base64url');
  await storage.addLink(workspace, { id, tokenHash: tokenHash(token), by, at: now().toISOString() });
  return ok({ id, token });
}

/** Whoever came in by the link stays; nobody comes in by it any more. */
export async function revokeLink(
  { storage, now }: Surroundings,
  workspace: string,
  link: string,
  by: string,
): Promise<Result<null, LinkRefusal>> {
  return (await storage.revokeLink(workspace, link, by, now().toISOString())) ? ok(null) : err('unknown-link');
}

export async function listLinks({ storage }: Surroundings, workspace: string): Promise<Result<readonly Link[], never>> {
  return ok(await storage.links(workspace));
}
