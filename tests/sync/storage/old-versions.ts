/** Database files as earlier versions of the server left them: their statements as they were, never brought up to date. */
import { DatabaseSync } from 'node:sqlite';
import { OLD_SECRET, OLD_SNAPSHOT, oldAudit, oldRows } from './old-content.ts';
import type { OldKinds } from './old-content.ts';

/** The statements that made each version out of the one before; the first was made before versions were noted. */
const STATEMENTS: readonly string[] = [
  `
  CREATE TABLE workspaces (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, founder TEXT NOT NULL, begun_at TEXT NOT NULL) STRICT;
  CREATE TABLE devices (
    workspace TEXT NOT NULL, id TEXT NOT NULL, member TEXT NOT NULL, public_key BLOB NOT NULL, joined_at TEXT NOT NULL,
    link TEXT, PRIMARY KEY (workspace, id)) STRICT, WITHOUT ROWID;
  CREATE TABLE links (
    workspace TEXT NOT NULL, id TEXT NOT NULL, token_hash TEXT NOT NULL, created_by TEXT NOT NULL,
    created_at TEXT NOT NULL, revoked_by TEXT, revoked_at TEXT, PRIMARY KEY (workspace, id)) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX links_by_token ON links (workspace, token_hash);

  CREATE TABLE documents (
    id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, name TEXT NOT NULL, incarnation TEXT NOT NULL,
    head INTEGER NOT NULL) STRICT;
  CREATE UNIQUE INDEX documents_by_name ON documents (workspace, name);
  CREATE TABLE rows (
    document INTEGER NOT NULL, seq INTEGER NOT NULL, first INTEGER NOT NULL, key TEXT NOT NULL, bytes BLOB NOT NULL,
    checksum INTEGER NOT NULL, gap INTEGER NOT NULL, member TEXT, device TEXT, received_at INTEGER,
    PRIMARY KEY (document, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE row_keys (
    document INTEGER NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (document, key)) STRICT, WITHOUT ROWID;
  CREATE TABLE clients (
    document INTEGER NOT NULL, client INTEGER NOT NULL, member TEXT NOT NULL, device TEXT NOT NULL,
    clock INTEGER NOT NULL, beyond TEXT NOT NULL, first_seq INTEGER NOT NULL,
    PRIMARY KEY (document, client)) STRICT, WITHOUT ROWID;
  CREATE INDEX clients_by_first_seq ON clients (document, first_seq);

  CREATE TABLE log (
    workspace TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL,
    PRIMARY KEY (workspace, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE answers (
    workspace TEXT NOT NULL, command TEXT NOT NULL, member TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (workspace, command)) STRICT, WITHOUT ROWID;
  CREATE TABLE probes (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
`,
  `
  CREATE TABLE schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER) STRICT;
  INSERT INTO schema_version VALUES (1, 2);
  CREATE TABLE epochs (workspace TEXT PRIMARY KEY, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE seals (
    workspace TEXT NOT NULL, document TEXT NOT NULL, head INTEGER NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (workspace, document)) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshots (
    workspace TEXT NOT NULL, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (workspace, hash)) STRICT;
`,
  `
  UPDATE schema_version SET version = 3;
  CREATE TABLE account_secret (id INTEGER PRIMARY KEY, secret BLOB NOT NULL) STRICT;
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, is_owner INTEGER NOT NULL,
    created_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE passwords (account TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE passkeys (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, public_key BLOB NOT NULL, counter INTEGER NOT NULL,
    transports TEXT NOT NULL, created_at TEXT NOT NULL, used_at TEXT) STRICT, WITHOUT ROWID;
  CREATE INDEX passkeys_by_account ON passkeys (account);
  CREATE TABLE subjects (
    issuer TEXT NOT NULL, subject TEXT NOT NULL, account TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)) STRICT, WITHOUT ROWID;
  CREATE TABLE tickets (
    token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, account TEXT, created_at TEXT NOT NULL,
    expires_at TEXT) STRICT, WITHOUT ROWID;
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, device TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    created_at TEXT NOT NULL, used_at TEXT NOT NULL, ended_at TEXT) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_account ON sessions (account);
  CREATE TABLE session_endings (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
  CREATE TABLE account_members (
    account TEXT NOT NULL, workspace TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (account, workspace),
    UNIQUE (workspace, member)) STRICT, WITHOUT ROWID;
`,
  `
  UPDATE schema_version SET version = 4;
  CREATE TABLE audit (
    workspace TEXT NOT NULL, seq INTEGER NOT NULL, previous TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
    digest TEXT NOT NULL, hash TEXT NOT NULL, contents TEXT, PRIMARY KEY (workspace, seq)) STRICT, WITHOUT ROWID;
`,
  `
  UPDATE schema_version SET version = 5;
  DROP TABLE links;
  ALTER TABLE devices DROP COLUMN link;
`,
  `
  UPDATE schema_version SET version = 6;
  CREATE TABLE leaves (
    document INTEGER NOT NULL, first INTEGER NOT NULL, hashes BLOB NOT NULL,
    PRIMARY KEY (document, first)) STRICT, WITHOUT ROWID;
`,
];

