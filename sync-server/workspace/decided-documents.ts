/** The documents a decision rests on and writes: what was decided, as updates to append. */
import * as Y from 'yjs';
import { applyWrites } from '#lib/documents/apply-writes.ts';
import { contentOf, factOf } from '#lib/documents/content.ts';
import { renewedIncarnation } from '#lib/documents/incarnation.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { updatesOf } from '#lib/documents/replica.ts';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { contentHash, contentText } from '#lib/governance/approval/content.ts';
import type { DocumentFact, Facts } from '#lib/governance/approval/facts.ts';
import type { SealedDocument } from '#lib/governance/approval/request.ts';
import type { DocumentWrite } from '#lib/governance/document-write.ts';
import type { IncomingRow, NewSeal, Renewal, Storage } from '../storage/storage.ts';
import { DECIDER } from '../update/client-binding.ts';
import { rangesOf } from '../update/read-update.ts';

interface DecidedDocument {
  readonly doc: Y.Doc;
  readonly incarnation: string;
  /** Where its log ends with what was written here. */
  head: number;
  /** Members who wrote in it. */
  readonly authors: readonly string[];
}

export interface Renewed {
  readonly renewal: Renewal;
  readonly rows: readonly IncomingRow[];
}

/** An update without anything in it. */
const NOTHING = new Uint8Array([0, 0]);

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
      const document = await this.#document(name);
      for (const bytes of updatesOf(document.doc, () => applyWrites(document.doc, ofDocument))) {
        rows.push(this.#rowOf(name, document.incarnation, bytes, receivedAt));
        document.head += 1;
      }
    }
    return rows;
  }

  /**
   * The document as it is after the writes, as one that begins anew: nothing of what was in it before is in its rows. To
   * be `forget`ten likewise.
   */
  async renewed(name: string, writes: readonly DocumentWrite[], receivedAt: number): Promise<Renewed> {
    const { doc, authors } = await this.#document(name);
    applyWrites(doc, writes);
    const records = contentOf(name, doc);
    const fresh = newDocument();
    const puts = records.map(([collection, id, fields]) => {
      return { kind: 'put', document: name, collection, record: { ...(fields as object), id } } as const;
    });
    const updates = updatesOf(fresh, () => applyWrites(fresh, puts));
    if (contentHash(name, contentOf(name, fresh)) !== contentHash(name, records)) {
      throw new Error(`${name} could not be written anew`);
    }
    doc.destroy();
    const incarnation = renewedIncarnation(this.#newId());
    this.#kept.set(name, { doc: fresh, incarnation, head: updates.length, authors });
    const rows = updates.map((bytes) => this.#rowOf(name, incarnation, bytes, receivedAt));
    return { renewal: { document: name, incarnation }, rows };
  }

  /** The document as one that begins anew with nothing in it. */
  emptied(name: string, receivedAt: number): Renewed {
    this.#kept.get(name)?.doc.destroy();
    this.#kept.delete(name);
    const incarnation = renewedIncarnation(this.#newId());
    const rows = [this.#rowOf(name, incarnation, NOTHING, receivedAt)];
    return { renewal: { document: name, incarnation }, rows };
  }

  /** The documents as they are at their heads, for a decision that rests on their content. */
  async factsOf(names: readonly string[]): Promise<Facts> {
    const documents = new Map<string, DocumentFact>();
    for (const name of names) {
      const { doc, head, authors } = await this.#document(name);
      documents.set(name, factOf(name, doc, { head, authors }));
    }
    return { documents };
  }

  /** What is to be sealed, with the writes of this decision in it. */
  async sealsOf(seals: readonly SealedDocument[]): Promise<readonly NewSeal[]> {
    const found: NewSeal[] = [];
    for (const { document, hash } of seals) {
      const { doc, head } = await this.#document(document);
      const records = contentOf(document, doc);
      if (contentHash(document, records) !== hash) throw new Error(`${document} is not what was decided on`);
      found.push({ document, head, hash, snapshot: encoder.encode(contentText(document, records)) });
    }
    return found;
  }

  /** Lets go of the documents that others write in: they are to be read again. */
  freshen(): void {
    for (const [name, { doc }] of this.#kept) {
      if (isDecided(name)) continue;
      doc.destroy();
      this.#kept.delete(name);
    }
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
    const clients = new Map<number, string>();
    for (let after = 0; head !== null && after < head.head;) {
      const page = await this.#storage.rows(this.#workspace, name, after, PAGE_BYTES);
      const last = page.rows.at(-1);
      if (last === undefined) throw new Error(`${name} is damaged at ${page.damagedAt ?? after}`);
      for (const { bytes } of page.rows) Y.applyUpdate(doc, bytes);
      for (const { client, member } of page.clients) clients.set(client, member);
      after = last.seq;
    }
    // Everything ever written under its client id is here, so the decider goes on with it: every further id would make
    // each transaction on every device a little slower.
    const own = [...clients].find(([, member]) => member === DECIDER.member);
    if (own !== undefined) [doc.clientID] = own;
    const authors = [...new Set(clients.values())].filter((member) => member !== DECIDER.member);
    return { doc, incarnation: head?.incarnation ?? this.#newId(), head: head?.head ?? 0, authors };
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

/** Whether only the decider writes it, so that what is in memory stays current. */
function isDecided(name: string): boolean {
  return !name.startsWith('plan/');
}

const encoder = new TextEncoder();
