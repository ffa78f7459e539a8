/** The default storage: one SQLite file in the data folder, embedded in the server's process. */
import { backup } from 'node:sqlite';
import { assert, err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { StorageWithAccounts } from '../accounts/account-storage.ts';
import { accountsIn } from '../accounts/sqlite-accounts.ts';
import { appendInOrder, isKept } from './append-in-order.ts';
import { InTurn } from './in-turn.ts';
import { answerOf } from './answer-of.ts';
import { AUDIT_MEANS, rowsAppended } from './audit-entries.ts';
import type { AuditMeans } from './audit-entries.ts';
import { auditIn } from './sqlite-audit.ts';
import { compactRows } from './sqlite-compaction.ts';
import { documentsIn } from './sqlite-documents.ts';
import { hashesIn } from './sqlite-leaves.ts';
import { membersIn, registerIn } from './sqlite-members.ts';
import { openDatabase } from './sqlite-database.ts';
import { sealsIn } from './sqlite-seals.ts';
import { asTrouble, attempt, transact, transactIfOk } from './sqlite-transaction.ts';
import type { Appended, DecisionCommit, IncomingRow } from './storage.ts';

/** Pages that a copy takes before whoever waits to write has a turn. */
const PAGES_AT_ONCE = 256;

interface SqliteOptions {
  /** Bounds the file, as a full disk would. */
  readonly maxPages?: number;
  readonly audit?: AuditMeans;
}

export interface SqliteStorage extends StorageWithAccounts {
  /** Copies everything as it stands at one moment to a file, while reading and writing go on. */
  copyTo(file: string): Promise<void>;
}

/** Opens or creates the file. Throws `StorageTrouble` of kind `locked` while another process has it. */
export function openSqlite(file: string, options: SqliteOptions = {}): SqliteStorage {
  const db = openDatabase(file, options.maxPages);
  const documents = documentsIn(db);
  const seals = sealsIn(db);
  const audit = auditIn(db, options.audit ?? AUDIT_MEANS);
  const hashes = hashesIn(db);
  const compacting = new InTurn();
  /** SQLite makes one copy at a time. */
  const copying = new InTurn();
  const appendOwn = (row: IncomingRow): Appended => documents.append(row, () => null);
  const appendTheirs = (row: IncomingRow): Appended => documents.append(row, seals.objection);
  const logHead = db.prepare('SELECT seq, hash FROM log WHERE workspace = ? ORDER BY seq DESC LIMIT 1');
  const log = db.prepare('SELECT entry FROM log WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?');
  const insertEntry = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?)');
  const answer = db.prepare('SELECT member, answer FROM answers WHERE workspace = ? AND command = ?');
  const insertAnswer = db.prepare('INSERT INTO answers VALUES (?, ?, ?, ?)');
  const redactEntry = db.prepare('UPDATE log SET entry = ? WHERE workspace = ? AND seq = ?');
  const redactAnswer = db.prepare('UPDATE answers SET answer = ? WHERE workspace = ? AND command = ?');
  const register = registerIn(db);
  const probe = db.prepare('INSERT INTO probes VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = n + 1');

  function headOf(workspace: string): { readonly seq: number; readonly hash: string } {
    const row = logHead.get(workspace);
    return row === undefined ? EMPTY_LOG : { seq: Number(row['seq']), hash: String(row['hash']) };
  }

  function commit(decision: DecisionCommit): Result<readonly Appended[], 'head-moved' | 'document-moved'> {
    const { workspace } = decision;
    if (headOf(workspace).hash !== decision.head.hash) return err('head-moved');
    for (const entry of decision.entries) insertEntry.run(workspace, entry.seq, entry.hash, JSON.stringify(entry));
    for (const one of decision.answers) insertAnswer.run(workspace, one.command, one.member, one.answer);
    for (const entry of decision.redactions ?? []) {
      redactEntry.run(JSON.stringify(entry), workspace, entry.seq);
      redactAnswer.run(answerOf(entry), workspace, entry.commandId);
    }
    for (const { document, incarnation } of decision.renewals ?? []) documents.empty(workspace, document, incarnation);
    const appended = decision.rows.map(appendOwn);
    assert(appended.every(isKept), 'what was decided is always kept');
    audit.write(workspace, decision.entries, rowsAppended(decision.rows, appended));
    for (const document of decision.unseals) seals.unseal(workspace, document);
    for (const seal of decision.seals) {
      const head = documents.head(workspace, seal.document)?.head ?? 0;
      if (head !== seal.head || !documents.isWhole(workspace, seal.document)) return err('document-moved');
      seals.seal(workspace, seal);
    }
    for (const joiner of decision.joiners) register(workspace, joiner);
    if (decision.nextEpoch) seals.nextEpoch(workspace);
    return ok(appended);
  }

  return {
    accounts: accountsIn(db),
    ...membersIn(db),
    heads: (workspace) => attempt(() => documents.heads(workspace)),
    head: (workspace, document) => attempt(() => documents.head(workspace, document)),
    rows: (workspace, document, after, maxBytes) => attempt(() => documents.rows(workspace, document, after, maxBytes)),
    clocks: (workspace, document) => attempt(() => documents.clocks(workspace, document)),
    append: (rows) =>
      attempt(() =>
        transact(db, () => {
          const appended = appendInOrder(rows, appendTheirs);
          const written = Map.groupBy(rowsAppended(rows, appended), ({ row }) => row.workspace);
          for (const [workspace, ofWorkspace] of written) audit.write(workspace, [], ofWorkspace);
          return appended;
        }),
      ),
    compact: (workspace, document) =>
      compacting.add(async () => {
        const id = documents.idOf(workspace, document);
        return id !== null && (await compactRows(db, id));
      }),
    reincarnate: (workspace, document, incarnation, rows) =>
      attempt(() =>
        transact(db, () => {
          documents.empty(workspace, document, incarnation);
          audit.write(workspace, [], rowsAppended(rows, rows.map(appendOwn)));
        }),
      ),
    logHead: (workspace) => attempt(() => headOf(workspace)),
    log: (workspace, after, limit) =>
      attempt(() => log.all(workspace, after, limit).map((row) => JSON.parse(String(row['entry'])) as LogEntry)),
    answer: (workspace, command) =>
      attempt(() => {
        const row = answer.get(workspace, command);
        return row === undefined ? null : { member: String(row['member']), answer: String(row['answer']) };
      }),
    commitDecision: (decision) => attempt(() => transactIfOk(db, () => commit(decision))),
    epoch: (workspace) => attempt(() => seals.epoch(workspace)),
    sealOf: (workspace, document) => attempt(() => seals.sealOf(workspace, document)),
    audit: (workspace, after, limit) => attempt(() => audit.page(workspace, after, limit)),
    auditHead: (workspace) => attempt(() => audit.head(workspace)),
    updateHashes: (workspace, document, first, last) =>
      attempt(() => {
        const id = documents.idOf(workspace, document);
        return id === null ? new Map() : hashes(id, first, last);
      }),
    eraseAudit: (workspace, seqs) => attempt(() => transact(db, () => audit.erase(workspace, seqs))),
    snapshot: (workspace, hash) => attempt(() => seals.snapshot(workspace, hash)),
    probe: () =>
      attempt(() => {
        transact(db, () => probe.run());
      }),
    copyTo: async (copy) => {
      await copying.add(() =>
        backup(db, copy, { rate: PAGES_AT_ONCE }).catch((cause: unknown) => {
          throw asTrouble(cause);
        }),
      );
    },
    close: async () => {
      await compacting.done();
      db.close();
    },
  };
}
