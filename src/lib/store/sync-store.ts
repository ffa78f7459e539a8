/** What the sync connection needs of the store: what to send, what came, what the server said to it. */
import * as Y from 'yjs';
import { isIntact, updateChecksum, type UpdateRow } from '#lib/documents/update-row.ts';
import type { Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import { carryOver } from './carry-over.ts';
import type { Database, StoredRow } from './database.ts';
import { answered, outboxToSend } from './outbox.ts';
import { park, restart, unacknowledgedRows } from './parked.ts';
import { acknowledge, receive, type Acknowledged, type Received } from './received.ts';
import { receiptsAgain } from './receipts.ts';
import type { UpdateLog } from './update-log.ts';

export interface SyncStore {
  /** How far each document is here, by name; documents that no server ever named are not in it. */
  heads(): Promise<ReadonlyMap<string, Cursor>>;
  /** A document's rows that the server has not acknowledged, in the order they were typed, spoken in V1. */
  unacknowledged(document: string): Promise<readonly UpdateRow[]>;
  documentsWithUnacknowledged(): Promise<readonly string[]>;
  /** Rows of the server's log after a number, in its order, spoken in V1. */
  durable(document: string, after: number): Promise<readonly UpdateRow[]>;
  /** Persists what came, before anyone applies it. Rejects when it could not be kept: then nothing moved. */
  receive(document: string, received: Received): Promise<void>;
  acknowledge(document: string, acknowledged: Acknowledged): Promise<void>;
  /** Parks these rows and every later unacknowledged one of the document. */
  reject(document: string, keys: readonly string[], reason: string): Promise<void>;
  /** The server began the document anew: durable rows go, unacknowledged ones are parked, all is pulled afresh. */
  reset(document: string, incarnation: string): Promise<void>;
  /** The server went back to a copy that has the first `common` rows: what it lost of ours is to be sent again. */
  carryOver(document: string, incarnation: string, common: number): Promise<void>;
  outbox(): Promise<readonly GivenCommand[]>;
  answered(commandId: string, answer: Result<readonly DecisionEvent[], Refusal>): Promise<void>;
}

interface Cursor {
  readonly incarnation: string;
  readonly cursor: number;
}

/** The store as the sync connection sees it; shaped after `SyncStore` of the sync floor, which may not be named here. */
export function syncStoreOf(log: UpdateLog): SyncStore {
  const { database } = log;
  return {
    heads: () => headsOf(database),
    unacknowledged: (document) => unacknowledgedOf(log, document),
    documentsWithUnacknowledged: () => documentsToSend(log),
    durable: (document, after) => durableOf(log, document, after),
    receive: (document, received) => receive(log, document, received),
    acknowledge: (document, acknowledged) => acknowledge(log, document, acknowledged),
    reject: (document, keys, reason) => park(log, document, keys, reason),
    reset: async (document, incarnation) => {
      await restart(log, document, incarnation);
      await receiptsAgain(database, document);
    },
    carryOver: async (document, incarnation, common) => {
      await carryOver(log, document, incarnation, common);
      await receiptsAgain(database, document);
    },
    outbox: () => outboxToSend(database),
    answered: async (commandId, answer) => {
      await answered(database, commandId, answer);
      log.tell({ kind: 'outbox-changed' });
    },
  };
}

async function headsOf(database: Database): Promise<ReadonlyMap<string, Cursor>> {
  const heads = new Map<string, Cursor>();
  for (const { name, incarnation, cursor } of await database.documents.toArray()) {
    if (incarnation !== null) heads.set(name, { incarnation, cursor });
  }
  return heads;
}

async function unacknowledgedOf(log: UpdateLog, document: string): Promise<UpdateRow[]> {
  await log.flush();
  const stored = await intact(log, document, await unacknowledgedRows(log.database, document));
  const keys = new Set(stored.map((row) => row.key));
  const held = log.heldRows(document).filter((row) => row.state === 'unacknowledged' && !keys.has(row.key));
  return [...stored, ...held].map(spokenInV1);
}

async function durableOf(log: UpdateLog, document: string, after: number): Promise<UpdateRow[]> {
  const stored = await log.database.updates
    .where('[document+serverSeq+firstSeq]')
    .between([document, after + 1], [document, Number.MAX_SAFE_INTEGER])
    .toArray();
  return (await intact(log, document, stored)).map(spokenInV1);
}

/** Never sends or applies bytes that are not those which were stored. (S5) */
async function intact(log: UpdateLog, document: string, rows: readonly StoredRow[]): Promise<readonly StoredRow[]> {
  const damaged = rows.filter((row) => !isIntact(row));
  if (damaged.length === 0) return rows;
  await log.setAside(document, damaged);
  return rows.filter((row) => !damaged.includes(row));
}

async function documentsToSend(log: UpdateLog): Promise<string[]> {
  const between = log.database.updates
    .where('[state+document]')
    .between(['unacknowledged', ''], ['unacknowledged', []]);
  const keys = (await between.uniqueKeys()) as unknown as [string, string][];
  const held = log.held.filter((row) => row.state === 'unacknowledged').map((row) => row.document);
  return [...new Set([...keys.map(([, document]) => document), ...held])];
}

/** The wire speaks V1 only; a V1 decoder reads V2 bytes as an empty document, without an error. (S6) */
function spokenInV1(row: UpdateRow): UpdateRow {
  if (row.format === 'v1') return row;
  const bytes = Y.convertUpdateFormatV2ToV1(row.bytes);
  return { ...row, bytes, format: 'v1', checksum: updateChecksum(bytes, 'v1') };
}
