/** The real server's code behind the simulated network and disk. */
import type { WebSocket } from 'ws';
import { LIMITS } from '#lib/sync/protocol.ts';
import { newId } from '#lib/domain/id.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import { Sessions } from '#server/accounts/sessions.ts';
import { signedWords } from '#server/accounts/signed-words.ts';
import type { Storage } from '#server/storage/storage.ts';
import { acceptDevice } from '#server/wire/accept-device.ts';
import type { Log } from '#server/operate/log.ts';
import { Rooms } from '#server/workspace/rooms.ts';
import type { Disk } from './disk.ts';
import type { SimulatedNetwork } from './network.ts';
import type { ServerSocket } from './sockets.ts';

export interface SimulatedServerOptions {
  readonly storage: StorageWithAccounts;
  readonly disk: Disk;
  readonly network: SimulatedNetwork;
  /** Puts a mistake between the server and its storage, for the self-test. */
  readonly spoil: (storage: Storage) => Storage;
  readonly log: Log;
}

const SWEEP_EVERY_MS = 10_000;
const PROBE_EVERY_MS = 5000;
/** Tokens last for seconds here, so that they are over in the middle of everything. */
const RENEW_ACCESS_MS = 4000;
const SALT = '0'.repeat(32);

export class SimulatedServer {
  readonly #options: SimulatedServerOptions;
  #sweep: ReturnType<typeof setInterval> | undefined;
  #closeSessions: () => void = () => undefined;
  #isUp = false;

  constructor(options: SimulatedServerOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  start(): void {
    const { storage, disk, network, spoil, log } = this.#options;
    disk.start();
    const surroundings = {
      storage: spoil(disk.opened(storage)),
      accounts: disk.opened(storage.accounts),
      now: () => new Date(),
      newId: () => newId(),
      newSalt: () => SALT,
      log,
      probeEveryMs: PROBE_EVERY_MS,
      renewAccessMs: RENEW_ACCESS_MS,
    };
    const sessions = new Sessions({ ...surroundings, words: signedWords(new Uint8Array(32)) });
    const rooms = new Rooms(surroundings, sessions);
    this.#closeSessions = () => sessions.close();
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
    this.#closeSessions();
    this.#options.disk.processDied();
    this.#options.network.serverDied();
  }
}
