/** The device's database of one account and workspace: which tables there are and what stands in them. */
import { Dexie, type Table } from 'dexie';
import type { PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { Identified, Unreadable } from '#lib/documents/record-schema.ts';
import type { UndoStep } from '#lib/documents/undo-step.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import type { StoredChunk } from './chunk-codec.ts';
import { failureOf, type StoreFailure } from './failure.ts';
import type { ExpenseTrail } from './trail.ts';

/** An update row with its place on this device. */
export interface StoredRow extends UpdateRow {
  /** Order of arrival on this device, over all documents: 1, 2, 3 … A reader that sees a number sees all below it. */
  readonly number: number;
  /** First server number that the bytes hold; differs from `serverSeq` when rows were merged. Null when local. */
  readonly firstSeq: number | null;
}

/** What the device knows of a document as a whole. */
export interface StoredDocument {
  readonly name: string;
  /** The server's incarnation of it; null until a server was met. */
  readonly incarnation: string | null;
  /** Every server row up to here is on this device. */
  readonly cursor: number;
  /** Counts how often rows were taken away; whatever was derived under another epoch is derived afresh. */
  readonly epoch: number;
  /** Yjs clients of this device whose rows were merged with others: in such a row only they tell what is its own. */
  readonly ownClients?: readonly number[];
}

/** A command on its way to the decider, or back from it with a refusal that nobody has read yet. */
export interface OutboxCommand {
  readonly number: number;
  readonly id: string;
  readonly given: GivenCommand;
  readonly refusal: Refusal | null;
}

/** A row that the server refused, or that a server which started anew does not know: kept, shown, never sent. */
export interface ParkedRow {
  readonly key: string;
  readonly document: string;
  readonly row: UpdateRow;
  readonly reason: string;
}

/** A row whose bytes are no longer what was stored. */
interface QuarantinedRow {
  readonly number: number;
  readonly document: string;
  readonly row: StoredRow;
}

/** A receipt, by the hash of its content. */
export interface StoredReceipt {
  /** SHA-256 of `original`, hex. */
  readonly hash: string;
  /** Media type, from the content and not from the file's name. */
  readonly type: string;
  readonly size: number;
  /** Null once pruned to make room; the server has it. */
  readonly original: Uint8Array<ArrayBuffer> | null;
  readonly thumbnail: Uint8Array<ArrayBuffer> | null;
  /** 1 once a server has it, else 0 (booleans cannot be indexed). */
  readonly sent: 0 | 1;
  /** The inbox whose expense names it, where that is known. */
  readonly document?: string;
}

/** One step of somebody's undo history, and the order of their steps. */
export interface StoredUndoStep {
  readonly number: number;
  readonly owner: string;
  readonly step: UndoStep;
}

interface StoredUndo {
  readonly owner: string;
  /** Numbers of steps, oldest first. */
  readonly undo: readonly number[];
  readonly redo: readonly number[];
}

/** Who writes under a Yjs client id, as the server has bound it: the author that is shown. */
export interface ClientMember {
  readonly client: number;
  readonly member: string;
}

/** A budget line with its phases, as it stands in one version. */
export interface StoredLine {
  readonly document: string;
  readonly id: string;
  readonly version: string;
  readonly line: PlannedLine;
}

/** A driver as it stands in one version, kept among the lines it feeds. */
export interface StoredDriver {
  readonly document: string;
  readonly id: string;
  readonly version: string;
  readonly driver: PlannedDriver;
}

/** A record that others refer to by its id, from whatever document it stands in. */
export interface StoredReference {
  readonly document: string;
  readonly collection: string;
  readonly id: string;
  readonly record: Identified;
}

/** A key on which two people wrote without seeing each other, and nobody has resolved it. */
export interface StoredConflict {
  readonly document: string;
  readonly collection: string;
  readonly id: string;
  /** The empty text for the record itself. */
  readonly field: string;
}

/** How far a document has been projected, and what is known of it since. */
export interface Projection {
  readonly document: string;
  readonly epoch: number;
  /** Number of the last row that is in the projections. */
  readonly upTo: number;
  /** Whether updates wait for others that have not arrived: totals are not whole. */
  readonly isIncomplete: boolean;
  readonly unreadable: readonly Unreadable[];
}

/** Derived figures that are kept as a whole, each under a name. */
interface StoredFigures {
  readonly name: string;
  /** `PROJECTION_FORMAT` when they were written: those of another are as good as none. */
  readonly format: number;
  readonly figures: unknown;
}

export type Database = Dexie & {
  readonly updates: Table<StoredRow, number>;
  readonly documents: Table<StoredDocument, string>;
  readonly clients: Table<ClientMember, number>;
  readonly outbox: Table<OutboxCommand, number>;
  readonly parked: Table<ParkedRow, string>;
  readonly quarantine: Table<QuarantinedRow, number>;
  readonly receipts: Table<StoredReceipt, string>;
  readonly log: Table<LogEntry, number>;
  readonly chain: Table<{ readonly name: string; readonly remembered: RememberedChain }, string>;
  readonly undo: Table<StoredUndo, string>;
  readonly undoSteps: Table<StoredUndoStep, number>;
  readonly projections: Table<Projection, string>;
  readonly trails: Table<ExpenseTrail, string>;
  readonly columns: Table<StoredChunk, [document: string, index: number]>;
  readonly lines: Table<StoredLine | StoredDriver, [document: string, id: string]>;
  readonly reference: Table<StoredReference, [document: string, collection: string, id: string]>;
  readonly conflicts: Table<StoredConflict, [document: string, collection: string, id: string, field: string]>;
  readonly figures: Table<StoredFigures, string>;
};

const SCHEMA = 2;
/** Dexie multiplies the versions it is told by this, and would open a newer database without a word. */
const DEXIE_VERSION_FACTOR = 10;

/** What is the truth; everything in `DERIVED` can be made again from it. */
const KEPT = {
  updates: '++number, &key, document, [document+number], [state+document], [document+serverSeq+firstSeq]',
  documents: 'name',
  clients: 'client',
  outbox: '++number, &id',
  parked: 'key, document',
  quarantine: 'number, document',
  receipts: 'hash, sent',
  log: 'seq',
  chain: 'name',
  undo: 'owner',
  undoSteps: '++number, owner',
};

const DERIVED = {
  projections: 'document',
  trails: 'id, fingerprint, batchId, *documents',
  columns: '[document+index]',
  lines: '[document+id], version',
  reference: '[document+collection+id], collection',
  conflicts: '[document+collection+id+field]',
  figures: 'name',
};

export interface DatabaseEvents {
  /** Another tab has a newer app and wants to upgrade: this one lets go and has to reload. */
  readonly onreloadneeded?: () => void;
  /** The browser has deleted it while it was open. Nothing is written any more: a new one would be an empty one. */
  readonly ontakenaway?: () => void;
  /** Older tabs keep this one from upgrading: they have to be closed or reloaded. */
  readonly onblocked?: () => void;
}

/** The database of that name, not yet open. Opening it is refused as a value by `openDatabase`. */
export function databaseNamed(
  name: string,
  events: DatabaseEvents = {},
  durability: 'strict' | 'relaxed' = 'strict',
): Database {
  const database = new Dexie(name, { chromeTransactionDurability: durability, autoOpen: false }) as Database;
  database.version(SCHEMA).stores({ ...KEPT, ...DERIVED });
  database.on('versionchange', () => {
    database.close();
    events.onreloadneeded?.();
  });
  database.on('blocked', () => events.onblocked?.());
  database.on('populate', () => {
    if (!opened.has(database)) return;
    // Where the browser ends a connection, Dexie opens anew, and would make an empty database in place of the lost one.
    takenAway.add(database);
    events.ontakenaway?.();
    throw new Error(`${name} was deleted under the open app`);
  });
  return database;
}

/** Databases that were open before: whoever finds one of them missing has lost it. (S27) */
const opened = new WeakSet<Dexie>();
const takenAway = new WeakSet<Dexie>();

/** Opens it; refused where a newer version of the app has been, whose tables this one does not know. (S20) */
export async function openDatabase(database: Database): Promise<Result<Database, StoreFailure>> {
  if (takenAway.has(database)) return err({ kind: 'taken-away' });
  try {
    await database.open();
    opened.add(database);
    if (database.backendDB().version <= SCHEMA * DEXIE_VERSION_FACTOR) return ok(database);
    database.close();
    return err({ kind: 'reload-needed' });
  } catch (thrown) {
    return err(takenAway.has(database) ? { kind: 'taken-away' } : failureOf(thrown));
  }
}
