/** One document on the wire, seen from the device: pulls what it misses, sends its own rows, feeds what is open. */
import { isDecided } from '#lib/documents/decided.ts';
import { commonRows } from '#lib/documents/incarnation.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { OutgoingRows } from './outgoing-rows.ts';
import type { ClientMessage, NackReason, ServerMessage } from './protocol.ts';
import type { Retired } from './retired.ts';
import type { Cursor, SyncStore } from './sync-store.ts';
import type { VirtualSocket } from './virtual-socket.ts';

type Of<K extends ServerMessage['kind']> = Extract<ServerMessage, { kind: K }>;
export type ChannelMessage = Of<'opened' | 'rows' | 'ack' | 'nack' | 'closed' | 'presence'>;
/** `renewed`: open it again. `unwritten`: open it again when the server can write. The others: leave it for now. */
export type ChannelEnd = Of<'closed'>['reason'] | 'refused' | 'store-failed' | 'lost';

export interface ChannelOptions {
  readonly channel: number;
  readonly document: string;
  readonly store: SyncStore;
  readonly send: (message: ClientMessage) => void;
  readonly sockets: ReadonlySet<VirtualSocket>;
  readonly retired: Retired;
  /** The incarnation this page last had the document open under, if it had. */
  readonly seenIncarnation: string | null;
  readonly onacknowledged: (document: string, keys: readonly string[]) => void;
  readonly ondata: (document: string, updates: readonly Uint8Array[]) => void;
  readonly onrebuild: (document: string, why: NackReason | 'incarnation') => void;
  /** Something moved: it may be idle, or up to date, by now. */
  readonly onprogress: () => void;
  readonly onend: (channel: DocumentChannel, end: ChannelEnd) => void;
  readonly onfault: (fault: unknown) => void;
}

