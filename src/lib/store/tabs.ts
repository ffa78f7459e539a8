/** How the tabs of one person on one device hear of each other's writes, and the projection worker of its page's. */

/** What one step of the projections wrote. */
export interface ProjectionStep {
  /** 1, 2, 3 … over the life of the database: whoever misses a number reads everything again. */
  readonly number: number;
  readonly chunks: readonly { readonly document: string; readonly index: number }[];
  readonly hasReference: boolean;
  /** Documents whose budget lines changed. */
  readonly lines: readonly string[];
}

export type TabMessage =
  /** Rows of these documents were added: read on from the number you know. */
  | { readonly kind: 'rows-added'; readonly documents: readonly string[] }
  /** Rows of this document were taken away (refused, damaged, a new incarnation): load it afresh. */
  | { readonly kind: 'rows-taken'; readonly document: string }
  | { readonly kind: 'outbox-changed' }
  /** A step of the projections is on disk. */
  | { readonly kind: 'projected'; readonly step: ProjectionStep };

export interface Tabs {
  /** Tells every other listener of this database, those in the same page included. */
  tell(message: TabMessage): void;
  close(): void;
}

/** Joins the conversation about the database of that name. */
export function joinTabs(database: string, onmessage: (message: TabMessage) => void): Tabs {
  const channel = new BroadcastChannel(`outlay:${database}`);
  channel.onmessage = (event: MessageEvent<TabMessage>) => onmessage(event.data);
  return {
    tell: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
