/** One workspace while somebody is connected to it. */
import type { Head } from '#lib/sync/protocol.ts';
import type { Storage } from '../storage/storage.ts';
import type { Commit } from './committer.ts';
import { OpenDocument } from './open-document.ts';
import type { Standing } from './standing.ts';

/** A connection that wants to hear which documents changed. */
export interface Visitor {
  /** Documents that changed and that it does not have open. */
  changed(heads: readonly Head[]): void;
  /** Who may do what has changed, or the day has. */
  stands(standing: Standing): void;
}

export interface RoomOptions {
  readonly workspace: string;
  readonly storage: Storage;
  readonly newId: () => string;
  readonly log: (line: string, cause?: unknown) => void;
  /** There is too much to do. */
  readonly isLate: () => boolean;
  /** Where this room meets those of other servers; null when there is one server only. */
  readonly elsewhere: Elsewhere | null;
}

/** The same workspace on other servers. */
export interface Elsewhere {
  /** Resolves when everything that others write from now on will be heard of. */
  readonly listening: () => Promise<void>;
  /** The document was opened here: whoever is in it elsewhere is to say so. */
  readonly opened: (document: string) => void;
  readonly present: (document: string, device: string, states: Uint8Array) => void;
}

/** Changes are told together, less often the more there are to tell: with 2,000 connections every other second. */
const TELL_EVERY_MS = 200;
/** While there is too much to do: later, but told. */
const TELL_LATE_MS = 5000;

export class Room {
  readonly workspace: string;
  readonly #options: RoomOptions;
  readonly #visitors = new Set<Visitor>();
  /** Documents that somebody has open or is opening, and how many. */
  readonly #documents = new Map<string, { readonly opening: Promise<OpenDocument>; claims: number }>();
  readonly #open = new Map<string, OpenDocument>();
  readonly #changed = new Map<string, Head>();
  /** Where documents got to while they were being loaded. */
  readonly #overtaken = new Map<string, Head>();
  /** Where documents end that visitors were told of, so that nobody hears of a change twice. */
  readonly #told = new Map<string, Head>();
  #telling: NodeJS.Timeout | null = null;

  constructor(options: RoomOptions) {
    this.workspace = options.workspace;
    this.#options = options;
  }

  get openDocuments(): IterableIterator<OpenDocument> {
    return this.#open.values();
  }

  get isEmpty(): boolean {
    return this.#visitors.size === 0 && this.#documents.size === 0;
  }

