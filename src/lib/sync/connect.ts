/** Keeps a workspace in step with its server for as long as a page is seen, and says how it stands. */
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { SyncConnection, SyncOptions } from './connection-options.ts';
import { Line } from './line.ts';
import { OpenSockets } from './open-sockets.ts';
import { Pending } from './pending.ts';
import type { ServerMessage } from './protocol.ts';
import { Retired } from './retired.ts';
import { Session } from './session.ts';
import { statusOf } from './status.ts';
import type { Facts, SyncStatus } from './status.ts';
import { VirtualSocket } from './virtual-socket.ts';
import type { Welcome } from './wire.ts';

/** Connects, and stays connected until `close`. */
export function connectSync(options: SyncOptions): SyncConnection {
  const connection = new Connection(options);
  connection.start();
  return connection;
}

class Connection implements SyncConnection {
  readonly #options: SyncOptions;
  readonly #line: Line;
  readonly #pending = new Pending();
  readonly #sockets = new OpenSockets();
  readonly #retired = new Retired();
  readonly #incarnations = new Map<string, string>();
  #session: Session | null = null;
  #lastAckAt: number | null = null;
  #status: SyncStatus;
  #isClosed = false;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#line = new Line(options, {
      onup: (welcome) => this.#up(welcome),
      onmessage: (message) => this.#receive(message),
      ondown: () => this.#down(),
      onchange: () => this.#tell(),
      isWaiting: () => this.#session?.isWaitingForServer ?? true,
    });
    this.#status = statusOf(this.#facts());
  }

  get status(): SyncStatus {
    return this.#status;
  }

  start(): void {
    this.#pending.recount(this.#options.store).then(() => this.#tell(), this.#fault);
    this.#line.tryNow();
  }

  tryNow(): void {
    this.#line.tryNow();
  }

  push(row: UpdateRow): void {
    const reason = this.#retired.reasonFor(row);
    if (reason !== null) {
      this.#options.store.reject(row.document, [row.key], reason).catch(this.#fault);
      return;
    }
    this.#pending.addRow(row.document, row.key);
    this.#session?.push(row);
    this.#tell();
  }

  /** Without a connection there is nothing to do: the next one compares what is here with what is there. */
  fetchAgain(document: string): void {
    this.#session?.fetchAgain(document);
  }

  give(given: GivenCommand): void {
    this.#pending.addCommand(given.id);
    this.#session?.give(given);
    this.#tell();
  }

  socketFor(document: string, loadedTo: number): typeof WebSocket {
    this.#retired.builtAgain(document);
    const sockets = this.#sockets.of(document);
    let upTo = loadedTo;
    const channel = () => this.#session?.channelOf(document) ?? null;
    const exchange = {
      attach: (socket: VirtualSocket) => {
        sockets.add(socket);
        if (channel()?.isOpen === true) socket.opened();
        else this.#session?.want(document);
      },
      detach: (socket: VirtualSocket) => void sockets.delete(socket),
      replay: (socket: VirtualSocket) => channel()?.replay(socket, upTo, (reached) => (upTo = reached)),
      present: (states: Uint8Array) => channel()?.present(states),
    };
    class DocumentSocket extends VirtualSocket {
      constructor() {
        super(exchange);
      }
    }
    // The provider uses no more of a WebSocket than this.
    return DocumentSocket as unknown as typeof WebSocket;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#line.close();
    for (const socket of this.#sockets.all()) socket.lost(true);
    await Promise.resolve();
  }

  #up({ member, founder, time }: Welcome): void {
    const { store, onwelcome, ondata, onrebuild } = this.#options;
    const session = new Session({
      store,
      send: (message) => this.#line.send(message),
      sockets: this.#sockets,
      retired: this.#retired,
      incarnations: this.#incarnations,
      onacknowledged: (document, keys) => {
        this.#pending.removeRows(document, keys);
        this.#lastAckAt = this.#options.now();
        this.#tell();
      },
      onanswered: (command) => {
        this.#pending.removeCommand(command);
        this.#lastAckAt = this.#options.now();
      },
      ondata: (document, updates) => ondata?.(document, updates),
      onrebuild: (document, why) => {
        onrebuild?.(document, why);
        // What waited was parked.
        this.#pending.recount(store).then(() => this.#tell(), this.#fault);
      },
      onprogress: () => this.#tell(),
      onbroken: (fault) => {
        this.#fault(fault);
        this.#line.break();
      },
      onfault: this.#fault,
    });
    this.#session = session;
    onwelcome?.({ member, founder, time });
    this.#pending
      .recount(store)
      .then(() => session.start())
      .catch((fault: unknown) => {
        this.#fault(fault);
        this.#line.break();
      });
  }

  #receive(message: ServerMessage): void {
    if (message.kind === 'pong') for (const socket of this.#sockets.all()) socket.stayAlive();
    this.#session?.receive(message);
  }

  #down(): void {
    this.#session?.end();
    this.#session = null;
  }

  #facts(): Facts {
    const session = this.#session;
    const trouble = session === null || session.trouble === 'writable' ? null : session.trouble;
    return {
      isConnected: session !== null,
      isUpToDate: session?.isUpToDate ?? false,
      hasFailed: this.#line.hasFailed,
      isOnline: this.#options.surroundings?.online() ?? true,
      pending: this.#pending.count,
      retryAt: this.#line.retryAt,
      lastAckAt: this.#lastAckAt,
      refusal: this.#line.refusal ?? trouble ?? session?.stuck ?? null,
    };
  }

  /** Says how it stands, when that has changed. */
  #tell(): void {
    const status = statusOf(this.#facts());
    const before = this.#status;
    this.#status = status;
    const isSame = (Object.keys(status) as (keyof SyncStatus)[]).every((name) => status[name] === before[name]);
    if (!isSame && !this.#isClosed) this.#options.onstatus(status);
  }

  readonly #fault = (fault: unknown): void => this.#options.onfault?.(fault);
}
