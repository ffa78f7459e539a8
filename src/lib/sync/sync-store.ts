/** What sync needs from the place where a device keeps its workspace. The store implements it; tests have one in memory. */
import type { Result } from '#lib/domain/result.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import type { ClientBinding, NackReason } from './protocol.ts';

export interface SyncStore {
  /** How far each document has been received. Documents the server never named are not in it. */
  heads(): Promise<ReadonlyMap<string, Cursor>>;
  /** Rows the server has not acknowledged, in the order they were typed; rows not flushed to disk yet are in it. */
  unacknowledged(document: string): Promise<readonly UpdateRow[]>;
  documentsWithUnacknowledged(): Promise<readonly string[]>;
  /** Rows of the server's log after a number, in its order: what a page that stopped reading there has missed. */
  durable(document: string, after: number): Promise<readonly UpdateRow[]>;
  /**
   * Keeps what came from the server, each row once: one of its own that comes back, or numbers that are here already,
   * are known. Rejects when it could not be kept; then nothing has moved.
   */
  receive(document: string, received: Received): Promise<void>;
  /** These rows are on the server's disk: marks them durable. */
  acknowledge(document: string, acknowledged: Acknowledged): Promise<void>;
  /** Parks these rows and every later unacknowledged one of the document, with the reason. Nothing is thrown away. */
  reject(document: string, keys: readonly string[], reason: NackReason): Promise<void>;
  /**
   * The document begins anew on the server: drops what came from there, sets the cursor to 0 and parks unacknowledged
   * rows. Documents that only the decider writes drop those too: the server has made them again from the log.
   */
  reset(document: string, incarnation: string): Promise<void>;
  /**
   * The server went back to a copy that holds the first `common` rows of what is here: what this device typed after them
   * is unacknowledged again, what others typed is parked, unacknowledged rows stay.
   */
  carryOver(document: string, incarnation: string, common: number): Promise<void>;
  /** Commands without an answer, in the order they were given. */
  outbox(): Promise<readonly GivenCommand[]>;
  answered(commandId: string, answer: Answer): Promise<void>;
}

export interface Cursor {
  readonly incarnation: string;
  /** The unbroken run of the document's log that is here, received or acknowledged, ends with this number. */
  readonly cursor: number;
}

export interface Received {
  readonly incarnation: string;
  readonly rows: readonly ReceivedRow[];
  /** Members whose Yjs client ids wrote first in these rows. */
  readonly clients: readonly ClientBinding[];
}

/** Bytes exactly as they came, in Yjs's first encoding; `first` is less than `seq` when the server merged several. */
interface ReceivedRow {
  readonly first: number;
  readonly seq: number;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

export interface Acknowledged {
  readonly incarnation: string;
  readonly rows: readonly { readonly key: string; readonly seq: number }[];
}

/** What the decider said to a command. No events: what was asked stood already. */
export type Answer = Result<readonly DecisionEvent[], Refusal>;
