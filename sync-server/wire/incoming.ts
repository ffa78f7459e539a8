/** Frames of one socket as messages: one at a time while greeting, as they come afterwards. */
import type { RawData, WebSocket } from 'ws';
import { CLOSE, LIMITS, parseClient } from '#lib/sync/protocol.ts';
import type { ClientMessage } from '#lib/sync/protocol.ts';

/** Messages that may wait for one before them to be worked on; a device that keeps to its turn sends one or two. */
const MOST_EARLY = 64;

export class Incoming {
  readonly #socket: WebSocket;
  readonly #early: ClientMessage[] = [];
  #next: ((message: ClientMessage | null) => void) | null = null;
  #onmessage: ((message: ClientMessage) => void) | null = null;
  #maxBytes: number = LIMITS.greeting;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: RawData, isBinary: boolean) => this.#receive(data, isBinary));
    socket.once('close', () => this.#next?.(null));
  }

  /** The next message if it is of this kind; null when it is not, or when the socket closed. */
  async next<K extends ClientMessage['kind']>(kind: K): Promise<Extract<ClientMessage, { kind: K }> | null> {
    const message = this.#early.shift() ?? (await this.#wait());
    return message?.kind === kind ? (message as Extract<ClientMessage, { kind: K }>) : null;
  }

  /** The device has proved itself: frames may be as large as they are allowed to be. */
  allowFrames(): void {
    this.#maxBytes = LIMITS.frame;
  }

  /** From now on messages are handed over as they come, those that are here already at once. */
  each(onmessage: (message: ClientMessage) => void): void {
    this.#onmessage = onmessage;
    for (const message of this.#early.splice(0)) onmessage(message);
  }

  #wait(): Promise<ClientMessage | null> {
    if (this.#socket.readyState !== this.#socket.OPEN) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#next = resolve;
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const frame = bytesOf(data);
    if (frame.length > this.#maxBytes) {
      this.#socket.close(CLOSE.tooLarge, 'frame too large');
      return;
    }
    const message = parseClient(frame);
    if (!isBinary || !message.ok) {
      this.#socket.close(CLOSE.badFrame, message.ok ? 'not binary' : message.error);
      return;
    }
    if (this.#onmessage !== null) this.#onmessage(message.value);
    else if (this.#next === null && this.#early.length >= MOST_EARLY) {
      this.#socket.close(CLOSE.badFrame, 'out of turn');
    } else if (this.#next === null) this.#early.push(message.value);
    else {
      const next = this.#next;
      this.#next = null;
      next(message.value);
    }
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return Array.isArray(data) ? Buffer.concat(data) : data;
}
