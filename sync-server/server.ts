/** The whole server as a value: app over HTTP, devices at `/sync`, stock Yjs clients at `/y/<workspace>/<document>`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { CLOSE, LIMITS } from '#lib/sync/protocol.ts';
import { appServer } from './http/serve-app.ts';
import { acceptStock, stockAddress, STOCK_SUBPROTOCOL } from './stock/accept-stock.ts';
import { acceptDevice } from './wire/accept-device.ts';
import { Rooms } from './workspace/rooms.ts';
import type { Surroundings } from './workspace/surroundings.ts';

export interface ServerOptions extends Surroundings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Where the built app is. */
  readonly appFolder: string;
}

export interface RunningServer {
  readonly port: number;
  /** Acknowledges what has arrived, then lets everybody go. */
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 10_000;
const GOODBYE_MS = 1000;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const rooms = new Rooms(options);
  const heardAt = new WeakMap<WebSocket, number>();
  const http = createServer(appServer(options.appFolder));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frame,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(STOCK_SUBPROTOCOL) && STOCK_SUBPROTOCOL,
  });
  http.on('upgrade', (request, duplex, head) => {
    const accept = doorOf(request, rooms, heardAt);
    if (accept === null) refuse(duplex);
    else sockets.handleUpgrade(request, duplex, head, accept);
  });
  const stopSweeping = sweepSilent(sockets, heardAt);

  http.listen(options.port, options.host);
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;

  return {
    port,
    stop: async () => {
      stopSweeping();
      http.close();
      await rooms.close();
      for (const socket of sockets.clients) socket.close(CLOSE.serverStopping, 'serverStopping');
      await Promise.race([allGone(sockets), new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))]);
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await options.storage.close();
    },
  };
}

/** What to do with a socket at this address; null when there is nothing. */
function doorOf(
  request: IncomingMessage,
  rooms: Rooms,
  heardAt: WeakMap<WebSocket, number>,
): ((socket: WebSocket) => void) | null {
  const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '';
  const address = stockAddress(pathname);
  if (pathname !== '/sync' && address === null) return null;
  return (socket) => {
    // Whatever is wrong with a socket ends in its closing, which is handled.
    socket.on('error', () => undefined);
    heardAt.set(socket, performance.now());
    socket.on('message', () => heardAt.set(socket, performance.now()));
    if (address === null) acceptDevice(socket, rooms);
    else acceptStock(socket, rooms, address, tokenOffered(request));
  };
}

/** The second subprotocol a stock client offers: a token in the address would stand in every log on the way. */
function tokenOffered(request: IncomingMessage): string {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').map((name) => name.trim())[1] ?? '';
}

function refuse(duplex: Duplex): void {
  duplex.on('error', () => undefined);
  duplex.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Lets go of sockets that have said nothing for too long: their other end is gone. */
function sweepSilent(sockets: WebSocketServer, heardAt: WeakMap<WebSocket, number>): () => void {
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (performance.now() - (heardAt.get(socket) ?? 0) > LIMITS.silenceMs) socket.terminate();
    }
  }, SWEEP_EVERY_MS);
  return () => clearInterval(timer);
}

async function allGone(sockets: WebSocketServer): Promise<void> {
  await Promise.all([...sockets.clients].map((socket) => once(socket, 'close')));
}
