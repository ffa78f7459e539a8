/** The tables of accounts in PostgreSQL, as in the SQLite file. */
export const ACCOUNT_TABLES = `
  CREATE TABLE account_secret (id integer PRIMARY KEY, secret bytea NOT NULL);
  CREATE TABLE accounts (
    id text PRIMARY KEY, name text NOT NULL, name_key text NOT NULL UNIQUE, is_owner boolean NOT NULL,
    created_at text NOT NULL);
  CREATE TABLE passwords (account text PRIMARY KEY, hash text NOT NULL);
  CREATE TABLE passkeys (
    id text PRIMARY KEY, account text NOT NULL, public_key bytea NOT NULL, counter bigint NOT NULL,
    transports text NOT NULL, created_at text NOT NULL, used_at text);
  CREATE INDEX passkeys_by_account ON passkeys (account);
  CREATE TABLE subjects (issuer text, subject text, account text NOT NULL, PRIMARY KEY (issuer, subject));
  CREATE TABLE tickets (
    token_hash text PRIMARY KEY, kind text NOT NULL, account text, created_at text NOT NULL, expires_at text);
  CREATE TABLE sessions (
    id text PRIMARY KEY, account text NOT NULL, device text NOT NULL UNIQUE, name text NOT NULL,
    created_at text NOT NULL, used_at text NOT NULL, ended_at text);
  CREATE INDEX sessions_by_account ON sessions (account);
  CREATE TABLE session_endings (id integer PRIMARY KEY, n bigint NOT NULL);
  CREATE TABLE account_members (
    account text, workspace text, member text NOT NULL, PRIMARY KEY (account, workspace), UNIQUE (workspace, member));
`;
