/** Which documents are on the wire: those that a page has open, those with something to send, those that changed. */
import { isDecided } from '#lib/documents/decided.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { DocumentChannel } from './document-channel.ts';
import type { ChannelEnd, ChannelMessage, ChannelOptions } from './document-channel.ts';
import type { OpenSockets } from './open-sockets.ts';
import { LIMITS } from './protocol.ts';
import type { Head } from './protocol.ts';
import type { Cursor } from './sync-store.ts';

export interface PoolOptions extends Pick<
  ChannelOptions,
  'store' | 'send' | 'retired' | 'onacknowledged' | 'ondata' | 'onrebuild' | 'onprogress' | 'onfault'
> {
  readonly sockets: OpenSockets;
  /** Incarnations this page last had documents open under; lives as long as the page. */
  readonly incarnations: Map<string, string>;
}

/** The server cannot go on with the document: nothing is lost here, and nothing is said to be synced. */
export type Stuck = Extract<ChannelEnd, 'damaged' | 'behind' | 'not-allowed'>;

/** Documents that are pulled at the same time; those that a page has open come on top. */
const MOST_PULLED = 12;
/** How long a document that nobody has open keeps its channel for what may follow. */
const LINGER_MS = 1500;
const STORE_RETRY_MS = 10_000;
const UNWRITTEN_RETRY_MS = 500;

export class ChannelPool {
  readonly #options: PoolOptions;
  readonly #channels = new Map<number, DocumentChannel>();
  readonly #byDocument = new Map<string, DocumentChannel>();
  /** To be opened when there is room, in the order in which it was asked for. */
  readonly #wanted = new Set<string>();
  readonly #closing = new Set<DocumentChannel>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #stuck = new Map<string, Stuck>();
  /** Not to be asked for again until the server tells of them. */
  readonly #revoked = new Set<string>();
  /** To be opened when the server can write again, and after a while. */
  readonly #unwritten = new Set<string>();
  readonly #later = new Set<string>();
  #cursors: ReadonlyMap<string, Cursor> = new Map();
  /** Documents that are here and that the server did not tell of. */
  readonly #missing = new Set<string>();
  /** Documents that moved on since the cursors were read. */
  readonly #moved = new Set<string>();
  #lastChannel = 0;
  #isWritable = true;
  #isOver = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get isIdle(): boolean {
    if (this.#wanted.size + this.#unwritten.size + this.#later.size > 0) return false;
    return this.#byDocument.values().every((channel) => channel.isIdle);
  }

  get isWaitingForServer(): boolean {
    return this.#byDocument.values().some((channel) => channel.isWaitingForServer);
  }

  get stuck(): Stuck | null {
    return this.#stuck.values().next().value ?? null;
  }

  /**
   * The documents that are not here as far as they are there; and when these are all there are, those that are here and
   * not there any more: the server has lost them.
   */
  async compare(heads: readonly Head[], isEverything: boolean): Promise<void> {
    await this.#readCursors();
    if (isEverything) {
      const there = new Set(heads.map(({ document }) => document));
      for (const document of this.#cursors.keys()) {
        if (there.has(document)) continue;
        this.#missing.add(document);
        this.#want(document);
      }
    }
    for (const { document, incarnation, head } of heads) {
      this.#revoked.delete(document);
      const known = this.#cursors.get(document);
      if (known?.incarnation !== incarnation || known.cursor < head) this.#want(document);
    }
    await this.#openWanted();
  }

