/** Storage for many servers: one PostgreSQL database, the only record. */
import type { Pool } from 'pg';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { Head as LogHead, LogEntry } from '#lib/governance/decision-log.ts';
import type { StorageWithAccounts } from '../accounts/account-storage.ts';
import { accountsOf } from '../accounts/postgres-accounts.ts';
import type { FileStorage } from '../files/file-storage.ts';
import { filesOf } from '../files/postgres-files.ts';
import { appendInOrder } from './append-in-order.ts';
import { auditOf } from './postgres-audit.ts';
import { Batch } from './postgres-batch.ts';
import { compactDocument, compactionOf, emptyDocument } from './postgres-compaction.ts';
import { commitDecision } from './postgres-decisions.ts';
import { documentsOf } from './postgres-documents.ts';
import { hashesOf } from './postgres-leaves.ts';
import { LOG_HEAD } from './postgres-log.ts';
import { membersOf } from './postgres-members.ts';
import { changesSince, positionOf } from './postgres-position.ts';
import type { Changes } from './postgres-position.ts';
import { migrate } from './postgres-schema.ts';
import { ask, openPool, transact, transactIfOk } from './postgres-transaction.ts';
import type { DecisionCommit, GivenAnswer, Seal } from './storage.ts';

/** A storage that other servers write into as well. */
export interface SharedStorage extends StorageWithAccounts {
  readonly files: FileStorage;
  /** The name under which servers of this database meet elsewhere. */
  readonly channel: string;
  /** The number of the last change of a workspace. */
  position(workspace: string): Promise<number>;
  /** What happened since the numbers given, in those workspaces where something did. */
  changes(since: ReadonlyMap<string, number>): Promise<readonly Changes[]>;
}

/** Connects, and brings the tables forward. `ontrouble` hears of idle connections that broke. */
export async function openPostgres(url: string, ontrouble: (cause: Error) => void): Promise<SharedStorage> {
  const pool = openPool(url, ontrouble);
  try {
    await migrate(pool);
    const [installation] = await ask<{ channel: string }>(pool, 'SELECT channel FROM installation', []);
    return storageOf(pool, installation?.channel ?? '');
  } catch (cause) {
    await pool.end();
    throw cause;
  }
}

function storageOf(pool: Pool, channel: string): SharedStorage {
  return {
    accounts: accountsOf(pool),
    files: filesOf(pool),
    channel,
    ...membersOf(pool),
    ...documentsOf(pool),
    append: (rows) => {
      const workspaces = rows.map(({ workspace }) => workspace);
      return transact(pool, workspaces, async (session) => {
        const batch = await Batch.load(session, workspaces, rows);
        const appended = appendInOrder(rows, (row) => batch.appendTheirs(row));
        await batch.write(session);
        return appended;
      });
    },
    compact: (workspace, document) => compactDocument(pool, workspace, document),
    reincarnate: (workspace, document, incarnation, rows) =>
      transact(pool, [workspace, compactionOf(workspace, document)], async (session) => {
        await emptyDocument(session, workspace, document, incarnation);
        const batch = await Batch.load(session, [workspace], rows);
        for (const row of rows) batch.appendOwn(row);
        await batch.write(session, { workspace, nextEpoch: false, entries: [] });
      }),
    logHead: async (workspace) => (await ask<LogHead>(pool, LOG_HEAD, [workspace], 'log-head'))[0] ?? EMPTY_LOG,
    log: async (workspace, after, limit) => {
      const entries = await ask<{ entry: string }>(pool, LOG, [workspace, after, limit], 'log');
      return entries.map(({ entry }) => JSON.parse(entry) as LogEntry);
    },
    answer: async (workspace, command) =>
      (await ask<GivenAnswer>(pool, ANSWER, [workspace, command], 'answer'))[0] ?? null,
    commitDecision: (decision) => transactIfOk(pool, turnsOf(decision), (session) => commitDecision(session, decision)),
    epoch: async (workspace) => (await ask<{ epoch: number }>(pool, EPOCH, [workspace], 'epoch'))[0]?.epoch ?? 0,
    sealOf: async (workspace, document) =>
      (await ask<Seal>(pool, SEAL_OF, [workspace, document], 'seal-of'))[0] ?? null,
    snapshot: async (workspace, hash) => {
      const [found] = await ask<{ bytes: Buffer }>(pool, SNAPSHOT, [workspace, hash]);
      return found === undefined ? null : new Uint8Array(found.bytes);
    },
    ...auditOf(pool),
    ...hashesOf(pool),
    probe: async () => {
      await ask(pool, 'INSERT INTO probes VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = probes.n + 1', []);
    },
    position: (workspace) => positionOf(pool, workspace),
    changes: (since) => changesSince(pool, since),
    close: () => pool.end(),
  };
}

/** Whoever lets a document begin anew takes its rows away, and waits for who merges them. */
function turnsOf({ workspace, renewals = [] }: DecisionCommit): readonly string[] {
  return [workspace, ...renewals.map(({ document }) => compactionOf(workspace, document))];
}

const LOG = 'SELECT entry FROM log WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3';
const ANSWER = 'SELECT member, answer FROM answers WHERE workspace = $1 AND command = $2';
const EPOCH = 'SELECT epoch FROM positions WHERE workspace = $1';
const SEAL_OF = 'SELECT document, head, hash FROM seals WHERE workspace = $1 AND document = $2';
const SNAPSHOT = 'SELECT bytes FROM snapshots WHERE workspace = $1 AND hash = $2';
