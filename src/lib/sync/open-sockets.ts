/** The virtual sockets of the documents that a page has open. They outlive connections. */
import type { VirtualSocket } from './virtual-socket.ts';

export class OpenSockets {
  readonly #byDocument = new Map<string, Set<VirtualSocket>>();

  /** The same set for as long as the page lives: what is added later is in it. */
  of(document: string): Set<VirtualSocket> {
    const sockets = this.#byDocument.get(document) ?? new Set();
    this.#byDocument.set(document, sockets);
    return sockets;
  }

  has(document: string): boolean {
    return (this.#byDocument.get(document)?.size ?? 0) > 0;
  }

  /** Documents that are open now. */
  documents(): readonly string[] {
    return [...this.#byDocument.keys()].filter((document) => this.has(document));
  }

  /** All that are open now. */
  all(): readonly VirtualSocket[] {
    return [...this.#byDocument.values()].flatMap((sockets) => [...sockets]);
  }
}
