import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** The way to the server, which can be cut or go silent. */
export class FlakyNetwork {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isSilent = false;
  #isClosed = false;
  #losesReplies = false;
  /** Bytes that came back from the server. */
  received = 0;
  #tape: Buffer[] | null = null;
  connections = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number): Promise<FlakyNetwork> {
    const server = createServer();
    const network = new FlakyNetwork(server);
    server.on('connection', (near) => network.#join(near, connect(port, 'localhost')));
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return network;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Keeps every byte that comes from the server from now on; stopping gives them. */
  record(): () => Buffer {
    const tape: Buffer[] = [];
    this.#tape = tape;
    return () => {
      this.#tape = null;
      return Buffer.concat(tape);
    };
  }

  /** Every connection ends at once, with whatever was under way. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
    this.#pairs.clear();
  }

  /** Nothing comes through any more, and nobody is told. */
  goSilent(): void {
    this.#isSilent = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** What is sent arrives, and nothing comes back. */
  loseReplies(): void {
    this.#losesReplies = true;
  }

  comeBack(): void {
    this.#isSilent = false;
    this.#losesReplies = false;
    this.#isClosed = false;
    this.cut();
  }

  /** New connections are refused until it comes back. */
  goDown(): void {
    this.#isClosed = true;
    this.cut();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(near: Socket, far: Socket): void {
    const pair = [near, far] as const;
    for (const socket of pair) socket.on('error', () => undefined);
    if (this.#isClosed) {
      near.destroy();
      far.destroy();
      return;
    }
    this.connections += 1;
    this.#pairs.add(pair);
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => {
      if (this.#losesReplies) return;
      this.received += data.length;
      this.#tape?.push(data);
      near.write(data);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    if (this.#isSilent) for (const socket of pair) socket.pause();
  }
}
