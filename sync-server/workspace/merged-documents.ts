/** Documents as one update each, for whoever asks for all of one: kept as long as there is room, loaded once at a time. */
import type { Storage } from '../storage/storage.ts';
import { mergeOffThread } from '../update/merge-off-thread.ts';

interface Merged {
  readonly incarnation: string;
  readonly head: number;
  readonly bytes: Uint8Array;
}

interface Wanted {
  readonly name: string;
  readonly incarnation: string;
  readonly head: number;
}

const MOST_BYTES = 32 * 1024 * 1024;
const PAGE_BYTES = 4 * 1024 * 1024;

export class MergedDocuments {
  readonly #storage: Pick<Storage, 'rows'>;
  readonly #mostBytes: number;
  /** The one asked for last stands last. */
  readonly #kept = new Map<string, Merged>();
  readonly #loading = new Map<string, Promise<Merged>>();
  #bytes = 0;

  constructor(storage: Pick<Storage, 'rows'>, mostBytes = MOST_BYTES) {
    this.#storage = storage;
    this.#mostBytes = mostBytes;
  }

  /** Bytes that are kept. */
  get size(): number {
    return this.#bytes;
  }

  /** Everything in the document up to its head, at least. */
  async get(workspace: string, document: Wanted): Promise<Uint8Array> {
    const place = `${workspace}\n${document.name}`;
    for (;;) {
      const loading = this.#loading.get(place) ?? this.#load(place, workspace, document);
      const merged = await loading;
      if (merged.incarnation === document.incarnation && merged.head >= document.head) return merged.bytes;
      // Somebody had asked for less: what they got is where the next one begins.
      if (this.#loading.get(place) === loading) this.#loading.delete(place);
    }
  }

  #load(place: string, workspace: string, document: Wanted): Promise<Merged> {
    const loading = this.#read(workspace, document, this.#kept.get(place) ?? null);
    this.#loading.set(place, loading);
    return loading.then(
      (merged) => {
        if (this.#loading.get(place) === loading) this.#loading.delete(place);
        this.#keep(place, merged);
        return merged;
      },
      (cause: unknown) => {
        if (this.#loading.get(place) === loading) this.#loading.delete(place);
        throw cause;
      },
    );
  }

  async #read(workspace: string, { name, incarnation, head }: Wanted, kept: Merged | null): Promise<Merged> {
    const known = kept?.incarnation === incarnation ? kept : null;
    const updates = known === null ? [] : [known.bytes];
    let after = known?.head ?? 0;
    while (after < head) {
      const page = await this.#storage.rows(workspace, name, after, PAGE_BYTES);
      const last = page.rows.at(-1);
      if (last === undefined) throw new Error(`${name} is damaged at ${page.damagedAt ?? after}`);
      updates.push(...page.rows.map((row) => row.bytes));
      after = last.seq;
    }
    return { incarnation, head: after, bytes: await mergeOffThread(updates) };
  }

  #keep(place: string, merged: Merged): void {
    this.#drop(place);
    this.#kept.set(place, merged);
    this.#bytes += merged.bytes.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#drop(oldest);
    }
  }

  #drop(place: string): void {
    this.#bytes -= this.#kept.get(place)?.bytes.length ?? 0;
    this.#kept.delete(place);
  }
}
