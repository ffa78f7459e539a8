/** Workspaces and their devices. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '#lib/domain/result.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { MemberDevice } from '#lib/governance/privacy/person-file.ts';
import { attempt, transact, transactIfOk } from './sqlite-transaction.ts';
import type { Joiner, Storage } from './storage.ts';

type Members = Pick<
  Storage,
  | 'workspace'
  | 'beginFounding'
  | 'finishFounding'
  | 'device'
  | 'devicesOf'
  | 'forgetDevices'
  | 'workspaces'
  | 'addDevice'
>;

export function membersIn(db: DatabaseSync): Members {
  const workspace = db.prepare(`SELECT founder FROM workspaces WHERE id = ? AND state = 'complete'`);
  const device = db.prepare('SELECT member, public_key FROM devices WHERE workspace = ? AND id = ?');
  const logHead = db.prepare('SELECT hash FROM log WHERE workspace = ? ORDER BY seq DESC LIMIT 1');
  const complete = db.prepare(
    `UPDATE workspaces SET state = 'complete', founder = ? WHERE id = ? AND state = 'founding'`,
  );
  const devicesOf = db.prepare(
    'SELECT id, joined_at AS joinedAt FROM devices WHERE workspace = ? AND member = ? ORDER BY joined_at, id',
  );
  const register = registerIn(db);

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
    finishFounding: (id, founder, head) =>
      attempt(() =>
        transactIfOk(db, () => {
          if ((logHead.get(id)?.['hash'] ?? EMPTY_LOG.hash) !== head.hash) return err('overtaken');
          if (complete.run(founder.member, id).changes === 0) return err('overtaken');
          register(id, founder);
          return ok(null);
        }),
      ),
    device: (workspaceId, id) => {
      const row = device.get(workspaceId, id);
      if (row === undefined) return Promise.resolve(null);
      return Promise.resolve({ id, member: String(row['member']), publicKey: row['public_key'] as Uint8Array });
    },
    devicesOf: (workspaceId, member) =>
      attempt(() => devicesOf.all(workspaceId, member) as unknown as readonly MemberDevice[]),
    forgetDevices: (workspaceId, member) =>
      attempt(() => void db.prepare('DELETE FROM devices WHERE workspace = ? AND member = ?').run(workspaceId, member)),
    workspaces: () =>
      attempt(() =>
        db
          .prepare(`SELECT id FROM workspaces WHERE state = 'complete' ORDER BY id`)
          .all()
          .map((row) => String(row['id'])),
      ),
    addDevice: (workspaceId, joiner) => attempt(() => transact(db, () => register(workspaceId, joiner))),
  };
}

/** Makes a device a member's, inside the caller's transaction. */
export function registerIn(db: DatabaseSync): (workspace: string, joiner: Joiner) => void {
  const register = db.prepare('INSERT INTO devices VALUES (?, ?, ?, ?, ?)');
  return (workspace, { device, member, publicKey, at }) => register.run(workspace, device, member, publicKey, at);
}

/** Takes out whatever an unfinished founding left. */
function forget(db: DatabaseSync, workspace: string): void {
  const own = 'document IN (SELECT id FROM documents WHERE workspace = ?)';
  for (const table of ['rows', 'row_keys', 'clients', 'leaves']) {
    db.prepare(`DELETE FROM ${table} WHERE ${own}`).run(workspace);
  }
  for (const table of ['documents', 'log', 'answers', 'devices', 'epochs', 'seals', 'snapshots', 'audit']) {
    db.prepare(`DELETE FROM ${table} WHERE workspace = ?`).run(workspace);
  }
  db.prepare('DELETE FROM workspaces WHERE id = ?').run(workspace);
}