/** Numbers of the versions there have been, the newest included. */
export const OLD_VERSIONS: readonly number[] = STATEMENTS.map((_, index) => index + 1);

/** What a version knew. */
export function kindsIn(version: number): OldKinds {
  return { seals: version >= 2, accounts: version >= 3, audit: version >= 4 };
}

/** A file with a workspace `w` of Ana's, and one thing of every kind that the version knew. */
export function makeOldFile(file: string, version: number): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL');
  for (const statements of STATEMENTS.slice(0, version)) db.exec(statements);
  const hasLinks = version < 5;
  db.exec(`
    INSERT INTO workspaces VALUES ('w', 'complete', 'ana', '2027-01-01T00:00:00Z');
    INSERT INTO devices VALUES ('w', 'laptop', 'ana', x'04', '2027-01-01T00:00:00Z'${hasLinks ? ', NULL' : ''});
    INSERT INTO log VALUES ('w', 1, 'h1', '{"seq":1,"hash":"h1"}');
    INSERT INTO answers VALUES ('w', 'c1', 'ana', '{"ok":true}');
    INSERT INTO documents VALUES (1, 'w', 'core', 'i1', 2);
  `);
  if (hasLinks) db.exec(`INSERT INTO links VALUES ('w', 'l', 'hash', 'ana', '2027-01-02T00:00:00Z', NULL, NULL)`);
  const rows = oldRows();
  const [range] = rows[0]?.ranges ?? [];
  db.prepare(`INSERT INTO clients VALUES (1, ?, 'ana', 'laptop', 2, '[]', 1)`).run(range?.client ?? 0);
  for (const [index, { key, bytes, checksum }] of rows.entries()) {
    const row = db.prepare(`INSERT INTO rows VALUES (1, ?, ?, ?, ?, ?, 0, 'ana', 'laptop', 0)`);
    row.run(index + 1, index + 1, key, bytes, checksum);
    db.prepare('INSERT INTO row_keys VALUES (1, ?, ?)').run(key, index + 1);
  }
  const has = kindsIn(version);
  if (has.seals) {
    db.exec(`INSERT INTO seals VALUES ('w', 'plan/v1/root', 0, 's1')`);
    db.prepare(`INSERT INTO snapshots VALUES ('w', 's1', ?)`).run(OLD_SNAPSHOT);
  }
  if (has.accounts) addAccount(db);
  for (const entry of has.audit ? oldAudit(rows) : []) {
    const { seq, previous, at, kind, digest, hash, contents } = entry;
    const insert = db.prepare(`INSERT INTO audit VALUES ('w', ?, ?, ?, ?, ?, ?, ?)`);
    insert.run(seq, previous, at, kind, digest, hash, JSON.stringify(contents));
  }
  db.close();
}

function addAccount(db: DatabaseSync): void {
  const at = '2027-01-01T00:00:00Z';
  db.exec(`
    INSERT INTO accounts VALUES ('acc', 'Ana', 'ana', 1, '${at}');
    INSERT INTO passwords VALUES ('acc', 'scrypt');
    INSERT INTO passkeys VALUES ('key', 'acc', x'06', 3, '["usb"]', '${at}', NULL);
    INSERT INTO subjects VALUES ('https://id', 's', 'acc');
    INSERT INTO tickets VALUES ('hash', 'person', NULL, '${at}', NULL);
    INSERT INTO sessions VALUES ('ses', 'acc', 'laptop', 'Laptop', '${at}', '${at}', NULL);
    INSERT INTO session_endings VALUES (1, 2);
    INSERT INTO account_members VALUES ('acc', 'w', 'ana');
  `);
  db.prepare('INSERT INTO account_secret VALUES (1, ?)').run(OLD_SECRET);
}
