/**
 * What a y-websocket provider takes for its WebSocket: one document's share of the one real socket. It is open while
 * the document's channel is, so the provider's own reconnecting, status and presence clean-up work as they are.
 */
import {
  presenceFrame,
  readProviderFrame,
  readStates,
  syncedFrame,
  updateFrame,
  writeStates,
} from './provider-frames.ts';
import type { PresenceState } from './provider-frames.ts';

/** The document's side: who hands out what the provider asks for. */
export interface Exchange {
  attach(socket: VirtualSocket): void;
  detach(socket: VirtualSocket): void;
  /** The provider wants what its document misses. */
  replay(socket: VirtualSocket): void;
  present(states: Uint8Array): void;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
/** A little less often than the server allows, so that the last word is never the one too many. */
const PRESENCE_EVERY_MS = 300;
const LOST = 1006;
/** In the range after which the provider does not come back by itself. */
const OUTDATED = 4410;

export class VirtualSocket {
  readonly OPEN = OPEN;
  binaryType = 'arraybuffer';
  readyState = CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  /** Whether rows are handed over as they come: from its first sync request on. */
  isReplayed = false;
  readonly #exchange: Exchange;
  readonly #strangers = new Set<number>();
  readonly #own = new Map<number, PresenceState>();
  #presenting: ReturnType<typeof setTimeout> | null = null;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    // The provider sets its handlers after this constructor has returned.
    queueMicrotask(() => {
      if (this.readyState === CONNECTING) exchange.attach(this);
    });
  }

  send(data: Uint8Array | ArrayBuffer): void {
    if (this.readyState !== OPEN) return;
    const frame = readProviderFrame(data instanceof Uint8Array ? data : new Uint8Array(data));
    if (frame.kind === 'sync-request') this.#exchange.replay(this);
    if (frame.kind === 'presence') this.#present(frame.states);
  }

  close(): void {
    this.#end();
    this.#exchange.detach(this);
  }

  /** The document's channel is open. */
  opened(): void {
    if (this.readyState !== CONNECTING) return;
    this.readyState = OPEN;
    this.onopen?.();
  }

  update(bytes: Uint8Array): void {
    this.#deliver(updateFrame(bytes));
  }

  synced(): void {
    this.#deliver(syncedFrame());
  }

  presence(states: Uint8Array): void {
    for (const { client } of readStates(states)) if (!this.#own.has(client)) this.#strangers.add(client);
    this.#deliver(presenceFrame(states));
  }

  /** The provider gives up a socket that is silent for 30 s; this says nothing, but says it. */
  stayAlive(): void {
    this.#deliver(presenceFrame(writeStates([])));
  }

  /**
   * The channel is gone; a socket that is still waiting for one goes on waiting. Outdated: the document must be built
   * again, so the provider is not to come back.
   */
  lost(isOutdated: boolean): void {
    if (this.readyState === CLOSED || (this.readyState === CONNECTING && !isOutdated)) return;
    this.#end();
    this.onclose?.({ code: isOutdated ? OUTDATED : LOST, reason: '' });
  }

  /** Passes on what the provider says of its own client; of others it only repeats what it was told. */
  #present(states: readonly PresenceState[]): void {
    for (const state of states) if (!this.#strangers.has(state.client)) this.#own.set(state.client, state);
    if (this.#own.size === 0) return;
    this.#presenting ??= setTimeout(() => this.#flushPresence(), PRESENCE_EVERY_MS);
    // Somebody who leaves is not there any more to send it later.
    if (states.some(({ state }) => state === 'null')) this.#flushPresence();
  }

  #flushPresence(): void {
    if (this.#presenting !== null) clearTimeout(this.#presenting);
    this.#presenting = null;
    if (this.readyState === OPEN) this.#exchange.present(writeStates([...this.#own.values()]));
  }

  #deliver(data: ArrayBuffer): void {
    if (this.readyState === OPEN) this.onmessage?.({ data });
  }

  #end(): void {
    this.readyState = CLOSED;
    if (this.#presenting !== null) clearTimeout(this.#presenting);
    this.#presenting = null;
  }
}
