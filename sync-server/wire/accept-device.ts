/** A socket at `/sync`: greeting, founding where it is asked for, then the connection until it closes. */
import type { WebSocket } from 'ws';
import { hasRole } from '#lib/governance/rights/access.ts';
import { CLOSE, encodeServer, LIMITS } from '#lib/sync/protocol.ts';
import type { Session } from '../accounts/account-storage.ts';
import { Founding } from '../workspace/founding.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { accessOf } from '../workspace/standing.ts';
import { AccessKeeper } from './access-keeper.ts';
import { DeviceConnection } from './device-connection.ts';
import { greet, identify, rejection, welcome } from './greeting.ts';
import type { Proven, Rejection, Welcomed } from './greeting.ts';
import { Incoming } from './incoming.ts';
import { Outgoing } from './outgoing.ts';
import { bringOwnDevice, mayFound, passportOf, sessionFor } from './session-gate.ts';

/** Two thirds of what a token lasts. */
const RENEW_ACCESS_MS = 10 * 60_000;
/** How long somebody else's founding is waited for, and how often it is looked at. */
const FOUNDED_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 100;

export function acceptDevice(socket: WebSocket, rooms: Rooms): void {
  serve(socket, new Incoming(socket), rooms).catch((cause: unknown) => {
    rooms.surroundings.log('A connection failed.', cause);
    socket.close(CLOSE.storageTrouble, 'storageTrouble');
  });
}

async function serve(socket: WebSocket, incoming: Incoming, rooms: Rooms): Promise<void> {
  const outgoing = new Outgoing(socket);
  const letIn = await admit(socket, incoming, rooms);
  if ('code' in letIn) {
    socket.close(letIn.code, letIn.reason);
    return;
  }
  const { welcomed, session, publicKey } = letIn;
  const { member, workspace } = welcomed;
  const standing = await rooms.deciders.of(workspace.id).standing(member);
  if (!outgoing.isOpen) return;
  if (!hasRole(accessOf(standing, member))) {
    socket.close(CLOSE.noRole, 'noRole');
    return;
  }
  const connection = new DeviceConnection({
    rooms,
    welcomed,
    standing,
    outgoing,
    pause: (paused) => (paused ? socket.pause() : socket.resume()),
    close: (code) => socket.close(CLOSE[code], code),
  });
  const access = new AccessKeeper({
    sessions: rooms.sessions,
    session,
    workspace: welcomed.workspace.id,
    publicKey,
    protocol: welcomed.protocol,
    send: (message) => outgoing.send(encodeServer(message)),
    close: (code) => socket.close(CLOSE[code], code),
    renewEveryMs: rooms.surroundings.renewAccessMs ?? RENEW_ACCESS_MS,
  });
  socket.once('close', () => {
    access.stop();
    connection.gone();
  });
  outgoing.send(encodeServer(welcome(welcomed, rooms.surroundings.now())));
  access.give();
  await connection.start();
  incoming.each((message) => {
    if (message.kind !== 'proof') connection.receive(message);
    else {
      access.prove(message.signature).catch((cause: unknown) => {
        rooms.surroundings.log('A token was not renewed.', cause);
        socket.close(CLOSE.storageTrouble, 'storageTrouble');
      });
    }
  });
}

/** The device as a member, and the session it is here under. */
async function admit(
  socket: WebSocket,
  incoming: Incoming,
  rooms: Rooms,
): Promise<{ readonly welcomed: Welcomed; readonly session: Session; readonly publicKey: Uint8Array } | Rejection> {
  const timer = setTimeout(() => socket.close(CLOSE.silent, 'silent'), LIMITS.greetingMs);
  const proven = await greet(incoming, (frame) => socket.send(frame));
  clearTimeout(timer);
  if ('code' in proven) return proven;
  const passport = await passportOf(rooms, proven.device);
  if (passport === null) return signInNeeded(proven);
  await bringOwnDevice(rooms, proven, passport);
  const known = await identify(proven, rooms);
  if (known === 'absent' && !(await mayFound(rooms, passport))) return signInNeeded(proven);
  const welcomed = known === 'absent' ? await found(socket, incoming, rooms, proven) : known;
  if ('code' in welcomed) return welcomed;
  const session = await sessionFor(rooms, welcomed, passport);
  return session === null ? signInNeeded(proven) : { welcomed, session, publicKey: proven.publicKey };
}

/** An app of the first version has no words for it. */
function signInNeeded({ protocol }: Proven): Rejection {
  return rejection(protocol < 2 ? 'deviceUnknown' : 'signInNeeded');
}

/** Takes over the workspace with its decision log; the device is its founder's first. */
async function found(
  socket: WebSocket,
  incoming: Incoming,
  rooms: Rooms,
  proven: Proven,
): Promise<Welcomed | Rejection> {
  const { storage, now } = rooms.surroundings;
  const { hello, device, publicKey, protocol } = proven;
  const { workspace } = hello;
  const founded = await rooms.foundAlone(workspace, async () => {
    if (!(await storage.beginFounding(workspace, now().toISOString())).ok) return null;
    socket.send(encodeServer({ kind: 'founding' }));
    const founding = new Founding(workspace, rooms.surroundings);
    const fault = await receiveLog(socket, incoming, founding);
    if (fault === 'overtaken') return null;
    const attested = fault === null ? founding.attested() : null;
    if (attested === null) return rejection('logInvalid');
    const { founder, head } = attested;
    const joiner = { member: founder, device, publicKey, at: now().toISOString() };
    if (!(await storage.finishFounding(workspace, joiner, head)).ok) return null;
    return { workspace: { id: workspace, founder }, member: founder, device, protocol };
  });
  return founded ?? afterSomebodyElse(rooms, proven);
}

/** Why the log was not taken; null when all of it arrived and is kept. */
async function receiveLog(
  socket: WebSocket,
  incoming: Incoming,
  founding: Founding,
): Promise<'invalid' | 'overtaken' | null> {
  for (;;) {
    const message = await incoming.next('found');
    if (message === null) return 'invalid';
    // One part at a time: a long log waits in the network, not in memory.
    socket.pause();
    const received = await founding.receive(message.part);
    socket.resume();
    if (!received.ok) return received.error === 'overtaken' ? 'overtaken' : 'invalid';
    if (message.last) return null;
  }
}

/**
 * Somebody else is founding it, here or on another server. Perhaps this very device, by a connection that broke: then it
 * comes back as one that is known. It also comes back, to begin anew, when nothing came of the other founding.
 */
async function afterSomebodyElse(rooms: Rooms, proven: Proven): Promise<Rejection> {
  for (const deadline = performance.now() + FOUNDED_WITHIN_MS; performance.now() < deadline;) {
    const known = await identify(proven, rooms);
    if (known !== 'absent') return 'code' in known ? known : rejection('storageTrouble');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return rejection('storageTrouble');
}
