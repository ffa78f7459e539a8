/** Workspaces, their devices and the links that let new ones in. */
import type { Pool } from 'pg';
import { err, ok } from '#lib/domain/result.ts';
import { ask, transact } from './postgres-transaction.ts';
import type { Session } from './postgres-transaction.ts';
import { Batch } from './postgres-batch.ts';
import type { Joiner, Link, Storage } from './storage.ts';

type Members = Pick<
  Storage,
  | 'workspace'
  | 'beginFounding'
  | 'finishFounding'
  | 'device'
  | 'addDevice'
  | 'isMember'
  | 'admit'
  | 'addLink'
  | 'revokeLink'
  | 'links'
  | 'linkOfToken'
>;

export function membersOf(pool: Pool): Members {
  return {
    workspace: async (id) => {
      const [found] = await ask<{ founder: string }>(pool, WORKSPACE, [id], 'workspace');
      return found === undefined ? null : { id, founder: found.founder };
    },
    beginFounding: (id, at) =>
      transact(pool, [id], async (session) => {
        if ((await session.query(WORKSPACE, [id])).rows.length > 0) return err('taken');
        await forget(session, id);
        await session.query(`INSERT INTO workspaces VALUES ($1, 'founding', '', $2)`, [id, at]);
        return ok(null);
      }),
    finishFounding: (id, founder) =>
      transact(pool, [id], async (session) => {
        await session.query(`UPDATE workspaces SET state = 'complete', founder = $2 WHERE id = $1`, [
          id,
          founder.member,
        ]);
        await join(session, id, founder, null);
      }),
    device: async (workspace, id) => {
      const found = await ask<{ member: string; publicKey: Buffer }>(pool, DEVICE, [workspace, id], 'device');
      const [device] = found;
      // A plain array of bytes, as the interface says: nothing depends on which database gave it.
      return device === undefined ? null : { id, ...device, publicKey: new Uint8Array(device.publicKey) };
    },
    addDevice: (workspace, joiner) => transact(pool, [workspace], (session) => join(session, workspace, joiner, null)),
    isMember: async (workspace, id) =>
      (await ask(pool, 'SELECT 1 FROM devices WHERE workspace = $1 AND member = $2 LIMIT 1', [workspace, id])).length >
      0,
    admit: (workspace, tokenHash, joiner) =>
      transact(pool, [workspace], async (session) => {
        const [link] = (await session.query<Link>(LINK_OF_TOKEN, [workspace, tokenHash])).rows;
        if (link === undefined) return err('link-invalid');
        await join(session, workspace, joiner, link.id);
        return ok(null);
      }),
    addLink: async (workspace, { id, tokenHash, by, at }) => {
      await ask(pool, ADD_LINK, [workspace, id, tokenHash, by, at]);
    },
    revokeLink: (workspace, id, by, at) =>
      transact(pool, [workspace], async (session) => {
        const batch = await Batch.load(session, [workspace], []);
        await batch.write(session, { workspace, nextEpoch: false, entries: [] });
        return (await session.query(REVOKE_LINK, [workspace, id, by, at])).rowCount !== 0;
      }),
    links: (workspace) => ask<Link>(pool, LINKS, [workspace]),
    linkOfToken: async (workspace, tokenHash) =>
      (await ask<Link>(pool, LINK_OF_TOKEN, [workspace, tokenHash], 'link-of-token'))[0] ?? null,
  };
}

async function join(session: Session, workspace: string, joiner: Joiner, link: string | null): Promise<void> {
  const { device, member, publicKey, at } = joiner;
  await session.query('INSERT INTO devices VALUES ($1, $2, $3, $4, $5, $6)', [
    workspace,
    device,
    member,
    publicKey,
    at,
    link,
  ]);
}

/** Takes out whatever an unfinished founding left. */
async function forget(session: Session, workspace: string): Promise<void> {
  for (const table of ['rows', 'row_keys', 'clients']) {
    await session.query(`DELETE FROM ${table} WHERE document IN (SELECT id FROM documents WHERE workspace = $1)`, [
      workspace,
    ]);
  }
  for (const table of ['documents', 'log', 'answers', 'devices', 'links', 'seals', 'snapshots', 'audit']) {
    await session.query(`DELETE FROM ${table} WHERE workspace = $1`, [workspace]);
  }
  await session.query('UPDATE positions SET epoch = 0, version = version + 1 WHERE workspace = $1', [workspace]);
  await session.query('DELETE FROM workspaces WHERE id = $1', [workspace]);
}

const WORKSPACE = `SELECT founder FROM workspaces WHERE id = $1 AND state = 'complete'`;
const DEVICE = 'SELECT member, public_key AS "publicKey" FROM devices WHERE workspace = $1 AND id = $2';
const LINK_COLUMNS = 'id, created_by AS "createdBy", created_at AS "createdAt", revoked_at AS "revokedAt"';
const LINKS = `SELECT ${LINK_COLUMNS} FROM links WHERE workspace = $1 ORDER BY created_at, id`;
const LINK_OF_TOKEN = `
  SELECT ${LINK_COLUMNS} FROM links WHERE workspace = $1 AND token_hash = $2 AND revoked_at IS NULL`;
const ADD_LINK = `
  INSERT INTO links (workspace, id, token_hash, created_by, created_at) VALUES ($1, $2, $3, $4, $5)`;
const REVOKE_LINK = `
  UPDATE links SET revoked_by = coalesce(revoked_by, $3), revoked_at = coalesce(revoked_at, $4),
    version = (SELECT version FROM positions WHERE workspace = $1)
  WHERE workspace = $1 AND id = $2`;
