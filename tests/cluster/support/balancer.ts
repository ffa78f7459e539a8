/** What stands before several servers: hands every connection to one that answers, and says that it is ready. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

const ASK_EVERY_MS = 200;

export class Balancer {
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #sockets = new Set<Socket>();
  /** Servers that said so when last asked. */
  readonly #notReady = new Set<number>();
  readonly #asking: NodeJS.Timeout;
  readonly #takesTurns: boolean;
  #next = 0;

  private constructor(ports: readonly number[], takesTurns: boolean) {
    this.#ports = ports;
    this.#takesTurns = takesTurns;
    this.#server = createServer((client) => void this.#serve(client));
    this.#asking = setInterval(() => void this.#ask(), ASK_EVERY_MS).unref();
  }

  /** Every connection goes to the next server in turn. */
  static before(ports: readonly number[]): Promise<Balancer> {
    return new Balancer(ports, true).#open();
  }

  /** Every connection goes to the first of the servers that answers. */
  static preferring(ports: readonly number[]): Promise<Balancer> {
    return new Balancer(ports, false).#open();
  }

  async #open(): Promise<Balancer> {
    this.#server.listen(0, 'localhost');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Whether connections are handed to the server that listens there. */
  sendsTo(port: number): boolean {
    return !this.#notReady.has(port);
  }

  close(): void {
    clearInterval(this.#asking);
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #serve(client: Socket): Promise<void> {
    const server = await this.#connected();
    if (server === null || client.destroyed) {
      client.destroy();
      server?.destroy();
      return;
    }
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => undefined);
      from.once('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  /** One that does not answer at all is found out by connecting to it. */
  async #ask(): Promise<void> {
    for (const port of this.#ports) {
      const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => null);
      const isStopping = answer?.status === 503 && (await answer.text()).startsWith('stopping');
      if (isStopping) this.#notReady.add(port);
      else this.#notReady.delete(port);
    }
  }

  async #connected(): Promise<Socket | null> {
    if (this.#takesTurns) this.#next += 1;
    for (const turn of this.#ports.keys()) {
      const port = this.#ports[(this.#next + turn) % this.#ports.length] ?? 0;
      if (this.#notReady.has(port)) continue;
      const socket = connect(port, 'localhost');
      const isOpen = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
      });
      if (isOpen) return socket;
    }
    return null;
  }
}
