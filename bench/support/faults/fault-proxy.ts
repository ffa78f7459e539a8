/** The way of one device to a real server, byte by byte, spoilt as the cycle wants it. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** What is done to the connections there are; new ones are as they should be. */
export type WayFault =
  'cut' | 'truncated' | 'half-open' | 'replies-dropped' | 'uploads-late' | 'delayed' | 'one-byte-a-second';

const DELAY_MS = 400;
const LATE_MS = 9000;

export class FaultProxy {
  readonly #server: Server;
  readonly #ways = new Set<Way>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    server.on('connection', (near) => {
      const way = new Way(near, connect(port, 'localhost'), () => this.#ways.delete(way));
      this.#ways.add(way);
    });
  }

  static async to(port: number): Promise<FaultProxy> {
    const server = createServer().listen(0, 'localhost');
    await once(server, 'listening');
    return new FaultProxy(server, port);
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** True when there was a connection that it happened to. */
  spoil(fault: WayFault): boolean {
    for (const way of [...this.#ways]) way.spoil(fault);
    return this.#ways.size > 0 || fault === 'cut';
  }

  close(): void {
    for (const way of [...this.#ways]) way.end();
    this.#server.close();
  }
}

class Way {
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #onend: () => void;
  #fault: WayFault | null = null;
  #late: Buffer[] = [];

  constructor(near: Socket, far: Socket, onend: () => void) {
    this.#near = near;
    this.#far = far;
    this.#onend = onend;
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('data', (data: Buffer) => this.#pass(data, far, 'up'));
    far.on('data', (data: Buffer) => this.#pass(data, near, 'down'));
    // What is late goes on to the server although the device has left.
    near.on('close', () => (this.#fault === 'uploads-late' ? undefined : this.end()));
    far.on('close', () => this.end());
  }

  spoil(fault: WayFault): void {
    this.#fault = fault;
    if (fault === 'cut') this.end();
    if (fault !== 'uploads-late') return;
    setTimeout(() => {
      this.#far.write(Buffer.concat(this.#late));
      this.#far.end();
    }, LATE_MS).unref();
  }

  end(): void {
    this.#near.destroy();
    this.#far.destroy();
    this.#onend();
  }

  #pass(data: Buffer, to: Socket, direction: 'up' | 'down'): void {
    switch (this.#fault) {
      case 'half-open':
      case 'cut':
        return;
      case 'replies-dropped':
        if (direction === 'up') to.write(data);
        return;
      case 'uploads-late':
        if (direction === 'up') this.#late.push(data);
        return;
      case 'truncated':
        to.end(data.subarray(0, data.length >> 1));
        this.end();
        return;
      case 'delayed':
        setTimeout(() => to.write(data), DELAY_MS);
        return;
      case 'one-byte-a-second':
        // The rest of it would take longer than anybody waits.
        for (const [n, byte] of [...data.subarray(0, 30)].entries()) {
          setTimeout(() => to.write(Buffer.from([byte])), n * 1000).unref();
        }
        return;
      case null:
        to.write(data);
    }
  }
}
