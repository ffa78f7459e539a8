/** What goes out on one socket: never faster than the other side reads. */
import type { WebSocket } from 'ws';

/** Bytes waiting in the socket above which live rows stop and presence is dropped, and below which they go on. */
const ENOUGH_BYTES = 1024 * 1024;
const FEW_BYTES = 256 * 1024;

export class Outgoing {
  readonly #socket: WebSocket;
  #waiting: (() => void)[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.once('close', () => this.#wake());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** The other side reads slower than rows are made. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > ENOUGH_BYTES;
  }

  send(frame: Uint8Array): void {
    if (this.isOpen) this.#socket.send(frame, this.#written);
  }

  /** What is of no use later: the first to be dropped. */
  sendIfIdle(frame: Uint8Array): void {
    if (this.#socket.bufferedAmount < FEW_BYTES) this.send(frame);
  }

  /** Resolves when there is room for more; false when the socket closed or did not read anything in `withinMs`. */
  async drained(withinMs: number): Promise<boolean> {
    if (this.#socket.bufferedAmount > FEW_BYTES && this.isOpen) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.isOpen && this.#socket.bufferedAmount <= FEW_BYTES;
  }

  readonly #written = (): void => {
    if (this.#socket.bufferedAmount <= FEW_BYTES) this.#wake();
  };

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
