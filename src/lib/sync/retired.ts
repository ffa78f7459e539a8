/**
 * What must not be sent any more: it was typed on top of rows that the server refused, or into a document that began
 * anew. The page builds such documents again; what is typed before it has is parked with the rest.
 */
import * as Y from 'yjs';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { NackReason } from './protocol.ts';

export class Retired {
  readonly #clients = new Map<number, NackReason>();
  readonly #documents = new Map<string, NackReason>();

  /** The Yjs clients who wrote these updates write nothing more. */
  retireClients(updates: readonly Uint8Array[], reason: NackReason): void {
    for (const update of updates) {
      for (const client of Y.parseUpdateMeta(update).from.keys()) this.#clients.set(client, reason);
    }
  }

  /** Nothing of this document, until it has been built again. */
  retireDocument(document: string, reason: NackReason): void {
    this.#documents.set(document, reason);
  }

  builtAgain(document: string): void {
    this.#documents.delete(document);
  }

  /** Why the row must not be sent; null when it may. */
  reasonFor(row: UpdateRow): NackReason | null {
    const reason = this.#documents.get(row.document);
    if (reason !== undefined || this.#clients.size === 0) return reason ?? null;
    const [first] = [...Y.parseUpdateMeta(row.bytes).from.keys()].flatMap((client) => this.#clients.get(client) ?? []);
    return first ?? null;
  }
}
