/** The documents this page holds open for editing: loaded from the store, kept current, shared by whoever asks. */
import type { Doc } from 'yjs';
import { isIncomplete, newDocument } from '#lib/documents/new-document.ts';
import { applyRows, onTyped } from '#lib/documents/replica.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { Attachment, Presence } from '#lib/sync/presence.ts';

export interface OpenDocument {
  readonly name: string;
  readonly doc: Doc;
  /** Who else has it open; null where nobody can see (a local workspace). */
  readonly presence: Presence | null;
  /** Whether parts have not arrived yet: say so instead of showing totals. */
  incomplete(): boolean;
  /** Lets go; the document closes when nobody holds it any more. */
  release(): void;
}

export interface OpenDocumentsOptions {
  readonly log: UpdateLog;
  /** Called with each row as it is typed: it is in the store, and may be sent. */
  readonly onrow: (row: UpdateRow) => void;
  /** Connects a loaded document to the server, when there is one. */
  readonly attach: (name: string, doc: Doc, loadedTo: number) => Attachment | null;
}

interface Held {
  readonly doc: Doc;
  /** Number of the last row read from the store, and how much of the server's log is among the rows read. */
  upTo: number;
  loadedTo: number;
  holders: number;
  attachment: Attachment | null;
  readonly stop: () => void;
}

export class OpenDocuments {
  readonly #options: OpenDocumentsOptions;
  readonly #held = new Map<string, Promise<Result<Held, StoreFailure>>>();

  constructor(options: OpenDocumentsOptions) {
    this.#options = options;
  }

  /** The document of that name, loaded. Everybody who asks gets the same one. */
  async open(name: string): Promise<Result<OpenDocument, StoreFailure>> {
    const loading = this.#held.get(name) ?? this.#load(name);
    this.#held.set(name, loading);
    const held = await loading;
    if (!held.ok) {
      this.#held.delete(name);
      return held;
    }
    held.value.holders += 1;
    return ok(this.#handle(name, held.value));
  }

  isOpen(name: string): boolean {
    return this.#held.has(name);
  }

  /** Another tab, or the connection, stored rows of these documents: reads them into those that are open. */
  async catchUp(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const held = await this.#held.get(name);
      if (held?.ok !== true) continue;
      const loaded = await this.#options.log.load(name, held.value.upTo);
      if (!loaded.ok) continue;
      held.value.upTo = Math.max(held.value.upTo, loaded.value.upTo);
      held.value.loadedTo = Math.max(held.value.loadedTo, loaded.value.loadedTo);
      applyRows(held.value.doc, loaded.value.rows);
    }
  }

  /** Connects every open document again, after sharing or a new connection. */
  async attachAll(): Promise<void> {
    for (const [name, loading] of this.#held) {
      const held = await loading;
      if (held.ok) this.#attach(name, held.value);
    }
  }

  /** Forgets a document whose rows were taken away; whoever held it has to open it again. */
  async drop(name: string): Promise<void> {
    const held = await this.#held.get(name);
    this.#held.delete(name);
    if (held?.ok === true) close(held.value);
  }

  async close(): Promise<void> {
    for (const name of [...this.#held.keys()]) await this.drop(name);
  }

  async #load(name: string): Promise<Result<Held, StoreFailure>> {
    const loaded = await this.#options.log.load(name);
    if (!loaded.ok) return loaded;
    const doc = newDocument();
    applyRows(doc, loaded.value.rows);
    const { log, onrow } = this.#options;
    const stop = onTyped(doc, (bytes) => onrow(log.append(name, bytes)));
    const { upTo, loadedTo } = loaded.value;
    const held: Held = { doc, upTo, loadedTo, holders: 0, attachment: null, stop };
    this.#attach(name, held);
    return ok(held);
  }

  #attach(name: string, held: Held): void {
    held.attachment?.detach();
    held.attachment = this.#options.attach(name, held.doc, held.loadedTo);
  }

  #handle(name: string, held: Held): OpenDocument {
    let released = false;
    return {
      name,
      doc: held.doc,
      get presence() {
        return held.attachment?.presence ?? null;
      },
      incomplete: () => isIncomplete(held.doc),
      release: () => {
        if (released) return;
        released = true;
        held.holders -= 1;
        if (held.holders === 0) void this.drop(name);
      },
    };
  }
}

function close(held: Held): void {
  held.stop();
  held.attachment?.detach();
  held.doc.destroy();
}
