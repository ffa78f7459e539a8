/** What `connectSync` is given and gives back. */
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Device } from './device.ts';
import type { NackReason } from './protocol.ts';
import type { SyncStatus } from './status.ts';
import type { SyncStore } from './sync-store.ts';

export interface SyncOptions {
  /** Address of the server's wire: `wss://host/sync`. */
  readonly url: string;
  readonly workspace: string;
  readonly device: Device;
  /** Version of the app, for the server's log. */
  readonly app: string;
  /** The token of an invitation, while this device is not a member yet. Keeping it in later is harmless. */
  readonly token?: string;
  /** The decision log of a workspace founded on this device, when it is to be shared. Harmless once it is. */
  readonly share?: { readonly log: () => Promise<readonly LogEntry[]> };
  readonly store: SyncStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0 up to, not including, 1. */
  readonly random: () => number;
  readonly WebSocket?: typeof WebSocket;
  /** Whether the page is seen and the device has a network: hints for when to try, never for what to claim. */
  readonly surroundings?: Surroundings;
  readonly onstatus: (status: SyncStatus) => void;
  /** The server's welcome: who this device is, and the server's clock (ISO). */
  readonly onwelcome?: (welcome: { readonly member: string; readonly founder: string; readonly time: string }) => void;
  /** What this device shows over HTTP instead of proving its key: again each time before it is over. */
  readonly onaccess?: (access: { readonly token: string; readonly expiresAt: string }) => void;
  /** Rows of others, after the store has kept them. */
  readonly ondata?: (document: string, updates: readonly Uint8Array[]) => void;
  /** The document must be closed and built again from the store: rows were refused, or it begins anew on the server. */
  readonly onrebuild?: (document: string, why: NackReason | 'incarnation') => void;
  /** What cannot happen did: for the log of the page. */
  readonly onfault?: (fault: unknown) => void;
}

export interface Surroundings {
  readonly visible: () => boolean;
  readonly online: () => boolean;
  /** Calls back when either may have changed; returns how to stop. */
  readonly onchange: (callback: () => void) => () => void;
}

export interface SyncConnection {
  readonly status: SyncStatus;
  /** Connects now instead of at `retryAt`. */
  tryNow(): void;
  /** A row that the store just appended: sent at once, flushed to disk or not. */
  push(row: UpdateRow): void;
  /** Rows of the document that the server has were found damaged on the disk: they are asked for again. */
  fetchAgain(document: string): void;
  /** A command that was just put into the outbox. */
  give(given: GivenCommand): void;
  /**
   * The socket class for an unmodified y-websocket `WebsocketProvider` of one document. `loadedTo` is the last server
   * number that was applied to its Y.Doc: what came after it is replayed from the store.
   */
  socketFor(document: string, loadedTo: number): typeof WebSocket;
  /** Resolves when the socket is closed; nothing calls back afterwards. */
  close(): Promise<void>;
}
