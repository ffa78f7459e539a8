/**
 * The tables of the SQLite storage, version by version. A file is brought forward one version at a time, each in one
 * transaction; a version that has been released never changes.
 */
import type { DatabaseSync } from 'node:sqlite';
import { ACCOUNT_TABLES } from '../accounts/sqlite-account-tables.ts';
import { transact } from './sqlite-transaction.ts';
import { StorageTrouble } from './storage.ts';

/** `state` is `founding` until the whole decision log has arrived. `seq` numbers start at 1. */
const VERSION_1 = `
  CREATE TABLE IF NOT EXISTS workspaces (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, founder TEXT NOT NULL, begun_at TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS devices (
    workspace TEXT NOT NULL, id TEXT NOT NULL, member TEXT NOT NULL, public_key BLOB NOT NULL, joined_at TEXT NOT NULL,
    link TEXT, PRIMARY KEY (workspace, id)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS links (
    workspace TEXT NOT NULL, id TEXT NOT NULL, token_hash TEXT NOT NULL, created_by TEXT NOT NULL,
    created_at TEXT NOT NULL, revoked_by TEXT, revoked_at TEXT, PRIMARY KEY (workspace, id)) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS links_by_token ON links (workspace, token_hash);

  CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, name TEXT NOT NULL, incarnation TEXT NOT NULL,
    head INTEGER NOT NULL) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS documents_by_name ON documents (workspace, name);
  CREATE TABLE IF NOT EXISTS rows (
    document INTEGER NOT NULL, seq INTEGER NOT NULL, first INTEGER NOT NULL, key TEXT NOT NULL, bytes BLOB NOT NULL,
    checksum INTEGER NOT NULL, gap INTEGER NOT NULL, member TEXT, device TEXT, received_at INTEGER,
    PRIMARY KEY (document, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS row_keys (
    document INTEGER NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (document, key)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS clients (
    document INTEGER NOT NULL, client INTEGER NOT NULL, member TEXT NOT NULL, device TEXT NOT NULL,
    clock INTEGER NOT NULL, beyond TEXT NOT NULL, first_seq INTEGER NOT NULL,
    PRIMARY KEY (document, client)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS clients_by_first_seq ON clients (document, first_seq);

  CREATE TABLE IF NOT EXISTS log (
    workspace TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL,
    PRIMARY KEY (workspace, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS answers (
    workspace TEXT NOT NULL, command TEXT NOT NULL, member TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (workspace, command)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS probes (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
`;

const VERSION_2 = `
  CREATE TABLE epochs (workspace TEXT PRIMARY KEY, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE seals (
    workspace TEXT NOT NULL, document TEXT NOT NULL, head INTEGER NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (workspace, document)) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshots (
    workspace TEXT NOT NULL, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (workspace, hash)) STRICT;
`;

const VERSION_4 = `
  CREATE TABLE audit (
    workspace TEXT NOT NULL, seq INTEGER NOT NULL, previous TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
    digest TEXT NOT NULL, hash TEXT NOT NULL, contents TEXT, PRIMARY KEY (workspace, seq)) STRICT, WITHOUT ROWID;
`;

/** What people came in by before there were invitations. */
const VERSION_5 = `
  DROP TABLE links;
  ALTER TABLE devices DROP COLUMN link;
`;

/** Hashes of updates that were merged away. */
const VERSION_6 = `
  CREATE TABLE leaves (
    document INTEGER NOT NULL, first INTEGER NOT NULL, hashes BLOB NOT NULL,
    PRIMARY KEY (document, first)) STRICT, WITHOUT ROWID;
`;

/** What turns version n into version n + 1, from version 0 on: an empty file, or one from before versions were noted. */
export const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, ACCOUNT_TABLES, VERSION_4, VERSION_5, VERSION_6];

/** Brings the file to the newest version. Whatever ends the process on the way leaves a version, whole. */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  db.exec('CREATE TABLE IF NOT EXISTS schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER) STRICT');
  const from = versionOf(db);
  if (from > migrations.length) {
    throw new StorageTrouble('too-new', new Error(`written by version ${from}, known are ${migrations.length}`));
  }
  for (const [version, statements] of migrations.entries()) {
    if (version < from) continue;
    transact(db, () => {
      db.exec(statements);
      db.prepare('INSERT OR REPLACE INTO schema_version VALUES (1, ?)').run(version + 1);
    });
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('SELECT version FROM schema_version').get()?.['version'] ?? 0);
}
