/** Who else has a document open, and where they are: sent along, seen by whoever is there, kept nowhere. */
import type * as Y from 'yjs';
import { WebsocketProvider } from 'y-websocket';
import type { SyncConnection } from './connection-options.ts';

export interface Presence {
  /** What the others see of this person here; null takes it back. Small: a few hundred bytes. */
  show(state: Readonly<Record<string, unknown>> | null): void;
  /** Everybody else's, as they sent it: unknown until read. */
  others(): readonly Peer[];
  /** Calls back when anything of it changed; returns how to stop. */
  onchange(callback: () => void): () => void;
}

interface Peer {
  readonly client: number;
  readonly state: unknown;
}

/** A document that is connected to the server while a page holds it open. */
export interface Attachment {
  readonly presence: Presence;
  detach(): void;
}

/**
 * Connects an open document. `loadedTo` is the last number of the server's log that was applied to `doc`. What is typed
 * reaches the server as the store's rows (`SyncConnection.push`), not through the provider.
 */
export function attachDocument(
  connection: Pick<SyncConnection, 'socketFor'>,
  document: string,
  doc: Y.Doc,
  loadedTo: number,
): Attachment {
  const provider = new WebsocketProvider('outlay:', document, doc, {
    WebSocketPolyfill: connection.socketFor(document, loadedTo),
    // Tabs of one device hear of each other through the store.
    disableBc: true,
  });
  return { presence: presenceOf(provider.awareness), detach: () => provider.destroy() };
}

/** Presence over the awareness of a document. */
export function presenceOf(awareness: WebsocketProvider['awareness']): Presence {
  return {
    show: (state) => awareness.setLocalState(state),
    others: () =>
      [...awareness.getStates()]
        .filter(([client]) => client !== awareness.clientID)
        .map(([client, state]) => ({ client, state })),
    onchange: (callback) => {
      awareness.on('change', callback);
      return () => awareness.off('change', callback);
    },
  };
}
