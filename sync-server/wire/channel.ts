/** One document that one device has open: rows out in the order of its log, rows in with cumulative acknowledgements. */
import { encodeServer, inWordsOf, LIMITS } from '#lib/sync/protocol.ts';
import type { ClientMessage, Head, NackReason, ServerMessage } from '#lib/sync/protocol.ts';
import { StorageTrouble } from '../storage/storage.ts';
import type { Appended, IncomingRow, Page, StoredRow } from '../storage/storage.ts';
import type { Author } from '../update/client-binding.ts';
import { readUpdate } from '../update/read-update.ts';
import type { Batch, Listener, OpenDocument } from '../workspace/open-document.ts';
import type { Right } from '../workspace/standing.ts';
import type { Outgoing } from './outgoing.ts';
import { PresenceQuota } from './presence-quota.ts';

type Data = Extract<ClientMessage, { kind: 'data' }>;

export interface ChannelOptions {
  readonly channel: number;
  readonly workspace: string;
  readonly document: OpenDocument;
  readonly author: Author;
  readonly outgoing: Outgoing;
  /** The version spoken with the device. */
  readonly protocol: number;
  readonly read: (after: number, maxBytes: number) => Promise<Page>;
  readonly submit: (from: Channel, n: number, row: IncomingRow) => void;
  readonly now: () => Date;
  /** Bytes were handed in to be written, or (negative) are no longer waiting. */
  readonly onwaiting: (bytes: number) => void;
  /** A row was refused, and is told so in its turn. */
  readonly onrefused: (reason: NackReason) => void;
  readonly onend: () => void;
  /** A row was for another incarnation: the document is to be opened again by everybody. */
  readonly onstale: () => void;
  /** How long the device may not read anything. */
  readonly stuckAfterMs: number;
  /** The device has not read anything for too long. */
  readonly onstuck: () => void;
  readonly onfault: (cause: unknown) => void;
}

const PAGE_BYTES = 256 * 1024;

export class Channel implements Listener {
  readonly #options: ChannelOptions;
  #isOpen = true;
  #right: Right;
  /** Numbers of the log up to here have gone out, or are the device's own. */
  #sentTo: number;
  #isLive = false;
  readonly #quota = new PresenceQuota(LIMITS.presencePerSecond);
  #received = 0;
  #acknowledged = 0;
  #seqs: number[] = [];
  /** A row refused at the door, told when those before it are acknowledged. */
  #nack: { readonly n: number; readonly reason: NackReason } | null = null;

