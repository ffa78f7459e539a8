/** Compacts documents that have gathered many small rows. Whoever writes and reads does not wait for it. */
import type { Storage } from '../storage/storage.ts';
import type { Commit, Committer } from './committer.ts';

const ROWS_BETWEEN = 512;
const DELAY_MS = 1000;

export class Compactor {
  readonly #storage: Storage;
  readonly #committer: Committer;
  readonly #rowsSince = new Map<string, { readonly workspace: string; readonly document: string; rows: number }>();
  #isClosed = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(storage: Storage, committer: Committer) {
    this.#storage = storage;
    this.#committer = committer;
  }

  committed(commits: readonly Commit[]): void {
    for (const { row, seq } of commits) {
      const { workspace, document } = row;
      const name = `${workspace}\n${document}`;
      // Counting from the log's own numbers too, so that a document is looked at soon after a restart.
      const counted = this.#rowsSince.get(name) ?? { workspace, document, rows: seq % ROWS_BETWEEN };
      counted.rows += 1;
      this.#rowsSince.set(name, counted);
      if (counted.rows >= ROWS_BETWEEN) this.#timer ??= setTimeout(() => void this.#compactDue(), DELAY_MS).unref();
    }
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #compactDue(): Promise<void> {
    const due = [...this.#rowsSince].filter(([, { rows }]) => rows >= ROWS_BETWEEN);
    for (const [name, { workspace, document }] of due) {
      if (this.#isClosed) return;
      this.#rowsSince.delete(name);
      if (this.#committer.state !== 'writable') continue;
      await this.#committer.beside(() => this.#storage.compact(workspace, document));
    }
    this.#timer = null;
  }
}
