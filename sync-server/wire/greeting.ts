/** Who is there: from the first frame to the welcome. Nothing of a workspace is told before the key is proved. */
import { randomBytes } from 'node:crypto';
import { isId } from '#lib/domain/id.ts';
import { agreeOnProtocol, CLOSE, encodeServer, proofText } from '#lib/sync/protocol.ts';
import type { ClientMessage, ServerMessage } from '#lib/sync/protocol.ts';
import type { Workspace } from '../storage/storage.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { deviceId, isSignedBy } from './device-key.ts';
import type { Incoming } from './incoming.ts';
import { tokenHash } from './token-hash.ts';

export interface Welcomed {
  readonly workspace: Workspace;
  readonly member: string;
  readonly device: string;
  readonly protocol: number;
}

/** A device that holds its key, before it is known whether the workspace knows it. */
export interface Proven {
  readonly hello: Hello;
  readonly device: string;
  readonly publicKey: Uint8Array;
  readonly protocol: number;
}
type Hello = Extract<ClientMessage, { kind: 'hello' }>;

/** A close code and its reason: why the device was not let in. */
export interface Rejection {
  readonly code: number;
  readonly reason: string;
}

export function rejection(code: keyof typeof CLOSE): Rejection {
  return { code: CLOSE[code], reason: code };
}

/** Hears the greeting and has the device prove its key. */
export async function greet(incoming: Incoming, send: (frame: Uint8Array) => void): Promise<Proven | Rejection> {
  const hello = await incoming.next('hello');
  if (hello === null || !isId(hello.workspace)) return rejection('badFrame');
  const protocol = agreeOnProtocol(hello);
  if (!protocol.ok) return rejection(protocol.error === 'app-too-old' ? 'appTooOld' : 'appTooNew');

  const nonce = randomBytes(32);
  send(encodeServer({ kind: 'challenge', nonce }));
  const proof = await incoming.next('proof');
  if (proof === null) return rejection('badFrame');
  const text = proofText(nonce, hello.workspace);
  if (!(await isSignedBy(hello.device, proof.signature, text))) return rejection('deviceUnknown');
  incoming.allowFrames();
  return { hello, device: deviceId(hello.device), publicKey: hello.device, protocol: protocol.value };
}

/** The member this device is, or becomes by an invitation; `absent` when the workspace is still to be founded by it. */
export async function identify(
  proven: Proven,
  { surroundings: { storage }, deciders }: Rooms,
): Promise<Welcomed | Rejection | 'absent'> {
  const { hello, device, publicKey, protocol } = proven;
  const workspace = await storage.workspace(hello.workspace);
  if (workspace === null) return hello.intent === 'create' ? 'absent' : rejection('workspaceUnknown');

  // A device that is known comes in whatever it asks for: the reply to its joining or founding may have been lost.
  const known = await storage.device(workspace.id, device);
  if (known !== null) return { workspace, member: known.member, device, protocol };
  if (hello.intent === 'create') return rejection('workspaceTaken');
  if (hello.intent === 'enter') return rejection('deviceUnknown');

  const member = await deciders.of(workspace.id).join(tokenHash(hello.token), { device, publicKey });
  return member === null ? rejection('linkInvalid') : { workspace, member, device, protocol };
}

export function welcome(welcomed: Welcomed, now: Date): ServerMessage {
  const { protocol, member, workspace } = welcomed;
  return { kind: 'welcome', protocol, member, founder: workspace.founder, time: now.toISOString() };
}
