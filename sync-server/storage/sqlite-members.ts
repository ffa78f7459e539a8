/** Workspaces, their devices and the links that let new ones in. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '#lib/domain/result.ts';
import { attempt, transact } from './sqlite-transaction.ts';
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

export function membersIn(db: DatabaseSync): Members {
  const workspace = db.prepare(`SELECT founder FROM workspaces WHERE id = ? AND state = 'complete'`);
  const device = db.prepare('SELECT member, public_key FROM devices WHERE workspace = ? AND id = ?');
  const member = db.prepare('SELECT 1 FROM devices WHERE workspace = ? AND member = ? LIMIT 1');
  const register = db.prepare('INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?)');
  const linkColumns = 'id, created_by AS createdBy, created_at AS createdAt, revoked_at AS revokedAt';
  const linkOfToken = db.prepare(
    `SELECT ${linkColumns} FROM links WHERE workspace = ? AND token_hash = ? AND revoked_at IS NULL`,
  );
  const links = db.prepare(`SELECT ${linkColumns} FROM links WHERE workspace = ? ORDER BY created_at, id`);

  function join(workspaceId: string, joiner: Joiner, link: string | null): void {
    register.run(workspaceId, joiner.device, joiner.member, joiner.publicKey, joiner.at, link);
  }

  return {
    workspace: (id) => {
      const row = workspace.get(id);
      return Promise.resolve(row === undefined ? null : { id, founder: String(row['founder']) });
    },
    beginFounding: (id, at) =>
      attempt(() => {
        if (workspace.get(id) !== undefined) return err('taken');
        transact(db, () => {
          forget(db, id);
          db.prepare('INSERT INTO workspaces VALUES (?, ?, ?, ?)').run(id, 'founding', '', at);
        });
        return ok(null);
      }),
    finishFounding: (id, founder) =>
      attempt(() =>
        transact(db, () => {
          db.prepare(`UPDATE workspaces SET state = 'complete', founder = ? WHERE id = ?`).run(founder.member, id);
          join(id, founder, null);
        }),
      ),
    device: (workspaceId, id) => {
      const row = device.get(workspaceId, id);
      if (row === undefined) return Promise.resolve(null);
      return Promise.resolve({ id, member: String(row['member']), publicKey: row['public_key'] as Uint8Array });
    },
    addDevice: (workspaceId, joiner) => attempt(() => transact(db, () => join(workspaceId, joiner, null))),
    isMember: (workspaceId, id) => Promise.resolve(member.get(workspaceId, id) !== undefined),
    admit: (workspaceId, tokenHash, joiner) =>
      attempt(() =>
        transact(db, () => {
          const link = linkOfToken.get(workspaceId, tokenHash);
          if (link === undefined) return err('link-invalid');
          join(workspaceId, joiner, String(link['id']));
          return ok(null);
        }),
      ),
    addLink: (workspaceId, link) =>
      attempt(() =>
        transact(db, () => {
          const insert = db.prepare('INSERT INTO links VALUES (?, ?, ?, ?, ?, NULL, NULL)');
          insert.run(workspaceId, link.id, link.tokenHash, link.by, link.at);
        }),
      ),
    revokeLink: (workspaceId, id, by, at) =>
      attempt(() =>
        transact(db, () => {
          const revoke = `UPDATE links SET revoked_by = coalesce(revoked_by, ?), revoked_at = coalesce(revoked_at, ?)
            WHERE workspace = ? AND id = ?`;
          return db.prepare(revoke).run(by, at, workspaceId, id).changes !== 0;
        }),
      ),
    links: (workspaceId) => Promise.resolve(links.all(workspaceId) as unknown as readonly Link[]),
    linkOfToken: (workspaceId, tokenHash) =>
      Promise.resolve((linkOfToken.get(workspaceId, tokenHash) as unknown as Link | undefined) ?? null),
  };
}

/** Takes out whatever an unfinished founding left. */
function forget(db: DatabaseSync, workspace: string): void {
  const own = 'document IN (SELECT id FROM documents WHERE workspace = ?)';
  for (const table of ['rows', 'row_keys', 'clients']) db.prepare(`DELETE FROM ${table} WHERE ${own}`).run(workspace);
  for (const table of ['documents', 'log', 'answers', 'devices', 'links', 'epochs', 'seals', 'snapshots', 'audit']) {
    db.prepare(`DELETE FROM ${table} WHERE workspace = ?`).run(workspace);
  }
  db.prepare('DELETE FROM workspaces WHERE id = ?').run(workspace);
}
