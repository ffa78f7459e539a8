/** Lets go of sockets that have said nothing for too long: their other end is gone. */
import type { WebSocket } from 'ws';
import { LIMITS } from '#lib/sync/protocol.ts';

export interface Patience {
  readonly silenceMs: number;
  readonly everyMs: number;
}

const USUAL: Patience = { silenceMs: LIMITS.silenceMs, everyMs: 10_000 };

export class SilenceSweep {
  readonly #heardAt = new WeakMap<WebSocket, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(sockets: ReadonlySet<WebSocket>, { silenceMs, everyMs }: Patience = USUAL) {
    this.#timer = setInterval(() => {
      for (const socket of sockets) {
        if (performance.now() - (this.#heardAt.get(socket) ?? 0) > silenceMs) socket.terminate();
      }
    }, everyMs);
  }

  /** Every frame counts, from now on. */
  watch(socket: WebSocket): void {
    this.#heardAt.set(socket, performance.now());
    socket.on('message', () => this.#heardAt.set(socket, performance.now()));
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
