/** Databases as earlier versions of the server left them: their statements as they were, never brought up to date. */
import pg from 'pg';
import type { IncomingRow } from '#server/storage/storage.ts';
import { OLD_SECRET, OLD_SNAPSHOT, oldAudit, oldRows } from '#tests/sync/storage/old-content.ts';
import type { OldKinds } from '#tests/sync/storage/old-content.ts';
import { hashOf, pdfOf } from '#tests/sync/files/contract.ts';

/** The statements that made each version out of the one before. */
const STATEMENTS: readonly string[] = [
  `
  CREATE TABLE schema_version (version integer NOT NULL);
  -- The name under which servers of this database meet elsewhere.
  CREATE TABLE installation (channel text NOT NULL);
  INSERT INTO installation VALUES ('outlay ' || gen_random_uuid());

  CREATE TABLE workspaces (
    id text PRIMARY KEY, state text NOT NULL, founder text NOT NULL, begun_at text NOT NULL);
  CREATE TABLE devices (
    workspace text, id text, member text NOT NULL, public_key bytea NOT NULL, joined_at text NOT NULL, link text,
    PRIMARY KEY (workspace, id));
  CREATE INDEX devices_by_member ON devices (workspace, member);
  CREATE TABLE links (
    workspace text, id text, token_hash text NOT NULL, created_by text NOT NULL, created_at text NOT NULL,
    revoked_by text, revoked_at text, version bigint NOT NULL DEFAULT 0, PRIMARY KEY (workspace, id));
  CREATE UNIQUE INDEX links_by_token ON links (workspace, token_hash);

  -- Every change of a workspace has a number: a server that knows one asks for what came after. Epochs of its rights.
  CREATE TABLE positions (
    workspace text PRIMARY KEY, version bigint NOT NULL, epoch bigint NOT NULL) WITH (fillfactor = 50);

  -- Room is left in every page and no changing column is indexed, so that a new head is written beside the old one.
  CREATE TABLE documents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, workspace text NOT NULL, name text NOT NULL,
    incarnation text NOT NULL, head bigint NOT NULL, version bigint NOT NULL) WITH (fillfactor = 50);
  CREATE UNIQUE INDEX documents_by_name ON documents (workspace, name);
  -- A key is whatever a device sent, a zero character included, which text cannot hold.
  CREATE TABLE rows (
    document bigint, seq bigint, first bigint NOT NULL, key bytea NOT NULL, bytes bytea NOT NULL,
    checksum bigint NOT NULL, gap boolean NOT NULL, member text, device text, received_at bigint,
    PRIMARY KEY (document, seq));
  ALTER TABLE rows ALTER COLUMN bytes SET STORAGE EXTERNAL;
  CREATE TABLE row_keys (document bigint, key bytea, seq bigint NOT NULL, PRIMARY KEY (document, key));
  CREATE TABLE clients (
    document bigint, client bigint, member text NOT NULL, device text NOT NULL, clock bigint NOT NULL,
    beyond text NOT NULL, first_seq bigint NOT NULL, PRIMARY KEY (document, client)) WITH (fillfactor = 50);
  CREATE INDEX clients_by_first_seq ON clients (document, first_seq);

  CREATE TABLE log (workspace text, seq bigint, hash text NOT NULL, entry text NOT NULL, PRIMARY KEY (workspace, seq));
  CREATE TABLE answers (
    workspace text, command text, member text NOT NULL, answer text NOT NULL, PRIMARY KEY (workspace, command));
  CREATE TABLE seals (
    workspace text, document text, head bigint NOT NULL, hash text NOT NULL, PRIMARY KEY (workspace, document));
  CREATE TABLE snapshots (workspace text, hash text, bytes bytea NOT NULL, PRIMARY KEY (workspace, hash));
  CREATE TABLE probes (id integer PRIMARY KEY, n bigint NOT NULL);
`,
  `
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
`,
  `
  CREATE TABLE files (workspace text, hash text, size bigint NOT NULL, PRIMARY KEY (workspace, hash));
  CREATE TABLE file_pages (
    workspace text, hash text, start bigint, bytes bytea NOT NULL, PRIMARY KEY (workspace, hash, start));
  CREATE TABLE file_documents (workspace text, hash text, document text, PRIMARY KEY (workspace, hash, document));
  CREATE TABLE file_parts (
    workspace text, hash text, document text, start bigint, bytes bytea NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (workspace, hash, document, start));
  -- Pictures are as small as they get: trying costs more than it saves.
  ALTER TABLE file_pages ALTER COLUMN bytes SET STORAGE EXTERNAL;
  ALTER TABLE file_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
`,
  `
  CREATE TABLE audit (
    workspace text, seq bigint, previous text NOT NULL, at text NOT NULL, kind text NOT NULL, digest text NOT NULL,
    hash text NOT NULL, contents text, PRIMARY KEY (workspace, seq));
`,
  `
  DROP TABLE links;
  ALTER TABLE devices DROP COLUMN link;
`,
  'CREATE TABLE leaves (document bigint, first bigint, hashes bytea NOT NULL, PRIMARY KEY (document, first))',
];

