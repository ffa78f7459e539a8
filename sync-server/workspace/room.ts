/** One workspace while somebody is connected to it. */
import type { Head } from '#lib/sync/protocol.ts';
import type { Storage } from '../storage/storage.ts';
import type { Commit } from './committer.ts';
import { OpenDocument } from './open-document.ts';

/** A connection that wants to hear which documents changed. */
export interface Visitor {
  /** Documents that changed and that it does not have open. */
  changed(heads: readonly Head[]): void;
}

/** Changes are told together, less often the more there are to tell: with 2,000 connections every other second. */
const TELL_EVERY_MS = 200;
/** While there is too much to do: later, but told. */
const TELL_LATE_MS = 5000;

export class Room {
  readonly workspace: string;
  readonly #storage: Storage;
  readonly #newId: () => string;
  readonly #isLate: () => boolean;
  readonly #visitors = new Set<Visitor>();
  /** Documents that somebody has open or is opening, and how many. */
  readonly #documents = new Map<string, { readonly opening: Promise<OpenDocument>; claims: number }>();
  readonly #open = new Map<string, OpenDocument>();
  readonly #changed = new Map<string, Head>();
  /** Where documents got to while they were being loaded. */
  readonly #overtaken = new Map<string, Head>();
  #telling: NodeJS.Timeout | null = null;

  constructor(workspace: string, storage: Storage, newId: () => string, isLate: () => boolean) {
    this.workspace = workspace;
    this.#storage = storage;
    this.#newId = newId;
    this.#isLate = isLate;
  }

  get isEmpty(): boolean {
    return this.#visitors.size === 0 && this.#documents.size === 0;
  }

  enter(visitor: Visitor): void {
    this.#visitors.add(visitor);
  }

  leave(visitor: Visitor): void {
    this.#visitors.delete(visitor);
    if (this.#visitors.size > 0 || this.#telling === null) return;
    clearTimeout(this.#telling);
    this.#telling = null;
  }

  /** The document, the same one for everybody who has it open. Whoever asks calls `release` once, in the end. */
  document(name: string): Promise<OpenDocument> {
    const claimed = this.#documents.get(name) ?? { opening: this.#load(name), claims: 0 };
    this.#documents.set(name, claimed);
    claimed.claims += 1;
    claimed.opening.catch(() => this.#documents.delete(name));
    return claimed.opening;
  }

  /** Forgets the document when nobody has it open any more. */
  release({ name }: OpenDocument): void {
    const claimed = this.#documents.get(name);
    if (claimed === undefined) return;
    claimed.claims -= 1;
    if (claimed.claims > 0) return;
    this.#documents.delete(name);
    this.#open.delete(name);
  }

  /** Rows of this workspace that were just committed, in order. */
  committed(commits: readonly Commit[]): void {
    for (const [name, ofDocument] of Map.groupBy(commits, ({ row }) => row.document)) {
      const last = ofDocument.at(-1);
      if (last === undefined) continue;
      const head = { document: name, incarnation: last.row.incarnation, head: last.seq };
      this.#changed.set(name, head);
      const open = this.#open.get(name);
      if (open !== undefined) open.committed(ofDocument);
      else if (this.#documents.has(name)) this.#overtaken.set(name, head);
    }
    if (this.#visitors.size === 0) this.#changed.clear();
    else this.#telling ??= setTimeout(() => this.#tell(), this.#pauseMs());
  }

  /** Tells one of them now what the others will hear with the rest. */
  tellNow(visitor: Visitor): void {
    if (this.#changed.size > 0) visitor.changed([...this.#changed.values()]);
  }

  #pauseMs(): number {
    return this.#isLate() ? TELL_LATE_MS : Math.max(TELL_EVERY_MS, this.#visitors.size);
  }

  async #load(name: string): Promise<OpenDocument> {
    const stored = await this.#storage.head(this.workspace, name);
    const head = this.#overtaken.get(name) ?? stored;
    this.#overtaken.delete(name);
    // A document that does not exist yet begins with the first row somebody sends, under this incarnation.
    const document = new OpenDocument(name, head?.incarnation ?? this.#newId(), head?.head ?? 0);
    this.#open.set(name, document);
    return document;
  }

  #tell(): void {
    this.#telling = null;
    const heads = [...this.#changed.values()];
    this.#changed.clear();
    for (const visitor of this.#visitors) visitor.changed(heads);
  }
}
