/** A socket at `/y/<workspace>/<document>`. */
import type { RawData, WebSocket } from 'ws';
import { nameFromText } from '#lib/documents/document-name.ts';
import { CLOSE } from '#lib/sync/protocol.ts';
import { Outgoing } from '../wire/outgoing.ts';
import { tokenHash } from '../wire/token-hash.ts';
import type { Visitor } from '../workspace/room.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { mayReceive } from '../workspace/standing.ts';
import { guestIn, guestOf, untilExpiry } from '../workspace/guest.ts';
import { StockConnection } from './stock-connection.ts';

/** The first of the two subprotocols a client offers; the second is the token. */
export const STOCK_SUBPROTOCOL = 'outlay';

export interface StockAddress {
  readonly workspace: string;
  readonly document: string;
}

/** Workspace and document in the path of an upgrade; null when it is another path. */
export function stockAddress(pathname: string): StockAddress | null {
  const [, door, workspace, ...rest] = pathname.split('/').map(decoded);
  const document = rest.join('/');
  return door === 'y' && workspace !== undefined && nameFromText(document) !== null ? { workspace, document } : null;
}

export function acceptStock(socket: WebSocket, rooms: Rooms, address: StockAddress, token: string): void {
  const early: RawData[] = [];
  const keep = (data: RawData): void => void early.push(data);
  socket.on('message', keep);
  connect(socket, rooms, address, token)
    .then((connection) => {
      socket.off('message', keep);
      if (connection === null) return;
      for (const data of early) connection.receive(bytesOf(data));
      socket.on('message', (data: RawData) => connection.receive(bytesOf(data)));
    })
    .catch((cause: unknown) => {
      rooms.surroundings.log('A stock connection failed.', cause);
      socket.close(CLOSE.storageTrouble, 'storageTrouble');
    });
}

async function connect(
  socket: WebSocket,
  rooms: Rooms,
  { workspace, document: name }: StockAddress,
  token: string,
): Promise<StockConnection | null> {
  const { now } = rooms.surroundings;
  const hash = tokenHash(token);
  const invited = await guestIn(rooms, workspace, hash);
  if (invited === null || !mayReceive(invited.access, name)) {
    socket.close(CLOSE.linkInvalid, 'linkInvalid');
    return null;
  }
  const room = rooms.room(workspace);
  const document = await room.document(name);
  const connection = new StockConnection({
    rooms,
    workspace,
    document,
    guest: invited,
    outgoing: new Outgoing(socket),
    close: (code) => socket.close(CLOSE[code], code),
  });
  const visitor: Visitor = {
    changed: () => undefined,
    stands: (standing) => connection.judge(guestOf(standing, hash, now())),
  };
  room.enter(visitor);
  const expiry = setTimeout(() => connection.judge(null), untilExpiry(invited, now()));
  const leave = (): void => {
    clearTimeout(expiry);
    room.leave(visitor);
    connection.gone();
    room.release(document);
    rooms.release(room);
  };
  if (socket.readyState !== socket.OPEN) {
    leave();
    return null;
  }
  socket.once('close', leave);
  await connection.start();
  return connection;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return Array.isArray(data) ? Buffer.concat(data) : data;
}
