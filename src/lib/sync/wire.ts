/** One real WebSocket to the server, from connecting through the greeting until it closes. */
import { encodeClient, LIMITS, OLDEST_PROTOCOL, parseServer, PROTOCOL, proofText } from './protocol.ts';
import type { ClientMessage, ServerMessage } from './protocol.ts';
import type { SyncOptions } from './connection-options.ts';
import { foundingParts } from './founding-parts.ts';

export type Welcome = Extract<ServerMessage, { kind: 'welcome' }>;

export interface WireHandlers {
  readonly onwelcome: (welcome: Welcome) => void;
  /** Everything after the welcome. */
  readonly onmessage: (message: ServerMessage) => void;
  /** Once, whatever the reason; the code is the server's, 1006 when there was none. */
  readonly onclose: (code: number, reason: string) => void;
}

/** Bytes waiting in the socket above which a long log is sent no further. */
const ENOUGH_BYTES = 1024 * 1024;
const LOST = 1006;
const BAD_SERVER_FRAME = 4400;

export class Wire {
  readonly #options: SyncOptions;
  readonly #handlers: WireHandlers;
  readonly #socket: WebSocket;
  readonly #greetingTimer: ReturnType<typeof setTimeout>;
  #isWelcomed = false;
  #isClosed = false;
  #heardAt: number;

  constructor(options: SyncOptions, handlers: WireHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#heardAt = options.now();
    this.#socket = new (options.WebSocket ?? WebSocket)(options.url);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#hello();
    this.#socket.onmessage = (event: MessageEvent) => this.#receive(event.data);
    this.#socket.onclose = (event) => this.#closed(event.code, event.reason);
    // What went wrong is in the close that follows.
    this.#socket.onerror = () => undefined;
    this.#greetingTimer = setTimeout(() => this.close(), LIMITS.greetingMs);
  }

  /** Epoch milliseconds of the last frame from the server. */
  get heardAt(): number {
    return this.#heardAt;
  }

  send(message: ClientMessage): void {
    if (!this.#isClosed && this.#socket.readyState === 1) this.#socket.send(encodeClient(message));
  }

  /** Closes now, without waiting for the other side: it may be gone. */
  close(): void {
    this.#closed(LOST, '');
  }

  #hello(): void {
    const { app, workspace, device, token, share } = this.#options;
    this.send({
      kind: 'hello',
      newest: PROTOCOL,
      oldest: OLDEST_PROTOCOL,
      app,
      intent: share !== undefined ? 'create' : token !== undefined ? 'join' : 'enter',
      workspace,
      device: device.publicKey,
      token: token ?? '',
    });
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return;
    this.#heardAt = this.#options.now();
    const message = data instanceof ArrayBuffer ? parseServer(new Uint8Array(data)) : null;
    if (message?.ok !== true) this.#fail(new Error(`a frame that cannot be read: ${message?.error ?? 'text'}`));
    else if (this.#isWelcomed && !isAboutAccess(message.value)) this.#handlers.onmessage(message.value);
    else this.#greet(message.value).catch((fault: unknown) => this.#fail(fault));
  }

  async #greet(message: ServerMessage): Promise<void> {
    const { device, workspace, share } = this.#options;
    if (message.kind === 'challenge') {
      const signature = await device.sign(proofText(message.nonce, workspace));
      this.send({ kind: 'proof', signature });
    } else if (message.kind === 'founding' && share !== undefined) {
      clearTimeout(this.#greetingTimer);
      for (const part of foundingParts(await share.log())) {
        await this.#drained();
        this.send({ kind: 'found', ...part });
      }
    } else if (message.kind === 'welcome') {
      clearTimeout(this.#greetingTimer);
      this.#isWelcomed = true;
      this.#handlers.onwelcome(message);
    } else if (message.kind === 'access') {
      this.#options.onaccess?.({ token: message.token, expiresAt: message.expiresAt });
    } else throw new Error(`${message.kind} before the welcome`);
  }

  async #drained(): Promise<void> {
    while (!this.#isClosed && this.#socket.bufferedAmount > ENOUGH_BYTES) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #fail(fault: unknown): void {
    this.#options.onfault?.(fault);
    this.#closed(BAD_SERVER_FRAME, 'badFrame');
  }

  #closed(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#greetingTimer);
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
    this.#handlers.onclose(code, reason);
  }
}

/** Answered here, before the welcome and after it. */
function isAboutAccess({ kind }: ServerMessage): boolean {
  return kind === 'challenge' || kind === 'access';
}
