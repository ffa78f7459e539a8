/** The tables of the PostgreSQL storage, brought forward from whatever version the database has. */
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { restoredIncarnation } from '#lib/documents/incarnation.ts';
import { ACCOUNT_TABLES } from '../accounts/postgres-account-tables.ts';
import { FILE_TABLES } from '../files/postgres-file-tables.ts';
import { transact } from './postgres-transaction.ts';
import type { Session } from './postgres-transaction.ts';
import { StorageTrouble } from './storage.ts';

/** One step each, oldest first; a step that has been released is never changed. */
export const MIGRATIONS: readonly string[] = [
  `
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
  ACCOUNT_TABLES,
  FILE_TABLES,
  `
  CREATE TABLE audit (
    workspace text, seq bigint, previous text NOT NULL, at text NOT NULL, kind text NOT NULL, digest text NOT NULL,
    hash text NOT NULL, contents text, PRIMARY KEY (workspace, seq));
  `,
  // What people came in by before there were invitations.
  `
  DROP TABLE links;
  ALTER TABLE devices DROP COLUMN link;
  `,
  // Hashes of updates that were merged away.
  'CREATE TABLE leaves (document bigint, first bigint, hashes bytea NOT NULL, PRIMARY KEY (document, first))',
];

/**
 * Brings the tables to the newest version, in one transaction: whatever ends it leaves the version that was there. Two
 * servers that start at once take turns.
 */
export async function migrate(pool: Pool, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  await transact(pool, ['schema'], async (session) => {
    await session.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)');
    const { rows } = await session.query<{ version: number }>('SELECT version FROM schema_version');
    const version = rows[0]?.version ?? 0;
    if (version > migrations.length) {
      throw new StorageTrouble('too-new', new Error(`written by version ${version}, known are ${migrations.length}`));
    }
    for (const step of migrations.slice(version)) await session.query(step);
    if (version < migrations.length) {
      await session.query('DELETE FROM schema_version');
      await session.query('INSERT INTO schema_version VALUES ($1)', [migrations.length]);
    }
    await goOnFromCopy(session);
  });
}

/**
 * A copy is opened to go on from it, while devices know rows that came later: every document goes on under an
 * incarnation that tells them.
 */
async function goOnFromCopy(session: Session): Promise<void> {
  const [mark] = (await session.query<{ name: string | null }>(`SELECT to_regclass('copies') AS name`)).rows;
  if (mark?.name == null) return;
  const token = randomBytes(5).toString('hex');
  const { rows } = await session.query<{ id: number; incarnation: string; head: number }>(
    'SELECT id, incarnation, head FROM documents',
  );
  await session.query(RENEW, [
    rows.map(({ id }) => id),
    rows.map(({ incarnation, head }) => restoredIncarnation(incarnation, head, token)),
  ]);
  await session.query('DROP TABLE copies');
}

const RENEW = `
  UPDATE documents SET incarnation = renewed.incarnation
  FROM unnest($1::bigint[], $2::text[]) AS renewed (id, incarnation) WHERE documents.id = renewed.id`;
