/** All that a person has in a workspace on this device, for an export: also when the disk fails, and what waits in memory. */
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import {
  databaseNamed,
  type Database,
  type OutboxCommand,
  type ParkedRow,
  type StoredReceipt,
  type StoredRow,
} from './database.ts';
import { failureOf, type StoreFailure } from './failure.ts';
import type { UpdateLog } from './update-log.ts';

export interface Everything {
  /** In the order of arrival; rows that only memory holds come last. */
  readonly rows: readonly UpdateRow[];
  /** Rows a server refused, and damaged ones: not part of any document, and not lost. */
  readonly parked: readonly ParkedRow[];
  readonly damaged: readonly UpdateRow[];
  readonly log: readonly LogEntry[];
  readonly commands: readonly GivenCommand[];
  readonly receipts: readonly StoredReceipt[];
  /** What could not be read, and why: the export says that it is not whole. */
  readonly unread: readonly { readonly part: string; readonly why: StoreFailure }[];
}

/** Reads every part on its own, so that one that fails takes no other along. (S18) */
export async function everythingIn(log: UpdateLog): Promise<Everything> {
  const database = await openedToRead(log.database);
  const unread: { part: string; why: StoreFailure }[] = [];
  async function read<T>(part: string, reading: () => Promise<T[]>): Promise<T[]> {
    try {
      return await reading();
    } catch (thrown) {
      unread.push({ part, why: failureOf(thrown) });
      return [];
    }
  }
  // Before the disk is read: a row that is written meanwhile is found in one place or in both, never in none.
  const { held } = log;
  const stored = await read('updates', () => database.updates.toArray());
  const keys = new Set(stored.map((row) => row.key));
  const everything = {
    rows: [...stored.map(asTyped), ...held.filter((row) => !keys.has(row.key))],
    parked: await read('parked', () => database.parked.toArray()),
    damaged: (await read('quarantine', () => database.quarantine.toArray())).map(({ row }) => asTyped(row)),
    log: await read('log', () => database.log.toArray()),
    commands: (await read('outbox', () => database.outbox.toArray())).map(({ given }) => given),
    receipts: await read('receipts', () => database.receipts.toArray()),
    unread,
  };
  if (database !== log.database) database.close();
  return everything;
}

/** A database that was closed, or has been upgraded by a newer app, is opened once more and only read. */
async function openedToRead(database: Database): Promise<Database> {
  if (database.isOpen()) return database;
  const reading = databaseNamed(database.name);
  try {
    await reading.open();
  } catch {
    // What cannot be opened fails again at every read, which says what is missing and why.
  }
  return reading;
}

/** Fills an empty database with what an export held; all rows start unacknowledged, as in a new workspace. (S18) */
export async function restoreEverything(database: Database, everything: Everything): Promise<void> {
  const { updates, parked, log, outbox, receipts } = database;
  await database.transaction('rw', updates, parked, log, outbox, receipts, async () => {
    await updates.bulkAdd(everything.rows.map(unsent) as StoredRow[]);
    await parked.bulkAdd([...everything.parked]);
    await log.bulkAdd([...everything.log]);
    await outbox.bulkAdd(
      everything.commands.map((given) => ({ id: given.id, given, refusal: null })) as OutboxCommand[],
    );
    await receipts.bulkAdd(everything.receipts.map((receipt) => ({ ...receipt, sent: 0 as const })));
  });
}

function asTyped({ number: _number, firstSeq: _firstSeq, ...row }: StoredRow): UpdateRow {
  return row;
}

function unsent(row: UpdateRow): Omit<StoredRow, 'number'> {
  return { ...row, state: 'unacknowledged', serverSeq: null, firstSeq: null };
}
