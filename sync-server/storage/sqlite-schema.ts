/** The tables of the SQLite storage, and how its file is opened: by one process, every commit on the disk. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asTrouble } from './sqlite-transaction.ts';

/** `state` is `founding` until the whole decision log has arrived. `seq` numbers start at 1. */
const TABLES = `
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

/** `maxPages` bounds the file, as a full disk would. */
export function openDatabase(file: string, maxPages?: number): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  try {
    // Exclusive: a second server on this file is refused by the operating system's lock, also after a crash.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
    db.exec(TABLES);
    db.exec(`DELETE FROM workspaces WHERE state = 'founding'`);
    return db;
  } catch (cause) {
    db.close();
    throw asTrouble(cause);
  }
}