export class DocumentChannel {
  readonly document: string;
  readonly #options: ChannelOptions;
  readonly #outgoing = new OutgoingRows();
  /** Typed before the channel was open: behind what the store has, in the order of typing. */
  readonly #early: UpdateRow[] = [];
  #known: Cursor | null = null;
  #incarnation: string | null = null;
  #reached = 0;
  #lastOwn = 0;
  #target = Infinity;
  #hasRows = false;
  #maySend = false;
  #isEnded = false;
  /** Messages are worked on one after the other: what the store does takes its time. */
  #work: Promise<void> = Promise.resolve();
  #unworked = 0;
  #unsynced = new Set<VirtualSocket>();

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.document = options.document;
  }

  get number(): number {
    return this.#options.channel;
  }

  /** The document's incarnation, once it has rows: before the first one the server has only an idea of it. */
  get incarnation(): string | null {
    return this.#hasRows ? this.#incarnation : null;
  }

  /** The server has opened it: a provider may ask for what it misses. */
  get isOpen(): boolean {
    return this.#maySend && !this.#isEnded;
  }

  /** Everything the server had when it last said is here, and everything here is on the server's disk. */
  get isIdle(): boolean {
    return this.#maySend && this.#unworked === 0 && this.#reached >= this.#target && this.#outgoing.isEmpty;
  }

  /** The highest number of the server's log that was here, came, or was given to a row of ours. */
  get highest(): number {
    return Math.max(this.#reached, this.#lastOwn, this.#known?.cursor ?? 0);
  }

  get isWaitingForServer(): boolean {
    return this.#incarnation === null || this.#outgoing.isWaitingForServer || this.#reached < this.#target;
  }

  open(known: Cursor | null): void {
    this.#known = known;
    const { channel, send } = this.#options;
    send({
      kind: 'open',
      channel,
      document: this.document,
      incarnation: known?.incarnation ?? '',
      since: known?.cursor ?? 0,
    });
  }

  receive(message: ChannelMessage): void {
    if (message.kind === 'presence') {
      for (const socket of this.#options.sockets) socket.presence(message.states);
    } else if (message.kind === 'closed') this.#later(() => this.#closed(message.reason));
    else this.#later(() => this.#handle(message));
  }

  /** A row just typed. */
  push(row: UpdateRow): void {
    if (isDecided(this.document)) return;
    if (!this.#maySend) this.#early.push(row);
    else {
      this.#outgoing.add(row);
      this.#sendRows();
    }
  }

  /** Hands the document of a provider what it missed, then what comes. */
  replay(socket: VirtualSocket, loadedTo: number, onreplayed: (upTo: number) => void): void {
    this.#later(async () => {
      const rows = await this.#options.store.durable(this.document, loadedTo);
      // Nobody is there any more to take them; the next connection begins again where this one did.
      if (this.#isEnded) return;
      for (const { bytes } of rows) socket.update(bytes);
      onreplayed(rows.reduce((upTo, row) => Math.max(upTo, row.serverSeq ?? 0), loadedTo));
      socket.isReplayed = true;
      this.#unsynced.add(socket);
      this.#tellSynced();
    });
  }

  present(states: Uint8Array): void {
    this.#options.send({ kind: 'presence', channel: this.#options.channel, states });
  }

  /** The connection is gone. */
  lost(): void {
    this.#end('lost');
  }

  #later(work: () => Promise<void> | void): void {
    this.#unworked += 1;
    this.#work = this.#work.then(async () => {
      try {
        if (!this.#isEnded) await work();
      } catch (fault) {
        this.#options.onfault(fault);
        this.#end('store-failed');
      }
      this.#unworked -= 1;
      if (!this.#isEnded) this.#options.onprogress();
    });
  }

  #handle(message: Of<'opened' | 'rows' | 'ack' | 'nack'>): Promise<void> {
    switch (message.kind) {
      case 'opened':
        return this.#opened(message);
      case 'rows':
        return this.#received(message);
      case 'ack':
        return this.#acknowledged(message);
      case 'nack':
        return this.#refused(message);
    }
  }

  async #opened({ incarnation, head }: Of<'opened'>): Promise<void> {
    const { store, sockets, seenIncarnation } = this.#options;
    const isOther = this.#known !== null && this.#known.incarnation !== incarnation;
    // What this device decided while the workspace was its own, the server has made again from the log.
    const isMadeAgain = this.#known === null && isDecided(this.document);
    const common =
      isOther && !isDecided(this.document) ? commonRows(this.#known?.incarnation ?? '', incarnation) : null;
    if (common !== null) {
      await store.carryOver(this.document, incarnation, common);
      this.#known = (await store.heads()).get(this.document) ?? null;
      this.#rebuild('incarnation');
    } else if (isOther || (isMadeAgain && (await store.unacknowledged(this.document)).length > 0)) {
      await store.reset(this.document, incarnation);
      this.#known = null;
      this.#rebuild('incarnation');
    } else if (seenIncarnation !== null && seenIncarnation !== incarnation) {
      // Another tab has met the new incarnation first, and told the store.
      this.#rebuild('incarnation');
    }
    this.#incarnation = incarnation;
    this.#reached = this.#known?.cursor ?? 0;
    this.#target = head;
    this.#hasRows = head > 0;
    if (!isDecided(this.document)) for (const row of await store.unacknowledged(this.document)) this.#outgoing.add(row);
    // A provider that were told of a channel which is gone by now would ask it in vain, and never again.
    if (this.#isEnded) return;
    for (const row of this.#early) this.#outgoing.add(row);
    this.#early.length = 0;
    this.#maySend = true;
    this.#sendRows();
    for (const socket of [...sockets]) socket.opened();
  }

  async #received({ rows, clients }: Of<'rows'>): Promise<void> {
    if (this.#incarnation === null) return;
    const { store, sockets, ondata, onacknowledged } = this.#options;
    await store.receive(this.document, { incarnation: this.#incarnation, rows, clients });
    this.#hasRows = true;
    this.#reached = Math.max(this.#reached, rows.at(-1)?.seq ?? 0);
    // A merged row goes by the key of its last one and brings others' with it.
    const others = rows.filter(({ first, seq, key }) => first !== seq || !this.#outgoing.cameBack(key));
    const own = rows.filter((row) => !others.includes(row)).map(({ key }) => key);
    if (own.length > 0) onacknowledged(this.document, own);
    const updates = others.map(({ bytes }) => bytes);
    for (const socket of [...sockets]) {
      if (socket.isReplayed) for (const update of updates) socket.update(update);
    }
    if (updates.length > 0) ondata(this.document, updates);
    this.#tellSynced();
  }

  async #acknowledged({ n, seqs }: Of<'ack'>): Promise<void> {
    if (this.#incarnation === null) return;
    const { store, onacknowledged } = this.#options;
    const rows = this.#outgoing.acknowledge(n, seqs);
    this.#lastOwn = Math.max(this.#lastOwn, ...rows.map(({ seq }) => seq));
    this.#hasRows = true;
    this.#sendRows();
    await store.acknowledge(this.document, { incarnation: this.#incarnation, rows });
    onacknowledged(
      this.document,
      rows.map(({ key }) => key),
    );
  }

  async #refused({ n, reason }: Of<'nack'>): Promise<void> {
    const { store, retired } = this.#options;
    retired.retireClients(this.#outgoing.refusedBytes(n), reason);
    await store.reject(this.document, this.#outgoing.refuse(n), reason);
    this.#rebuild(reason);
    this.#end('refused');
  }

  /** What was typed into a document that the member may not have is kept aside: nobody will ask for it again. */
  async #closed(reason: Of<'closed'>['reason']): Promise<void> {
    if (reason === 'revoked') {
      const { store } = this.#options;
      const rows = isDecided(this.document) ? [] : await store.unacknowledged(this.document);
      if (rows.length > 0) {
        const keys = rows.map(({ key }) => key);
        await store.reject(this.document, keys, reason);
        this.#rebuild(reason);
      }
    }
    this.#end(reason);
  }

  #sendRows(): void {
    if (!this.#maySend || this.#isEnded) return;
    const { channel, send } = this.#options;
    for (const parcel of this.#outgoing.take()) send({ kind: 'data', channel, ...parcel });
  }

  #rebuild(why: NackReason | 'incarnation'): void {
    const { sockets, retired, onrebuild } = this.#options;
    if (sockets.size > 0) retired.retireDocument(this.document, why === 'incarnation' ? 'client-taken' : why);
    for (const socket of [...sockets]) socket.lost(true);
    onrebuild(this.document, why);
  }

  #tellSynced(): void {
    if (this.#reached < this.#target) return;
    for (const socket of this.#unsynced) socket.synced();
    this.#unsynced.clear();
  }

  #end(end: ChannelEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const socket of [...this.#options.sockets]) socket.lost(false);
    this.#options.onend(this, end);
  }
}
