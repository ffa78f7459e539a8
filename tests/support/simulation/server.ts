/** The real server's code behind the simulated network and disk. */
import type { WebSocket } from 'ws';
import { LIMITS } from '#lib/sync/protocol.ts';
import { newId } from '#lib/domain/id.ts';
import type { Storage } from '#server/storage/storage.ts';
import { acceptDevice } from '#server/wire/accept-device.ts';
import { Rooms } from '#server/workspace/rooms.ts';
import type { Disk } from './disk.ts';
import type { SimulatedNetwork } from './network.ts';
import type { ServerSocket } from './sockets.ts';

export interface SimulatedServerOptions {
  readonly storage: Storage;
  readonly disk: Disk;
  readonly network: SimulatedNetwork;
  /** Puts a mistake between the server and its storage, for the self-test. */
  readonly spoil: (storage: Storage) => Storage;
  readonly log: (line: string, cause: unknown) => void;
}

const SWEEP_EVERY_MS = 10_000;
const PROBE_EVERY_MS = 5000;

export class SimulatedServer {
  readonly #options: SimulatedServerOptions;
  #sweep: ReturnType<typeof setInterval> | undefined;
  #isUp = false;

  constructor(options: SimulatedServerOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  start(): void {
    const { storage, disk, network, spoil, log } = this.#options;
    const rooms = new Rooms({
      storage: spoil(disk.opened(storage)),
      now: () => new Date(),
      newId: () => newId(),
      newSalt: () =>
        newId()
          .repeat(2)
          .replaceAll(/[^0-9a-f]/g, '0')
          .slice(0, 32),
      log: (line, cause) => log(line, cause),
      probeEveryMs: PROBE_EVERY_MS,
    });
    const heardAt = new Map<ServerSocket, number>();
    network.listener = (socket) => {
      const heard = (): unknown => heardAt.set(socket, performance.now());
      heard();
      socket.on('message', heard);
      socket.once('close', () => heardAt.delete(socket));
      acceptDevice(socket as unknown as WebSocket, rooms);
    };
    this.#sweep = setInterval(() => {
      for (const [socket, at] of heardAt) if (performance.now() - at > LIMITS.silenceMs) socket.terminate();
    }, SWEEP_EVERY_MS);
    this.#isUp = true;
  }

  /** As by `kill -9`. */
  kill(): void {
    this.#isUp = false;
    clearInterval(this.#sweep);
    this.#options.disk.processDied();
    this.#options.network.serverDied();
  }
}