  /** Resolves when nothing that is written from now on will be missed here. */
  async listening(): Promise<void> {
    await this.#options.elsewhere?.listening();
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
  async document(name: string): Promise<OpenDocument> {
    const claimed = this.#documents.get(name) ?? { opening: this.#load(name), claims: 0 };
    this.#documents.set(name, claimed);
    claimed.claims += 1;
    const isLoaded = this.#open.has(name);
    try {
      const document = await claimed.opening;
      // Another server may have written since it was opened.
      if (isLoaded && this.#options.elsewhere !== null) await this.refresh(document);
      return document;
    } catch (cause) {
      if (this.#documents.get(name) === claimed) this.#let(name, claimed);
      throw cause;
    }
  }

  /** Looks whether the log goes further than was heard of here; resolves when what was found was handed on. */
  async refresh(document: OpenDocument): Promise<void> {
    const stored = await this.#options.storage.head(this.workspace, document.name);
    if (stored === null) return;
    if (stored.incarnation === document.incarnation) document.reaches(stored.head);
    else this.renew(document);
    await document.caughtUp;
  }

  /** Forgets the document when nobody has it open any more. */
  release(document: OpenDocument): void {
    const { name } = document;
    const claimed = this.#documents.get(name);
    if (claimed !== undefined && this.#open.get(name) === document) this.#let(name, claimed);
  }

  /** The document goes on as another one: everybody who has it open here opens it again. */
  renew(document: OpenDocument): void {
    const { name } = document;
    if (this.#open.get(name) !== document) return;
    this.#documents.delete(name);
    this.#open.delete(name);
    document.end();
  }

  /** Resolves when everything that is known to have been written was handed to those who have it open. */
  async caughtUp(): Promise<void> {
    await Promise.all([...this.#open.values()].map((document) => document.caughtUp));
  }

  /** The document, when somebody has it open here. */
  opened(name: string): OpenDocument | null {
    return this.#open.get(name) ?? null;
  }

  /** Rows of this workspace that were just committed, in order. */
  committed(commits: readonly Commit[]): void {
    for (const [name, ofDocument] of Map.groupBy(commits, ({ row }) => row.document)) {
      const last = ofDocument.at(-1);
      if (last === undefined) continue;
      this.#note({ document: name, incarnation: last.row.incarnation, head: last.seq });
      const open = this.#open.get(name);
      if (open === undefined || open.incarnation === last.row.incarnation) open?.committed(ofDocument);
      else this.renew(open);
    }
    this.#tellSoon();
  }

  /** Documents of this workspace that some server has written. */
  moved(heads: readonly Head[]): void {
    for (const head of heads) {
      const { document: name, incarnation } = head;
      const open = this.#open.get(name);
      if (open === undefined || open.incarnation === incarnation) open?.reaches(head.head);
      else this.renew(open);
      const told = this.#told.get(name);
      if (told?.incarnation !== incarnation || told.head < head.head) this.#note(head);
    }
    this.#tellSoon();
  }

  /** Before anything that was decided after it is written. */
  stands(standing: Standing): void {
    for (const visitor of [...this.#visitors]) visitor.stands(standing);
  }

  /** Tells one of them now what the others will hear with the rest. */
  tellNow(visitor: Visitor): void {
    if (this.#changed.size > 0) visitor.changed([...this.#changed.values()]);
  }

  #pauseMs(): number {
    return this.#options.isLate() ? TELL_LATE_MS : Math.max(TELL_EVERY_MS, this.#visitors.size);
  }

  async #load(name: string): Promise<OpenDocument> {
    const { workspace, storage, newId, log, elsewhere } = this.#options;
    await this.listening();
    const stored = await storage.head(workspace, name);
    const overtaken = this.#overtaken.get(name) ?? null;
    this.#overtaken.delete(name);
    const head = later(stored, overtaken);
    const document: OpenDocument = new OpenDocument({
      name,
      // A document that does not exist yet begins with the first row somebody sends, under this incarnation.
      incarnation: head?.incarnation ?? newId(),
      head: head?.head ?? 0,
      read: (after) => storage.rows(workspace, name, after, PAGE_BYTES),
      onpresent: (device, states) => elsewhere?.present(name, device, states),
      onfault: (cause) => log(`${name} could not be read.`, cause),
      ondamaged: () => this.renew(document),
    });
    this.#open.set(name, document);
    elsewhere?.opened(name);
    return document;
  }

  /** One of those who have it open lets go of it. */
  #let(name: string, claimed: { claims: number }): void {
    claimed.claims -= 1;
    if (claimed.claims > 0) return;
    this.#documents.delete(name);
    this.#open.get(name)?.end();
    this.#open.delete(name);
  }

  #note(head: Head): void {
    this.#changed.set(head.document, head);
    if (this.#documents.has(head.document) && !this.#open.has(head.document)) this.#overtaken.set(head.document, head);
  }

  #tellSoon(): void {
    if (this.#visitors.size === 0) this.#changed.clear();
    else if (this.#changed.size > 0) this.#telling ??= setTimeout(() => this.#tell(), this.#pauseMs());
  }

  #tell(): void {
    this.#telling = null;
    const heads = [...this.#changed.values()];
    this.#changed.clear();
    for (const head of heads) this.#told.set(head.document, head);
    for (const visitor of this.#visitors) visitor.changed(heads);
  }
}

const PAGE_BYTES = 1024 * 1024;

/** The one that is further on; what was read from storage tells the incarnation. */
function later(stored: Head | null, heard: Head | null): Head | null {
  if (stored === null || heard === null) return stored ?? heard;
  return heard.incarnation === stored.incarnation && heard.head > stored.head ? heard : stored;
}
