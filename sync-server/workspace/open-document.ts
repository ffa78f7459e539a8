/** One document while somebody has it open: where its log ends, and who is to hear of what comes next. */
import type { ClientBinding } from '#lib/sync/protocol.ts';
import type { StoredRow } from '../storage/storage.ts';
import type { Commit, Submitter } from './committer.ts';
import { PresenceBoard } from './presence.ts';

/** A channel of a device, or a connection of a stock client. */
export interface Listener extends Submitter {
  readonly device: string;
  /** New rows in order, `batch` from its own included; `document.head` is past them already. */
  deliver(batch: Batch): void;
  present(states: Uint8Array): void;
}

export interface Batch {
  readonly rows: readonly (StoredRow & { readonly from: Submitter | null })[];
  readonly clients: readonly ClientBinding[];
}

export class OpenDocument {
  readonly name: string;
  readonly incarnation: string;
  readonly #listeners = new Set<Listener>();
  readonly #presence = new PresenceBoard<Listener>();
  #head: number;

  constructor(name: string, incarnation: string, head: number) {
    this.name = name;
    this.incarnation = incarnation;
    this.#head = head;
  }

  get head(): number {
    return this.#head;
  }

  join(listener: Listener): void {
    this.#listeners.add(listener);
    const everybody = this.#presence.everybody;
    if (everybody !== null) listener.present(everybody);
  }

  leave(listener: Listener): void {
    if (!this.#listeners.delete(listener)) return;
    this.#tell(listener, this.#presence.leave(listener));
  }

  present(by: Listener, states: Uint8Array): void {
    this.#tell(by, this.#presence.note(by, states));
  }

  /** Rows that were just committed, all of this document, in order. */
  committed(commits: readonly Commit[]): void {
    const rows = commits.map(({ row, seq, from }) => {
      const { key, bytes, checksum } = row;
      return { first: seq, seq, key, bytes, checksum, from };
    });
    this.#head = Math.max(this.#head, rows.at(-1)?.seq ?? 0);
    const batch = { rows, clients: commits.flatMap(({ bound }) => bound) };
    for (const listener of this.#listeners) listener.deliver(batch);
  }

  #tell(by: Listener, states: Uint8Array | null): void {
    if (states === null) return;
    for (const listener of this.#listeners) if (listener !== by) listener.present(states);
  }
}
