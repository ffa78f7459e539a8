/** The documents this page holds open for editing: loaded from the store, kept current, shared by whoever asks. */
import { isIncomplete, newDocument, type Doc } from '#lib/documents/new-document.ts';
import { applyRows, onTyped } from '#lib/documents/replica.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { Attachment, Presence } from '#lib/sync/presence.ts';
import { DocumentPresence } from './document-presence.ts';

export interface OpenDocument {
  readonly name: string;
  readonly doc: Doc;
  /** Who else has it open: nobody in a local workspace. */
  readonly presence: Presence;
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
  attachment: Attachment | null;
  readonly presence: DocumentPresence;
  readonly stop: () => void;
}

/** One opening of a document, from the first who asks for it until the last lets go or it is dropped. */
interface Opening {
  readonly loading: Promise<Result<Held, StoreFailure>>;
  /** Counted from the moment they ask, so that nobody is handed a document that is being closed. */
  holders: number;
}

export class OpenDocuments {
  readonly #options: OpenDocumentsOptions;
  readonly #openings = new Map<string, Opening>();

  constructor(options: OpenDocumentsOptions) {
    this.#options = options;
  }

  /** The document of that name, loaded. Everybody who asks gets the same one. */
  async open(name: string): Promise<Result<OpenDocument, StoreFailure>> {
    const opening = this.#openings.get(name) ?? { loading: this.#load(name), holders: 0 };
    this.#openings.set(name, opening);
    opening.holders += 1;
    const held = await opening.loading;
    if (held.ok) return ok(this.#handle(name, opening, held.value));
    if (this.#openings.get(name) === opening) this.#openings.delete(name);
    return held;
  }

  isOpen(name: string): boolean {
    return this.#openings.has(name);
  }

  /** Another tab, or the connection, stored rows of these documents: reads them into those that are open. */
  async catchUp(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const held = await this.#openings.get(name)?.loading;
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
    for (const [name, { loading }] of this.#openings) {
      const held = await loading;
      if (held.ok) this.#attach(name, held.value);
    }
  }

  /** Forgets a document whose rows were taken away; whoever held it has to open it again. */
  async drop(name: string): Promise<void> {
    const opening = this.#openings.get(name);
    this.#openings.delete(name);
    const held = await opening?.loading;
    if (held?.ok === true) close(held.value);
  }

  async close(): Promise<void> {
    for (const name of [...this.#openings.keys()]) await this.drop(name);
  }

  async #load(name: string): Promise<Result<Held, StoreFailure>> {
    const loaded = await this.#options.log.load(name);
    if (!loaded.ok) return loaded;
    const doc = newDocument();
    applyRows(doc, loaded.value.rows);
    const { log, onrow } = this.#options;
    const stop = onTyped(doc, (bytes) => onrow(log.append(name, bytes)));
    const { upTo, loadedTo } = loaded.value;
    const held: Held = { doc, upTo, loadedTo, attachment: null, presence: new DocumentPresence(), stop };
    this.#attach(name, held);
    return ok(held);
  }

  #attach(name: string, held: Held): void {
    held.attachment?.detach();
    held.attachment = this.#options.attach(name, held.doc, held.loadedTo);
    held.presence.connect(held.attachment?.presence ?? null);
  }

  #handle(name: string, opening: Opening, held: Held): OpenDocument {
    let released = false;
    return {
      name,
      doc: held.doc,
      presence: held.presence,
      incomplete: () => isIncomplete(held.doc),
      release: () => {
        if (released) return;
        released = true;
        opening.holders -= 1;
        // It may have been dropped meanwhile, and opened anew by others.
        if (opening.holders === 0 && this.#openings.get(name) === opening) void this.drop(name);
      },
    };
  }
}

function close(held: Held): void {
  held.stop();
  held.attachment?.detach();
  held.presence.connect(null);
  held.doc.destroy();
}
