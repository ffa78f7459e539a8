/** What waits for the server: rows and commands by their ids, so that counting one twice is not possible. */
import { isDecided } from '#lib/documents/decided.ts';
import type { SyncStore } from './sync-store.ts';

type Change = (pending: { rows: Map<string, Set<string>>; commands: Set<string> }) => void;

export class Pending {
  #rows = new Map<string, Set<string>>();
  #commands = new Set<string>();
  /** Changes while a count is under way, to be made to its result too. */
  #since: Change[] | null = null;

  get count(): number {
    let count = this.#commands.size;
    for (const keys of this.#rows.values()) count += keys.size;
    return count;
  }

  addRow(document: string, key: string): void {
    this.#change(({ rows }) => {
      const keys = rows.get(document) ?? new Set();
      rows.set(document, keys.add(key));
    });
  }

  removeRows(document: string, keys: readonly string[]): void {
    this.#change(({ rows }) => {
      for (const key of keys) rows.get(document)?.delete(key);
    });
  }

  addCommand(id: string): void {
    this.#change(({ commands }) => commands.add(id));
  }

  removeCommand(id: string): void {
    this.#change(({ commands }) => commands.delete(id));
  }

  /** Counts afresh what the store has: other tabs type, send and give commands too. */
  async recount(store: SyncStore): Promise<void> {
    const since: Change[] = [];
    this.#since = since;
    const rows = new Map<string, Set<string>>();
    for (const document of await store.documentsWithUnacknowledged()) {
      if (isDecided(document)) continue;
      rows.set(document, new Set((await store.unacknowledged(document)).map(({ key }) => key)));
    }
    const commands = new Set((await store.outbox()).map(({ id }) => id));
    // A later count has heard of changes that this one has not.
    if (this.#since !== since) return;
    for (const change of since) change({ rows, commands });
    this.#rows = rows;
    this.#commands = commands;
    this.#since = null;
  }

  #change(change: Change): void {
    change({ rows: this.#rows, commands: this.#commands });
    this.#since?.push(change);
  }
}
