/** The network between devices and one server: every device has a way of its own, which can be spoilt. */
import { Connection, DeviceSocket } from './sockets.ts';
import { speakingBefore } from '../previous-protocol.ts';
import type { ServerSocket } from './sockets.ts';

const LOST = 1006;
const QUICK_MS = 20;
/** What a very slow way lets through. */
const SLOW_BYTES_PER_SECOND = 200;

export class Way {
  readonly connections = new Set<Connection>();
  readonly #random: () => number;
  isDown = false;
  isSlow = false;

  constructor(random: () => number) {
    this.#random = random;
  }

  readonly latencyMs = (bytes: number): number =>
    this.isSlow ? (bytes / SLOW_BYTES_PER_SECOND) * 1000 : 1 + this.#random() * QUICK_MS;

  /** Every connection ends; a share of what was under way still arrives. True when there was one. */
  cut(): boolean {
    const open = this.#open();
    for (const connection of open) connection.cut(this.#random());
    return open.length > 0;
  }

  /** Nothing comes through on the connections there are, in one direction or both, and nobody is told. */
  stall(up: boolean, down: boolean): readonly Connection[] {
    const open = this.#open();
    for (const connection of open) {
      if (up) connection.up.hold(true);
      if (down) connection.down.hold(true);
    }
    return open;
  }

  /** What is sent arrives; replies, from now on, do not. */
  loseReplies(): readonly Connection[] {
    const open = this.#open();
    for (const { down } of open) down.lose();
    return open;
  }

  #open(): readonly Connection[] {
    for (const connection of this.connections) if (connection.isOver) this.connections.delete(connection);
    return [...this.connections];
  }
}

export class SimulatedNetwork {
  readonly #random: () => number;
  readonly #ways = new Map<string, Way>();
  /** Whoever listens at the server's address; null while nobody does. */
  listener: ((socket: ServerSocket) => void) | null = null;

  constructor(random: () => number) {
    this.#random = random;
  }

  way(name: string): Way {
    const way = this.#ways.get(name) ?? new Way(this.#random);
    this.#ways.set(name, way);
    return way;
  }

  get ways(): readonly Way[] {
    return [...this.#ways.values()];
  }

  /** The class that stands in for a browser's WebSocket: the host of the address names the way. */
  webSocketClass(): typeof WebSocket {
    const connect = (socket: DeviceSocket, host: string): void => this.#connect(socket, host);
    class SimulatedWebSocket extends DeviceSocket {
      constructor(url: string) {
        super();
        connect(this, new URL(url).hostname);
      }
    }
    return SimulatedWebSocket as unknown as typeof WebSocket;
  }

  /** The same for an app of the version before. */
  oldWebSocketClass(): typeof WebSocket {
    return speakingBefore(this.webSocketClass());
  }

  serverDied(): void {
    this.listener = null;
    for (const way of this.#ways.values()) {
      for (const connection of way.connections) connection.serverDied(this.#random());
      way.connections.clear();
    }
  }

  #connect(device: DeviceSocket, name: string): void {
    const way = this.way(name);
    setTimeout(() => {
      if (device.readyState !== 0) return;
      if (way.isDown || this.listener === null) {
        device.ended(LOST, '');
        return;
      }
      const connection = new Connection(device, way.latencyMs);
      way.connections.add(connection);
      this.listener(connection.server);
      device.opened(connection);
    }, way.latencyMs(1));
  }
}
