/** Workspaces and their devices. */
import type { Pool } from 'pg';
import { err, ok } from '#lib/domain/result.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { Head as LogHead } from '#lib/governance/decision-log.ts';
import { LOG_HEAD } from './postgres-log.ts';
import type { MemberDevice } from '#lib/governance/privacy/person-file.ts';
import { ask, transact, transactIfOk } from './postgres-transaction.ts';
import type { Session } from './postgres-transaction.ts';
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
    finishFounding: (id, founder, head) =>
      transactIfOk(pool, [id], async (session) => {
        const { rows } = await session.query<LogHead>(LOG_HEAD, [id]);
        if ((rows[0] ?? EMPTY_LOG).hash !== head.hash) return err('overtaken');
        const { rowCount } = await session.query(COMPLETE, [id, founder.member]);
        if (rowCount === 0) return err('overtaken');
        await register(session, id, founder);
        return ok(null);
      }),
    device: async (workspace, id) => {
      const found = await ask<{ member: string; publicKey: Buffer }>(pool, DEVICE, [workspace, id], 'device');
      const [device] = found;
      // A plain array of bytes, as the interface says: nothing depends on which database gave it.
      return device === undefined ? null : { id, ...device, publicKey: new Uint8Array(device.publicKey) };
    },
    devicesOf: (workspace, member) => ask<MemberDevice>(pool, DEVICES_OF, [workspace, member]),
    forgetDevices: async (workspace, member) => {
      await ask(pool, 'DELETE FROM devices WHERE workspace = $1 AND member = $2', [workspace, member]);
    },
    workspaces: async () => {
      const all = await ask<{ id: string }>(pool, `SELECT id FROM workspaces WHERE state = 'complete' ORDER BY id`, []);
      return all.map(({ id }) => id);
    },
    addDevice: (workspace, joiner) => transact(pool, [workspace], (session) => register(session, workspace, joiner)),
  };
}

/** Makes a device a member's, inside the caller's transaction. */
export async function register(session: Session, workspace: string, joiner: Joiner): Promise<void> {
  const { device, member, publicKey, at } = joiner;
  await session.query(REGISTER, [workspace, device, member, publicKey, at]);
}

/** Takes out whatever an unfinished founding left. */
async function forget(session: Session, workspace: string): Promise<void> {
  for (const table of ['rows', 'row_keys', 'clients', 'leaves']) {
    await session.query(`DELETE FROM ${table} WHERE document IN (SELECT id FROM documents WHERE workspace = $1)`, [
      workspace,
    ]);
  }
  for (const table of ['documents', 'log', 'answers', 'devices', 'seals', 'snapshots', 'audit']) {
    await session.query(`DELETE FROM ${table} WHERE workspace = $1`, [workspace]);
  }
  await session.query('UPDATE positions SET epoch = 0, version = version + 1 WHERE workspace = $1', [workspace]);
  await session.query('DELETE FROM workspaces WHERE id = $1', [workspace]);
}

const WORKSPACE = `SELECT founder FROM workspaces WHERE id = $1 AND state = 'complete'`;
const COMPLETE = `UPDATE workspaces SET state = 'complete', founder = $2 WHERE id = $1 AND state = 'founding'`;
const DEVICE = 'SELECT member, public_key AS "publicKey" FROM devices WHERE workspace = $1 AND id = $2';
const DEVICES_OF = `
  SELECT id, joined_at AS "joinedAt" FROM devices WHERE workspace = $1 AND member = $2 ORDER BY joined_at, id`;
const REGISTER = 'INSERT INTO devices VALUES ($1, $2, $3, $4, $5)';