/** Numbers of the versions there have been, the newest included. */
export const OLD_VERSIONS: readonly number[] = STATEMENTS.map((_, index) => index + 1);

/** A receipt that is whole, and one of which a part is here. */
export const OLD_RECEIPT = pdfOf(1000);
export const OLD_PART = pdfOf(2000, 2);

/** What a version knew. */
export function kindsIn(version: number): OldKinds & { readonly files: boolean } {
  return { seals: true, accounts: version >= 2, files: version >= 3, audit: version >= 4 };
}

/** Fills an empty database with a workspace `w` of Ana's, and one thing of every kind that the version knew. */
export async function makeOldDatabase(url: string, version: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    for (const statements of STATEMENTS.slice(0, version)) await client.query(statements);
    await client.query('INSERT INTO schema_version VALUES ($1)', [version]);
    const has = kindsIn(version);
    const rows = oldRows();
    await addWorkspace(client, rows, version < 5);
    if (has.accounts) await addAccount(client);
    if (has.files) await addFiles(client);
    if (has.audit) await addAudit(client, rows);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function addWorkspace(client: pg.Client, written: readonly IncomingRow[], hasLinks: boolean): Promise<void> {
  await client.query(`
    INSERT INTO workspaces VALUES ('w', 'complete', 'ana', '2027-01-01T00:00:00Z');
    INSERT INTO devices VALUES ('w', 'laptop', 'ana', '\\x04', '2027-01-01T00:00:00Z'${hasLinks ? ', NULL' : ''});
    INSERT INTO positions VALUES ('w', 3, 0);
    INSERT INTO log VALUES ('w', 1, 'h1', '{"seq":1,"hash":"h1"}');
    INSERT INTO answers VALUES ('w', 'c1', 'ana', '{"ok":true}');
    INSERT INTO documents (workspace, name, incarnation, head, version) VALUES ('w', 'core', 'i1', 2, 2);
    INSERT INTO seals VALUES ('w', 'plan/v1/root', 0, 's1');
  `);
  if (hasLinks) await client.query(`INSERT INTO links VALUES ('w', 'l', 'hash', 'ana', '2027-01-02', NULL, NULL, 1)`);
  await client.query(`INSERT INTO snapshots VALUES ('w', 's1', $1)`, [OLD_SNAPSHOT]);
  for (const [index, { key, bytes, checksum, ranges }] of written.entries()) {
    const seq = index + 1;
    const row = [seq, Buffer.from(key), bytes, checksum];
    await client.query(`INSERT INTO rows VALUES (1, $1, $1, $2, $3, $4, false, 'ana', 'laptop', 0)`, row);
    await client.query('INSERT INTO row_keys VALUES (1, $1, $2)', [Buffer.from(key), seq]);
    if (seq === 1) {
      const bound = `INSERT INTO clients VALUES (1, $1, 'ana', 'laptop', 2, '[]', 1)`;
      await client.query(bound, [ranges[0]?.client]);
    }
  }
}

async function addAccount(client: pg.Client): Promise<void> {
  const at = '2027-01-01T00:00:00Z';
  await client.query(`
    INSERT INTO accounts VALUES ('acc', 'Ana', 'ana', true, '${at}');
    INSERT INTO passwords VALUES ('acc', 'scrypt');
    INSERT INTO passkeys VALUES ('key', 'acc', '\\x06', 3, '["usb"]', '${at}', NULL);
    INSERT INTO subjects VALUES ('https://id', 's', 'acc');
    INSERT INTO tickets VALUES ('hash', 'person', NULL, '${at}', NULL);
    INSERT INTO sessions VALUES ('ses', 'acc', 'laptop', 'Laptop', '${at}', '${at}', NULL);
    INSERT INTO session_endings VALUES (1, 2);
    INSERT INTO account_members VALUES ('acc', 'w', 'ana');
  `);
  await client.query('INSERT INTO account_secret VALUES (1, $1)', [Buffer.from(OLD_SECRET)]);
}

async function addFiles(client: pg.Client): Promise<void> {
  const whole = hashOf(OLD_RECEIPT);
  await client.query(`INSERT INTO files VALUES ('w', $1, $2)`, [whole, OLD_RECEIPT.length]);
  await client.query(`INSERT INTO file_pages VALUES ('w', $1, 0, $2)`, [whole, OLD_RECEIPT]);
  await client.query(`INSERT INTO file_documents VALUES ('w', $1, 'inbox/ana')`, [whole]);
  const part = [hashOf(OLD_PART), OLD_PART.subarray(0, 500)];
  await client.query(
    `INSERT INTO file_parts (workspace, hash, document, start, bytes) VALUES ('w', $1, 'inbox/ana', 0, $2)`,
    part,
  );
}

async function addAudit(client: pg.Client, rows: readonly IncomingRow[]): Promise<void> {
  for (const { seq, previous, at, kind, digest, hash, contents } of oldAudit(rows)) {
    const values = [seq, previous, at, kind, digest, hash, JSON.stringify(contents)];
    await client.query(`INSERT INTO audit VALUES ('w', $1, $2, $3, $4, $5, $6, $7)`, values);
  }
}
