/** The tables of accounts, beside those of workspaces. One session for each device; tokens stand here as hashes only. */
export const ACCOUNT_TABLES = `
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
`;
