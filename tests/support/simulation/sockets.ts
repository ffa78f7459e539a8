/** The two ends of a simulated WebSocket: the device's as a browser has it, the server's as `ws` has it. */
import { EventEmitter } from 'node:events';
import { Lane } from './lane.ts';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const LOST = 1006;
/** How long the server waits for a device to answer its close. */
const CLOSE_WITHIN_MS = 30_000;

/** What a device's socket is told; set by the client's code. */
type Handler<E> = ((event: E) => void) | null;

export class DeviceSocket {
  binaryType = 'arraybuffer';
  readyState = CONNECTING;
  onopen: Handler<object> = null;
  onmessage: Handler<{ readonly data: ArrayBuffer }> = null;
  onclose: Handler<{ readonly code: number; readonly reason: string }> = null;
  onerror: Handler<object> = null;
  #connection: Connection | null = null;

  get bufferedAmount(): number {
    return this.#connection?.up.waiting ?? 0;
  }

  opened(connection: Connection): void {
    if (this.readyState !== CONNECTING) return;
    this.#connection = connection;
    this.readyState = OPEN;
    this.onopen?.({});
  }

  send(data: Uint8Array): void {
    const connection = this.#connection;
    if (this.readyState !== OPEN || connection === null) return;
    const frame = Buffer.from(data);
    connection.up.send(frame.length, () => connection.server.receive(frame));
  }

  receive(frame: Uint8Array): void {
    if (this.readyState === OPEN) this.onmessage?.({ data: new Uint8Array(frame).buffer });
  }

  close(): void {
    if (this.readyState > OPEN) return;
    this.readyState = CLOSING;
    const connection = this.#connection;
    connection?.up.send(0, () => connection.server.ended());
    setTimeout(() => this.ended(LOST, ''), 1);
  }

  ended(code: number, reason: string): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.onerror?.({});
    this.onclose?.({ code, reason });
  }
}

export class ServerSocket extends EventEmitter {
  readonly OPEN = OPEN;
  readyState: number = OPEN;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super();
    this.#connection = connection;
  }

  get bufferedAmount(): number {
    return this.#connection.down.waiting;
  }

  send(data: Uint8Array, written?: () => void): void {
    if (this.readyState !== OPEN) return;
    const { down, device } = this.#connection;
    const frame = Uint8Array.from(data);
    down.send(frame.length, () => {
      device.receive(frame);
      written?.();
    });
  }

  receive(frame: Buffer): void {
    if (this.readyState === OPEN) this.emit('message', frame, true);
  }

  close(code: number, reason = ''): void {
    if (this.readyState > OPEN) return;
    this.readyState = CLOSING;
    const { down, up, device } = this.#connection;
    down.send(0, () => {
      device.ended(code, reason);
      up.send(0, () => this.ended());
    });
    setTimeout(() => this.ended(), CLOSE_WITHIN_MS);
  }

  terminate(): void {
    this.#connection.cut(0);
  }

  pause(): void {
    this.#connection.up.hold(true);
  }

  resume(): void {
    this.#connection.up.hold(false);
  }

  ended(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.emit('close', LOST, Buffer.alloc(0));
  }

  /** The process is gone: nobody is there any more to be told. */
  forget(): void {
    this.readyState = CLOSED;
    this.removeAllListeners();
  }
}

export class Connection {
  readonly device: DeviceSocket;
  readonly server: ServerSocket;
  readonly up: Lane;
  readonly down: Lane;

  constructor(device: DeviceSocket, latencyMs: (bytes: number) => number) {
    this.device = device;
    this.server = new ServerSocket(this);
    this.up = new Lane(latencyMs);
    this.down = new Lane(latencyMs);
  }

  get isOver(): boolean {
    return this.device.readyState === CLOSED && this.server.readyState === CLOSED;
  }

  /** Ends at once; of what is under way, a share still arrives on either side. */
  cut(share: number): void {
    this.up.end(share);
    this.down.end(share);
    this.device.ended(LOST, '');
    this.server.ended();
  }

  /** The server's process died: what it had handed to its system may still arrive, what came to it does not. */
  serverDied(share: number): void {
    this.server.forget();
    this.up.lose();
    this.down.end(share);
    this.device.ended(LOST, '');
  }
}