  constructor(options: ChannelOptions, right: Right, since: number) {
    this.#options = options;
    this.#right = right;
    this.#sentTo = since;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the device may write here, as things stand. */
  get right(): Right {
    return this.#right;
  }

  get documentName(): string {
    return this.#options.document.name;
  }

  get device(): string {
    return this.#options.author.device;
  }

  /** Where the document ends, when not everything of it has gone out. */
  get unsent(): Head | null {
    const { name, incarnation, known } = this.#options.document;
    return this.#sentTo < known ? { document: name, incarnation, head: known } : null;
  }

  /** Says where the document stands and sends what the device misses. */
  start(): void {
    const { document, channel } = this.#options;
    document.join(this);
    if (!this.#isOpen) return;
    this.#send({ kind: 'opened', channel, incarnation: document.incarnation, head: document.head });
    this.#catchUp();
  }

  /** False when the device does not count as agreed. */
  receive({ n, key, checksum, bytes }: Data): boolean {
    if (n !== this.#received + 1) return false;
    this.#received = n;
    if (!this.#isOpen || this.#nack !== null) return true;
    const { workspace, document, author, now } = this.#options;
    const { refusal, epoch } = this.#right;
    const ranges = readUpdate(bytes, checksum);
    const reason = refusal ?? (bytes.length > LIMITS.update ? 'too-large' : ranges.ok ? null : ranges.error);
    if (reason !== null || !ranges.ok) {
      this.#refuse(n, reason ?? 'damaged');
      return true;
    }
    const { incarnation, name } = document;
    this.#options.onwaiting(bytes.length);
    this.#options.submit(this, n, {
      workspace,
      document: name,
      incarnation,
      key,
      bytes,
      checksum,
      author,
      ranges: ranges.value,
      receivedAt: now().getTime(),
      epoch,
    });
    return true;
  }

  /** Rights have changed. */
  judge(right: Right): void {
    this.#right = right;
  }

  /** The member may not read the document any more: nothing further goes out, and nothing that waits is written. */
  revoke(): void {
    if (!this.#isOpen) return;
    this.committed();
    if (this.#received > this.#acknowledged && this.#nack === null) {
      this.#options.onrefused('revoked');
      this.#sendNack(this.#acknowledged + 1, 'revoked');
      this.end(null);
    } else this.end('revoked');
  }

  settled(n: number, row: IncomingRow, appended: Appended): void {
    this.#options.onwaiting(-row.bytes.length);
    if (!this.#isOpen) return;
    if (appended.kind === 'refused') {
      this.committed();
      this.#refuse(n, appended.reason);
    } else if (appended.kind === 'stale') {
      this.#options.onstale();
      this.end('renewed');
    }
    // Coming back, the device is judged again.
    else if (appended.kind === 'epoch-moved') this.end('unwritten');
    else this.#seqs.push(appended.seq);
  }

  committed(): void {
    if (!this.#isOpen || this.#seqs.length === 0) return;
    this.#acknowledged += this.#seqs.length;
    const { channel } = this.#options;
    this.#send({ kind: 'ack', channel, n: this.#acknowledged, seqs: this.#seqs });
    this.#seqs = [];
    this.#tellNack();
  }

  unsettled(row: IncomingRow): void {
    this.#options.onwaiting(-row.bytes.length);
    this.end('unwritten');
  }

  /** The device says who is looking at the document, and where. */
  speak(states: Uint8Array): void {
    if (this.#quota.allows(performance.now())) this.#options.document.present(this, states);
  }

  deliver(batch: Batch): void {
    // Behind or reading slowly: what is new is read from storage in its turn.
    if (!this.#isLive) return;
    const next = batch.rows.findIndex((row) => row.seq > this.#sentTo);
    if (next === -1) return;
    if (batch.rows[next]?.seq !== this.#sentTo + 1 || this.#options.outgoing.isBehind) {
      this.#catchUp();
      return;
    }
    const rows = batch.rows.slice(next).filter(({ from }) => from !== this);
    this.#sentTo = batch.rows.at(-1)?.seq ?? this.#sentTo;
    if (rows.length > 0) this.#sendRows(rows, batch.clients);
  }

  renewed(): void {
    this.end('renewed');
  }

  present(states: Uint8Array): void {
    const { channel, outgoing } = this.#options;
    outgoing.sendIfIdle(encodeServer({ kind: 'presence', channel, states }));
  }

  /** Ends the channel, telling the device why; null when the socket is gone. */
  end(reason: Extract<ServerMessage, { kind: 'closed' }>['reason'] | null): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#options.document.leave(this);
    const { channel, protocol } = this.#options;
    if (reason !== null) this.#send({ kind: 'closed', channel, reason: inWordsOf(protocol, reason) });
    this.#options.onend();
  }

  #refuse(n: number, reason: NackReason): void {
    this.#nack = { n, reason };
    this.#options.onrefused(reason);
    this.#tellNack();
  }

  #tellNack(): void {
    if (this.#nack === null || this.#acknowledged < this.#nack.n - 1) return;
    this.#sendNack(this.#nack.n, this.#nack.reason);
    this.end(null);
  }

  #sendNack(n: number, reason: NackReason): void {
    const { channel, protocol } = this.#options;
    this.#send({ kind: 'nack', channel, n, reason: inWordsOf(protocol, reason) });
  }

  #catchUp(): void {
    this.#isLive = false;
    this.#sendMissing().catch((cause: unknown) => {
      this.#options.onfault(cause);
      // A database that does not answer at the moment says nothing about the document.
      this.end(cause instanceof StorageTrouble ? 'unwritten' : 'damaged');
    });
  }

  async #sendMissing(): Promise<void> {
    const { document, outgoing, read, stuckAfterMs } = this.#options;
    while (this.#sentTo < document.head) {
      const page = await read(this.#sentTo, PAGE_BYTES);
      if (!this.#isOpen) return;
      const last = page.rows.at(-1);
      if (last === undefined) {
        this.end('damaged');
        return;
      }
      this.#sentTo = last.seq;
      this.#sendRows(page.rows, page.clients);
      if (!(await outgoing.drained(stuckAfterMs))) {
        this.#options.onstuck();
        return;
      }
    }
    this.#isLive = true;
  }

  #sendRows(rows: readonly StoredRow[], clients: Page['clients']): void {
    const { channel } = this.#options;
    const bare = rows.map(({ first, seq, key, checksum, bytes }) => ({ first, seq, key, checksum, bytes }));
    this.#send({ kind: 'rows', channel, rows: bare, clients });
  }

  #send(message: ServerMessage): void {
    this.#options.outgoing.send(encodeServer(message));
  }
}
