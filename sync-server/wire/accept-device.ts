/** A socket at `/sync`: greeting, founding where it is asked for, then the connection until it closes. */
import type { WebSocket } from 'ws';
import { CLOSE, encodeServer, LIMITS } from '#lib/sync/protocol.ts';
import { Founding } from '../workspace/founding.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { DeviceConnection } from './device-connection.ts';
import { greet, identify, rejection, welcome } from './greeting.ts';
import type { Proven, Rejection, Welcomed } from './greeting.ts';
import { Incoming } from './incoming.ts';
import { Outgoing } from './outgoing.ts';

export function acceptDevice(socket: WebSocket, rooms: Rooms): void {
  serve(socket, new Incoming(socket), rooms).catch((cause: unknown) => {
    rooms.surroundings.log('A connection failed.', cause);
    socket.close(CLOSE.storageTrouble, 'storageTrouble');
  });
}

async function serve(socket: WebSocket, incoming: Incoming, rooms: Rooms): Promise<void> {
  const outgoing = new Outgoing(socket);
  const welcomed = await letIn(socket, incoming, rooms);
  if ('code' in welcomed) {
    socket.close(welcomed.code, welcomed.reason);
    return;
  }
  if (!outgoing.isOpen) return;
  const connection = new DeviceConnection({
    rooms,
    welcomed,
    outgoing,
    pause: (paused) => (paused ? socket.pause() : socket.resume()),
    close: (code) => socket.close(CLOSE[code], code),
  });
  socket.once('close', () => connection.gone());
  outgoing.send(encodeServer(welcome(welcomed, rooms.surroundings.now())));
  await connection.start();
  incoming.each((message) => connection.receive(message));
}

async function letIn(socket: WebSocket, incoming: Incoming, rooms: Rooms): Promise<Welcomed | Rejection> {
  const timer = setTimeout(() => socket.close(CLOSE.silent, 'silent'), LIMITS.greetingMs);
  const proven = await greet(incoming, (frame) => socket.send(frame));
  clearTimeout(timer);
  if ('code' in proven) return proven;
  const welcomed = await identify(proven, rooms.surroundings);
  return welcomed === 'absent' ? found(socket, incoming, rooms, proven) : welcomed;
}

/** Takes over the workspace with its decision log; the device is its founder's first. */
async function found(
  socket: WebSocket,
  incoming: Incoming,
  rooms: Rooms,
  { hello, device, publicKey, protocol }: Proven,
): Promise<Welcomed | Rejection> {
  const { storage, now } = rooms.surroundings;
  const { workspace } = hello;
  const begun = await rooms.foundAlone(workspace, async () => {
    if (!(await storage.beginFounding(workspace, now().toISOString())).ok) return null;
    socket.send(encodeServer({ kind: 'founding' }));
    const founder = await receiveLog(socket, incoming, new Founding(workspace, rooms.surroundings));
    if (founder === null) return rejection('logInvalid');
    await storage.finishFounding(workspace, { member: founder, device, publicKey, at: now().toISOString() });
    return { workspace: { id: workspace, founder }, member: founder, device, protocol };
  });
  return begun ?? rejection('workspaceTaken');
}

/** The founder that the log names; null when it does not hold or did not arrive whole. */
async function receiveLog(socket: WebSocket, incoming: Incoming, founding: Founding): Promise<string | null> {
  for (;;) {
    const message = await incoming.next('found');
    if (message === null) return null;
    // One part at a time: a long log waits in the network, not in memory.
    socket.pause();
    const received = await founding.receive(message.part);
    socket.resume();
    if (!received.ok) return null;
    if (message.last) return founding.founder();
  }
}
