/** Who a device is signed in as, and what that means for the workspace it asks for. */
import type { Session } from '../accounts/account-storage.ts';
import type { Rooms } from '../workspace/rooms.ts';
import type { Proven, Welcomed } from './greeting.ts';

/** `new`: the device never signed in. It came before there were accounts, or comes by an invitation. */
export type Passport = { readonly kind: 'signed-in'; readonly session: Session } | { readonly kind: 'new' };

/** Null for a device that has to sign in again, before anything is done for it. */
export async function passportOf({ sessions }: Rooms, device: string): Promise<Passport | null> {
  const standing = await sessions.of(device);
  if (standing.kind === 'ended') return null;
  return standing.kind === 'live' ? { kind: 'signed-in', session: standing.session } : { kind: 'new' };
}

/** Another device of somebody who is a member already is that member's, whatever it came by. */
export async function bringOwnDevice(
  { surroundings: { storage, accounts, now } }: Rooms,
  { hello: { workspace }, device, publicKey }: Proven,
  passport: Passport,
): Promise<void> {
  if (passport.kind === 'new' || (await storage.device(workspace, device)) !== null) return;
  const member = await accounts.member(passport.session.account, workspace);
  if (member !== null) await storage.addDevice(workspace, { member, device, publicKey, at: now().toISOString() });
}

/** A server that somebody owns takes workspaces from its people only. */
export async function mayFound({ surroundings }: Rooms, passport: Passport): Promise<boolean> {
  return passport.kind === 'signed-in' || !(await surroundings.accounts.hasOwner());
}

/** The session under which the member is here; null when the member is somebody else's. */
export async function sessionFor(
  { sessions, surroundings: { accounts } }: Rooms,
  { workspace, member, device }: Welcomed,
  passport: Passport,
): Promise<Session | null> {
  if (passport.kind === 'new') return sessions.adopt(workspace.id, member, device);
  const { session } = passport;
  // Nothing happens when the member has an account, or the account is another member.
  await accounts.attach(session.account, workspace.id, member);
  return (await accounts.member(session.account, workspace.id)) === member ? session : null;
}
