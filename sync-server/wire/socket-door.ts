/** Which sockets are let in, and to whom each is handed: devices at `/sync`, stock clients at `/y/…`. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { LIMITS } from '#lib/sync/protocol.ts';
import { isKnownHost, mayConnect } from '../http/origins.ts';
import type { Doors } from '../http/origins.ts';
import { acceptStock, stockAddress, STOCK_SUBPROTOCOL } from '../stock/accept-stock.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { acceptDevice } from './accept-device.ts';
import { SilenceSweep } from './sweep-silent.ts';
import type { Patience } from './sweep-silent.ts';

export interface SocketDoorOptions {
  readonly rooms: Rooms;
  readonly doors: Doors;
  /** The server stops: nobody new is let in. */
  readonly isStopping: () => boolean;
  readonly patience?: Patience | undefined;
}

type Kind = 'device' | 'stock';

/** Bytes waiting in a socket that make its reader a slow one. */
const SLOW_BYTES = 1024 * 1024;
/** How long whoever is turned away should wait, in seconds. */
const COME_BACK_AFTER = 5;

export class SocketDoor {
  readonly #options: SocketDoorOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frame,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(STOCK_SUBPROTOCOL) && STOCK_SUBPROTOCOL,
  });
  readonly #kinds = new Map<WebSocket, Kind>();
  readonly #sweep: SilenceSweep;

  constructor(options: SocketDoorOptions) {
    this.#options = options;
    this.#sweep = new SilenceSweep(this.#sockets.clients, options.patience);
  }

  get sockets(): ReadonlySet<WebSocket> {
    return this.#sockets.clients;
  }

  get counts(): Readonly<Record<Kind, number>> {
    const device = this.#kinds.values().reduce((sum, kind) => sum + (kind === 'device' ? 1 : 0), 0);
    return { device, stock: this.#kinds.size - device };
  }

  /** Bytes sent that nobody has read yet. */
  get unreadBytes(): number {
    return this.sockets.values().reduce((sum, socket) => sum + socket.bufferedAmount, 0);
  }

  /** Somebody asks for a socket. */
  knock(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const { doors } = this.#options;
    const { host, origin } = request.headers;
    const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '';
    const stock = stockAddress(pathname);
    if (pathname !== '/sync' && stock === null) refuse(duplex, '404 Not Found');
    else if (!isKnownHost(host, doors) || !mayConnect(origin, host, doors)) refuse(duplex, '403 Forbidden');
    else if (this.#isShut()) refuse(duplex, '503 Service Unavailable', [`Retry-After: ${COME_BACK_AFTER}`]);
    else {
      this.#sockets.handleUpgrade(request, duplex, head, (socket) => {
        this.#note(socket, stock === null ? 'device' : 'stock');
        if (stock === null) acceptDevice(socket, this.#options.rooms);
        else acceptStock(socket, this.#options.rooms, stock, tokenOffered(request));
      });
    }
  }

  /** Lets go of whoever reads too slowly while memory is short: it comes back and gets what it misses. */
  letSlowOnesGo(): void {
    for (const socket of this.sockets) {
      if (socket.bufferedAmount > SLOW_BYTES && this.#options.rooms.letsGo('slow-reader')) socket.terminate();
    }
  }

  close(): void {
    this.#sweep.stop();
  }

  /** Also when there is too much to do: the last thing that is let go of before updates would suffer. */
  #isShut(): boolean {
    const { isStopping, rooms } = this.#options;
    return isStopping() || rooms.letsGo('connection');
  }

  #note(socket: WebSocket, kind: Kind): void {
    // Whatever is wrong with a socket ends in its closing, which is handled.
    socket.on('error', () => undefined);
    this.#sweep.watch(socket);
    this.#kinds.set(socket, kind);
    socket.once('close', () => this.#kinds.delete(socket));
  }
}

/** The second subprotocol a stock client offers: a token in the address would stand in every log on the way. */
function tokenOffered(request: IncomingMessage): string {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').map((name) => name.trim())[1] ?? '';
}

function refuse(duplex: Duplex, status: string, more: readonly string[] = []): void {
  duplex.on('error', () => undefined);
  duplex.end([`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Length: 0', ...more, '', ''].join('\r\n'));
}
