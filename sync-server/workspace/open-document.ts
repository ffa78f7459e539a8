/** One document while somebody has it open: where its log ends, and who is to hear of what comes next. */
import type { ClientBinding } from '#lib/sync/protocol.ts';
import type { Page, StoredRow } from '../storage/storage.ts';
import type { Commit, Submitter } from './committer.ts';
import { PresenceBoard } from './presence.ts';
import type { Speaker } from './presence.ts';

/** A channel of a device, or a connection of a stock client. */
export interface Listener extends Submitter, Speaker {
  /** New rows in order, `batch` from its own included; `document.head` is past them already. */
  deliver(batch: Batch): void;
  present(states: Uint8Array): void;
  /** The document goes on under another incarnation: open it again. */
  renewed(): void;
}

export interface Batch {
  readonly rows: readonly (StoredRow & { readonly from: Submitter | null })[];
  readonly clients: readonly ClientBinding[];
}

export interface OpenDocumentOptions {
  readonly name: string;
  readonly incarnation: string;
  readonly head: number;
  readonly read: (after: number) => Promise<Page>;
  /** What somebody who is connected here says of themselves, for whoever is connected elsewhere. */
  readonly onpresent: (device: string, states: Uint8Array) => void;
  readonly onfault: (cause: unknown) => void;
  /** A row is not what was written: whoever opens the document again is told. */
  readonly ondamaged: () => void;
}

/** Until rows that could not be read are tried again. */
const READ_AGAIN_MS = 500;

export class OpenDocument {
  readonly #options: OpenDocumentOptions;
  readonly #listeners = new Set<Listener>();
  readonly #presence = new PresenceBoard<Speaker>();
  /** Everything up to here was handed to the listeners. */
  #head: number;
  /** The log goes to here, as far as is known: further when another server has written. */
  #known: number;
  /** Who sent rows that wait for those before them to be read. */
  readonly #senders = new Map<number, Submitter>();
  #reading: Promise<void> | null = null;
  #isOver = false;

  constructor(options: OpenDocumentOptions) {
    this.#options = options;
    this.#head = options.head;
    this.#known = options.head;
  }

  get name(): string {
    return this.#options.name;
  }

  get incarnation(): string {
    return this.#options.incarnation;
  }

  get head(): number {
    return this.#head;
  }

  /** Where the log goes to, as far as is known. */
  get known(): number {
    return this.#known;
  }

  /** Resolves when everything that is known to be there was handed on, or could not be read. */
  get caughtUp(): Promise<void> {
    return this.#reading ?? Promise.resolve();
  }

  join(listener: Listener): void {
    if (this.#isOver) {
      listener.renewed();
      return;
    }
    this.#listeners.add(listener);
    for (const states of this.#presence.everybody) listener.present(states);
  }

  leave(listener: Listener): void {
    if (!this.#listeners.delete(listener)) return;
    const states = this.#presence.leave(listener);
    this.#tell(listener, states);
    if (states !== null) this.#options.onpresent(listener.device, states);
  }

  present(by: Listener, states: Uint8Array): void {
    const heard = this.#presence.note(by, states);
    this.#tell(by, heard);
    if (heard !== null) this.#options.onpresent(by.device, heard);
  }

  /** Somebody who is connected to another server says so. */
  presentElsewhere(by: Speaker, states: Uint8Array): void {
    this.#tell(by, this.#presence.note(by, states));
  }

  /** That server is gone, and everybody who was connected to it. */
  leaveElsewhere(by: Speaker): void {
    this.#tell(by, this.#presence.leave(by));
  }

  /** What those who are connected here have said, for a server that did not hear it. */
  presenceHere(): readonly { readonly device: string; readonly states: Uint8Array }[] {
    return [...this.#listeners].flatMap((listener) => {
      const states = this.#presence.saidBy(listener);
      return states === null ? [] : [{ device: listener.device, states }];
    });
  }

  /** Rows that were just committed here, all of this document, in order. */
  committed(commits: readonly Commit[]): void {
    const [first] = commits;
    const last = commits.at(-1);
    if (first === undefined || last === undefined) return;
    if (this.#reading === null && first.seq === this.#head + 1) {
      this.#known = Math.max(this.#known, last.seq);
      this.#deliver(batchOf(commits));
      return;
    }
    // Another server has written in between: its rows come first.
    for (const { seq, from } of commits) if (from !== null && seq > this.#head) this.#senders.set(seq, from);
    this.reaches(last.seq);
  }

  /** The log goes up to here, whoever wrote it. */
  reaches(seq: number): void {
    this.#known = Math.max(this.#known, seq);
    if (this.#known > this.#head && !this.#isOver) this.#reading ??= this.#readOn();
  }

  /** Nobody has it open here any more, or it is another one by now: whoever listens is sent to that. */
  end(): void {
    this.#isOver = true;
    for (const listener of [...this.#listeners]) listener.renewed();
  }

  async #readOn(): Promise<void> {
    try {
      while (this.#head < this.#known && !this.#isOver) {
        const { rows, clients } = await this.#options.read(this.#head);
        if (rows.length === 0) this.#options.ondamaged();
        else
          this.#deliver({ rows: rows.map((row) => ({ ...row, from: this.#senders.get(row.seq) ?? null })), clients });
      }
    } catch (cause) {
      this.#options.onfault(cause);
      setTimeout(() => this.reaches(0), READ_AGAIN_MS).unref();
    }
    this.#reading = null;
  }

  #deliver(batch: Batch): void {
    this.#head = Math.max(this.#head, batch.rows.at(-1)?.seq ?? 0);
    for (const seq of this.#senders.keys()) if (seq <= this.#head) this.#senders.delete(seq);
    for (const listener of this.#listeners) listener.deliver(batch);
  }

  #tell(by: Speaker, states: Uint8Array | null): void {
    if (states === null) return;
    for (const listener of this.#listeners) if (listener !== by) listener.present(states);
  }
}

function batchOf(commits: readonly Commit[]): Batch {
  const rows = commits.map(({ row, seq, from }) => {
    const { key, bytes, checksum } = row;
    return { first: seq, seq, key, bytes, checksum, from };
  });
  return { rows, clients: commits.flatMap(({ bound }) => bound) };
}
