/** A socket at `/y/<workspace>/<document>`. */
import type { RawData, WebSocket } from 'ws';
import { nameFromText } from '#lib/documents/document-name.ts';
import { CLOSE } from '#lib/sync/protocol.ts';
import { Outgoing } from '../wire/outgoing.ts';
import { tokenHash } from '../wire/token-hash.ts';
import { refusalToWrite } from '../workspace/permission.ts';
import type { Rooms } from '../workspace/rooms.ts';
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
  const { storage } = rooms.surroundings;
  const link = await storage.linkOfToken(workspace, tokenHash(token));
  if (link === null) {
    socket.close(CLOSE.linkInvalid, 'linkInvalid');
    return null;
  }
  const writer = { member: `link-${link.id}`, isFounder: false };
  const epoch = await storage.epoch(workspace);
  const refusal = await refusalToWrite(name, writer, () => Promise.resolve(true));
  const room = rooms.room(workspace);
  const document = await room.document(name);
  const connection = new StockConnection({
    rooms,
    workspace,
    document,
    link: link.id,
    refusalToWrite: refusal,
    epoch,
    outgoing: new Outgoing(socket),
    close: (code) => socket.close(CLOSE[code], code),
  });
  const stopListening = rooms.onRevoked((inWorkspace, id) => {
    if (inWorkspace === workspace && id === link.id) socket.close(CLOSE.linkInvalid, 'linkInvalid');
  });
  const leave = (): void => {
    stopListening();
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