  /** The documents with rows to send, and those a page has open. */
  async resume(): Promise<void> {
    await this.#readCursors();
    for (const document of await this.#options.store.documentsWithUnacknowledged()) {
      if (!isDecided(document)) this.#want(document);
    }
    for (const document of this.#options.sockets.documents()) this.#want(document);
    await this.#openWanted();
  }

  async want(document: string): Promise<void> {
    this.#want(document);
    await this.#openWanted();
  }

  /** Rows of the document that were here are not any more: a channel that has gone past them begins again before them. */
  async fetchAgain(document: string): Promise<void> {
    await this.#readCursors();
    const channel = this.#byDocument.get(document);
    if (channel !== undefined) {
      if ((this.#cursors.get(document)?.cursor ?? 0) >= channel.highest) return;
      this.#letGo(channel);
    }
    await this.want(document);
  }

  push(row: UpdateRow): void {
    const channel = this.#byDocument.get(row.document);
    if (channel !== undefined && !this.#closing.has(channel)) channel.push(row);
    // Otherwise the row is found in the store when the document opens, or is refused and kept aside.
    else {
      this.#revoked.delete(row.document);
      this.want(row.document).catch(this.#options.onfault);
    }
  }

  receive(message: ChannelMessage): void {
    this.#channels.get(message.channel)?.receive(message);
  }

  channelOf(document: string): DocumentChannel | null {
    return this.#byDocument.get(document) ?? null;
  }

  /** What the server could not write is sent again when it can. */
  setWritable(isWritable: boolean): void {
    this.#isWritable = isWritable;
    if (!isWritable) return;
    for (const document of this.#unwritten) this.#again(document, UNWRITTEN_RETRY_MS);
    this.#unwritten.clear();
  }

  end(): void {
    this.#isOver = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const channel of [...this.#byDocument.values()]) channel.lost();
  }

  /** A document whose channel is about to close is opened again afterwards. */
  #want(document: string): void {
    const channel = this.#byDocument.get(document);
    if (this.#revoked.has(document)) return;
    if (channel === undefined || this.#closing.has(channel)) this.#wanted.add(document);
  }

  async #openWanted(): Promise<void> {
    for (const document of this.#wanted) {
      if (this.#isOver || this.#byDocument.has(document)) continue;
      if (!this.#hasRoomFor(document)) {
        this.#makeRoom();
        continue;
      }
      this.#wanted.delete(document);
      const channel = this.#newChannel(document);
      if (this.#moved.has(document)) await this.#readCursors();
      channel.open(this.#cursors.get(document) ?? null);
    }
  }

  #hasRoomFor(document: string): boolean {
    const { sockets } = this.#options;
    if (sockets.has(document)) return this.#channels.size < LIMITS.channels;
    return [...this.#byDocument.keys()].filter((name) => !sockets.has(name)).length < MOST_PULLED;
  }

  /** Closes the channels that are only kept for what may follow. */
  #makeRoom(): void {
    for (const channel of this.#channels.values()) this.#close(channel);
  }

  async #readCursors(): Promise<void> {
    this.#moved.clear();
    this.#cursors = await this.#options.store.heads();
  }

  #newChannel(document: string): DocumentChannel {
    this.#lastChannel += 1;
    const number = this.#lastChannel;
    const { sockets, incarnations, ...passedOn } = this.#options;
    const channel: DocumentChannel = new DocumentChannel({
      ...passedOn,
      channel: number,
      document,
      sockets: sockets.of(document),
      seenIncarnation: incarnations.get(document) ?? null,
      onprogress: () => this.#progressed(channel),
      onend: (_channel, end) => this.#ended(number, channel, end),
    });
    this.#channels.set(number, channel);
    this.#byDocument.set(document, channel);
    return channel;
  }

  #progressed(channel: DocumentChannel): void {
    const { document } = channel;
    if (channel.incarnation !== null) this.#options.incarnations.set(document, channel.incarnation);
    const isFree = channel.isIdle && !this.#options.sockets.has(document) && !this.#closing.has(channel);
    this.#cancel(document);
    if (isFree && this.#wanted.size > 0) this.#close(channel);
    else if (isFree) this.#in(LINGER_MS, document, () => this.#close(channel));
    this.#options.onprogress();
  }

  #close(channel: DocumentChannel): void {
    if (channel.isIdle && !this.#options.sockets.has(channel.document)) this.#letGo(channel);
  }

  #letGo(channel: DocumentChannel): void {
    if (this.#closing.has(channel)) return;
    this.#closing.add(channel);
    this.#options.send({ kind: 'close', channel: channel.number });
  }

  #ended(number: number, channel: DocumentChannel, end: ChannelEnd): void {
    const { document } = channel;
    this.#channels.delete(number);
    this.#byDocument.delete(document);
    this.#closing.delete(channel);
    this.#moved.add(document);
    this.#cancel(document);
    if (this.#isOver) return;
    if (end === 'renewed' || end === 'refused') this.#wanted.add(document);
    if (end === 'unwritten' && !this.#isWritable) this.#unwritten.add(document);
    if (end === 'unwritten' && this.#isWritable) this.#again(document, UNWRITTEN_RETRY_MS);
    if (end === 'store-failed') this.#again(document, STORE_RETRY_MS);
    if (end === 'revoked') this.#revoked.add(document);
    // A document that the server did not tell of may be one that this device is not to read any more.
    const isHidden = end === 'not-allowed' && this.#missing.has(document);
    if (end === 'damaged' || end === 'behind' || (end === 'not-allowed' && !isHidden)) this.#stuck.set(document, end);
    if (end === 'asked' && this.#options.sockets.has(document)) this.#wanted.add(document);
    this.#openWanted().catch(this.#options.onfault);
    this.#options.onprogress();
  }

  /** Opens the document after a while; until then it counts as wanted. */
  #again(document: string, afterMs: number): void {
    this.#in(afterMs, document, () => {
      this.#later.delete(document);
      this.want(document).catch(this.#options.onfault);
    });
    this.#later.add(document);
  }

  #in(ms: number, document: string, work: () => void): void {
    this.#cancel(document);
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        work();
      }, ms),
    );
  }

  /** Also when the document was opened before its time: it does not count as wanted any more. */
  #cancel(document: string): void {
    this.#later.delete(document);
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
  }
}
