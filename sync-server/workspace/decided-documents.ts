/** The documents that only the server writes: what was decided, as updates to append. */
import * as Y from 'yjs';
import { applyWrites } from '#lib/documents/apply-writes.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { updatesOf } from '#lib/documents/replica.ts';
import { updateChecksum } from '#lib/documents/update-row.ts';
import type { DocumentWrite } from '#lib/governance/writes.ts';
import type { IncomingRow, Storage } from '../storage/storage.ts';
import { DECIDER } from '../update/client-binding.ts';
import { rangesOf } from '../update/read-update.ts';

interface DecidedDocument {
  readonly doc: Y.Doc;
  readonly incarnation: string;
}

/** Documents kept in memory between decisions; the one used longest ago goes first. */
const KEPT = 24;
const PAGE_BYTES = 4 * 1024 * 1024;

export class DecidedDocuments {
  readonly #workspace: string;
  readonly #storage: Storage;
  readonly #newId: () => string;
  readonly #kept = new Map<string, DecidedDocument>();

  constructor(workspace: string, storage: Storage, newId: () => string) {
    this.#workspace = workspace;
    this.#storage = storage;
    this.#newId = newId;
  }

  /**
   * The rows that follow from the writes. The documents in memory have them from now on: `forget` them when the rows
   * could not be committed.
   */
  async rowsOf(writes: readonly DocumentWrite[], receivedAt: number): Promise<readonly IncomingRow[]> {
    const rows: IncomingRow[] = [];
    for (const [name, ofDocument] of Map.groupBy(writes, ({ document }) => document)) {
      const { doc, incarnation } = await this.#document(name);
      for (const bytes of updatesOf(doc, () => applyWrites(doc, ofDocument))) {
        rows.push(this.#rowOf(name, incarnation, bytes, receivedAt));
      }
    }
    return rows;
  }

  forget(): void {
    for (const { doc } of this.#kept.values()) doc.destroy();
    this.#kept.clear();
  }

  async #document(name: string): Promise<DecidedDocument> {
    const document = this.#kept.get(name) ?? (await this.#load(name));
    this.#kept.delete(name);
    this.#kept.set(name, document);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) {
      this.#kept.get(oldest)?.doc.destroy();
      this.#kept.delete(oldest);
    }
    return document;
  }

  async #load(name: string): Promise<DecidedDocument> {
    const head = await this.#storage.head(this.#workspace, name);
    const doc = newDocument();
    for (let after = 0; head !== null && after < head.head;) {
      const page = await this.#storage.rows(this.#workspace, name, after, PAGE_BYTES);
      const last = page.rows.at(-1);
      if (last === undefined) throw new Error(`${name} is damaged at ${page.damagedAt ?? after}`);
      for (const { bytes } of page.rows) Y.applyUpdate(doc, bytes);
      after = last.seq;
    }
    // Everything ever written under its client id is here, so the decider goes on with it: every further id would make
    // each transaction on every device a little slower.
    const [client] = (await this.#storage.clocks(this.#workspace, name)).keys();
    if (client !== undefined) doc.clientID = client;
    return { doc, incarnation: head?.incarnation ?? this.#newId() };
  }

  #rowOf(document: string, incarnation: string, bytes: Uint8Array, receivedAt: number): IncomingRow {
    const ranges = rangesOf(bytes);
    if (!ranges.ok) throw new Error('the decider made an update that cannot be read');
    return {
      workspace: this.#workspace,
      document,
      incarnation,
      key: this.#newId(),
      bytes,
      checksum: updateChecksum(bytes, 'v1'),
      author: DECIDER,
      ranges: ranges.value,
      receivedAt,
      // The decider's own rows are not asked for it.
      epoch: 0,
    };
  }
}
