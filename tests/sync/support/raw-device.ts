import { once } from 'node:events';
import { WebSocket } from 'ws';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { newId } from '#lib/domain/id.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import type { Device } from '#lib/sync/device.ts';
import { encodeClient, parseServer, proofText } from '#lib/sync/protocol.ts';
import type { ClientMessage, ServerMessage } from '#lib/sync/protocol.ts';

type Of<K extends ServerMessage['kind']> = Extract<ServerMessage, { kind: K }>;
type Hello = Extract<ClientMessage, { kind: 'hello' }>;

/** A socket that says what a test wants it to say, well-formed or not. */
export class RawDevice {
  readonly socket: WebSocket;
  readonly heard: ServerMessage[] = [];
  /** Every frame as it came. */
  readonly frames: Buffer[] = [];
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.frames.push(data);
      const message = parseServer(data);
      if (message.ok) this.heard.push(message.value);
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', (code: number) => resolve(code)));
  }

  /** A socket that is open, and nothing said yet. */
  static async connect(url: string): Promise<RawDevice> {
    const device = new RawDevice(new WebSocket(`${url.replace('http', 'ws')}/sync`));
    await once(device.socket, 'open');
    return device;
  }

  /** A socket of a device that has said hello and proved itself; welcomed or closed by now. */
  static async greeted(url: string, hello: Partial<Hello>, device?: Device, ms = 5000): Promise<RawDevice> {
    const keys = device ?? (await deviceOf(await newDeviceKeys()));
    const raw = await RawDevice.connect(url);
    raw.hello({ device: keys.publicKey, ...hello });
    const { nonce } = await raw.next('challenge', ms);
    raw.say({ kind: 'proof', signature: await keys.sign(proofText(nonce, hello.workspace ?? 'w')) });
    return raw;
  }

  hello(hello: Partial<Hello>): void {
    const standard = { newest: 1, oldest: 1, app: 'raw', intent: 'enter', workspace: 'w', token: '' } as const;
    this.say({ kind: 'hello', device: new Uint8Array(65), ...standard, ...hello });
  }

  say(message: ClientMessage): void {
    this.socket.send(encodeClient(message));
  }

  /** Opens a document and sends an update into it, whole and undamaged unless said otherwise. */
  async send(
    document: string,
    update: Uint8Array,
    checksum = updateChecksum(update, 'v1'),
    key = newId(),
  ): Promise<void> {
    this.say({ kind: 'open', channel: 1, document, incarnation: '', since: 0 });
    await this.next('opened');
    this.say({ kind: 'data', channel: 1, n: 1, key, checksum, bytes: update });
  }

  /** The next message of this kind, heard already or still to come. */
  async next<K extends ServerMessage['kind']>(kind: K, ms = 5000): Promise<Of<K>> {
    for (const deadline = performance.now() + ms; ;) {
      const index = this.heard.findIndex((message) => message.kind === kind);
      if (index !== -1) return this.heard.splice(index, 1)[0] as Of<K>;
      if (performance.now() > deadline) throw new Error(`no ${kind}: ${JSON.stringify(this.heard.slice(-3))}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  close(): void {
    this.socket.terminate();
  }
}
