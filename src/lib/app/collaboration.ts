/**
 * Everything of an open workspace that writes: open documents, the decider, the line to the server. Loaded after the
 * first screen has been painted, because reading needs none of it.
 */
import { newDocument, type Doc } from '#lib/documents/new-document.ts';
import { onTyped } from '#lib/documents/replica.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { TabMessage } from '#lib/store/tabs.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { SyncConnection } from '#lib/sync/connection-options.ts';
import type { Sending } from '#lib/sync/receipt-queue.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import type { ChainWatch } from './audit/chain-watch.ts';
import type { Decider, Outcome } from './decider.ts';
import { OpenDocuments, type OpenDocument } from './open-documents.ts';
import type { ReceiptSending } from './receipt-sending.ts';
import type { Line, ServerLine, ServerRequest } from './server-line.ts';

export interface CollaborationHost {
  readonly log: UpdateLog;
  readonly onaccess: (access: { readonly token: string; readonly expiresAt: string }) => void;
  readonly onsync: (status: SyncStatus) => void;
  readonly onsending: (sending: ReadonlyMap<string, Sending>) => void;
  readonly onchain: (remembered: RememberedChain) => void;
  /** A document was built again: whoever shows it has to open it afresh. */
  readonly onreplaced: (document: string) => void;
  readonly onfault: (fault: unknown) => void;
}

export class Collaboration {
  readonly documents: OpenDocuments;
  readonly #host: CollaborationHost;
  /** Documents in which this page only ever adds records: they need not be loaded for it. */
  readonly #adding = new Map<string, Doc>();
  #line: ServerLine | null = null;
  #localDecider: Promise<Decider> | null = null;

  constructor(host: CollaborationHost) {
    this.#host = host;
    this.documents = new OpenDocuments({
      log: host.log,
      onrow: (row) => this.#line?.connection.push(row),
      attach: (name, doc, loadedTo) => this.#line?.attach(name, doc, loadedTo) ?? null,
    });
  }

  /** Null in a local workspace. */
  get line(): ServerLine | null {
    return this.#line;
  }

  /** The line to the server; null in a local workspace. */
  get connection(): SyncConnection | null {
    return this.#line?.connection ?? null;
  }

  /** Receipts on their way to the server and from it; null in a local workspace. */
  get receipts(): ReceiptSending | null {
    return this.#line?.receipts ?? null;
  }

  /** Asks the server over HTTP; null in a local workspace. */
  get request(): ServerRequest | null {
    return this.#line?.request ?? null;
  }

  /** The server's audit chain; null in a local workspace. */
  get chain(): ChainWatch | null {
    return this.#line?.chain ?? null;
  }

  /** Opens the line to the server; from then on the server decides. What speaks on it loads only where it is needed. */
  async connect(line: Line): Promise<void> {
    const { openServerLine } = await import('./server-line.ts');
    await closeLine(this.#line);
    this.#line = await openServerLine(line, {
      ...this.#host,
      onrebuild: (document) => void this.#rebuild(document),
    });
    await this.documents.attachAll();
  }

  /** Lets go of the line; this device decides again. */
  async disconnect(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    await closeLine(line);
    await this.documents.attachAll();
  }

  async give(given: GivenCommand): Promise<Outcome> {
    if (this.#line !== null) return this.#line.decider.give(given);
    this.#localDecider ??= import('./local-decider.ts').then(({ localDecider }) => localDecider(this.#host.log));
    return (await this.#localDecider).give(given);
  }

  /** Runs `work` on the loaded document; what it writes is on this device's disk within 50 ms. */
  async edit<T>(name: string, work: (doc: Doc) => T | Promise<T>): Promise<Result<T, StoreFailure>> {
    const opened = await this.documents.open(name);
    if (!opened.ok) return opened;
    try {
      return ok(await work(opened.value.doc));
    } finally {
      opened.value.release();
    }
  }

  /** The same for work that only adds records under new ids: the document is not loaded for it. */
  async add<T>(name: string, work: (doc: Doc) => T | Promise<T>): Promise<Result<T, StoreFailure>> {
    if (this.documents.isOpen(name)) return this.edit(name, work);
    return ok(await work(this.#addingTo(name)));
  }

  open(name: string): Promise<Result<OpenDocument, StoreFailure>> {
    return this.documents.open(name);
  }

  /** What this or another tab says of the database. */
  hear(message: TabMessage): void {
    if (message.kind === 'rows-added') void this.documents.catchUp(message.documents);
    if (message.kind === 'rows-taken') {
      void this.#rebuild(message.document);
      this.#line?.connection.fetchAgain(message.document);
    }
  }

  async close(): Promise<void> {
    await closeLine(this.#line);
    this.#line = null;
    for (const doc of this.#adding.values()) doc.destroy();
    this.#adding.clear();
    await this.documents.close();
  }

  #addingTo(name: string): Doc {
    const known = this.#adding.get(name);
    if (known !== undefined) return known;
    const doc = newDocument();
    onTyped(doc, (bytes) => {
      const row = this.#host.log.append(name, bytes);
      this.#line?.connection.push(row);
    });
    this.#adding.set(name, doc);
    return doc;
  }

  async #rebuild(document: string): Promise<void> {
    this.#adding.get(document)?.destroy();
    this.#adding.delete(document);
    await this.documents.drop(document);
    this.#host.onreplaced(document);
  }
}

async function closeLine(line: ServerLine | null): Promise<void> {
  line?.chain.close();
  await Promise.all([line?.connection.close(), line?.receipts.close()]);
}
