import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** Stands before the real server and passes frames on, changed as a test wishes. */
export class OddServer {
  readonly #sockets: WebSocketServer;
  #devices: WebSocket[] = [];
  /** What the device gets for a frame of the server. */
  onframe: (frame: Uint8Array) => readonly Uint8Array[] = (frame) => [frame];
  connections = 0;

  private constructor(sockets: WebSocketServer, target: string) {
    this.#sockets = sockets;
    sockets.on('connection', (device) => this.#join(device, new WebSocket(target)));
  }

  static async before(url: string): Promise<OddServer> {
    const sockets = new WebSocketServer({ port: 0, host: 'localhost', path: '/sync' });
    await once(sockets, 'listening');
    return new OddServer(sockets, `${url.replace('http', 'ws')}/sync`);
  }

  get url(): string {
    return `http://localhost:${(this.#sockets.address() as AddressInfo).port}`;
  }

  /** Sends every device a frame that the server never sent. */
  say(frame: Uint8Array): void {
    for (const device of this.#devices) device.send(frame);
  }

  close(): void {
    for (const device of this.#devices) device.terminate();
    this.#sockets.close();
  }

  #join(device: WebSocket, server: WebSocket): void {
    this.connections += 1;
    this.#devices.push(device);
    const early: Buffer[] = [];
    for (const socket of [device, server]) socket.on('error', () => undefined);
    device.on('message', (data: Buffer) =>
      server.readyState === WebSocket.OPEN ? server.send(data) : early.push(data),
    );
    server.on('open', () => {
      for (const data of early) server.send(data);
    });
    server.on('message', (data: Buffer) => {
      for (const frame of this.onframe(data)) device.send(frame);
    });
    server.on('close', () => device.close());
    device.on('close', () => {
      this.#devices = this.#devices.filter((each) => each !== device);
      server.close();
    });
  }
}
