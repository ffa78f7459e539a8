/** The sessions of devices and the members that accounts are, in PostgreSQL. */
import type { Pool } from 'pg';
import { err, ok } from '#lib/domain/result.ts';
import { ask, transact } from '../storage/postgres-transaction.ts';
import type { Session as Transaction } from '../storage/postgres-transaction.ts';
import type { AccountStorage, NewSession, Session } from './account-storage.ts';

type Sessions = Pick<
  AccountStorage,
  | 'startSession'
  | 'session'
  | 'sessionOfDevice'
  | 'sessions'
  | 'usedSession'
  | 'nameSession'
  | 'endSession'
  | 'endings'
  | 'member'
  | 'accountOfMember'
  | 'attach'
  | 'workspaces'
>;

export function sessionsOf(pool: Pool): Sessions {
  const sessionsWhere = (condition: string, value: string): Promise<Session[]> =>
    ask<Session>(pool, `SELECT ${SESSION} FROM sessions WHERE ${condition} ORDER BY created_at, id`, [value]);

  return {
    startSession: (session) =>
      transact(pool, ['accounts'], async (transaction) =>
        (await startOf(transaction, session)) ? ok(null) : err('device-taken'),
      ),
    session: async (id) => (await sessionsWhere('id = $1', id))[0] ?? null,
    sessionOfDevice: async (device) => (await sessionsWhere('device = $1', device))[0] ?? null,
    sessions: (account) => sessionsWhere('account = $1', account),
    usedSession: async (id, at) => {
      await ask(pool, 'UPDATE sessions SET used_at = $1 WHERE id = $2', [at, id]);
    },
    nameSession: async (account, id, name) => {
      await ask(pool, 'UPDATE sessions SET name = $1 WHERE account = $2 AND id = $3', [name, account, id]);
    },
    endSession: (account, id, at) =>
      transact(pool, ['accounts'], async (transaction) => {
        const end = 'UPDATE sessions SET ended_at = $1 WHERE account = $2 AND id = $3 AND ended_at IS NULL';
        if ((await transaction.query(end, [at, account, id])).rowCount !== 0) await transaction.query(ENDING);
      }),
    endings: async () => (await ask<{ n: number }>(pool, 'SELECT n FROM session_endings', [], 'endings'))[0]?.n ?? 0,
    member: async (account, workspace) => {
      const sql = 'SELECT member FROM account_members WHERE account = $1 AND workspace = $2';
      return (await ask<{ member: string }>(pool, sql, [account, workspace]))[0]?.member ?? null;
    },
    accountOfMember: async (workspace, member) => {
      const sql = 'SELECT account FROM account_members WHERE workspace = $1 AND member = $2';
      return (await ask<{ account: string }>(pool, sql, [workspace, member]))[0]?.account ?? null;
    },
    attach: async (account, workspace, member) => {
      const row = [account, workspace, member];
      await ask(pool, 'INSERT INTO account_members VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', row);
    },
    workspaces: (account) =>
      ask(pool, 'SELECT workspace, member FROM account_members WHERE account = $1 ORDER BY workspace', [account]),
  };
}

/** Inside a transaction that has its turn; false when the device is another account's. */
export async function startOf(transaction: Transaction, session: NewSession): Promise<boolean> {
  const { id, account, device, name, createdAt } = session;
  const { rows } = await transaction.query<{ account: string }>('SELECT account FROM sessions WHERE device = $1', [
    device,
  ]);
  if (rows[0] !== undefined && rows[0].account !== account) return false;
  const start = `INSERT INTO sessions VALUES ($1, $2, $3, $4, $5, $5, NULL)
    ON CONFLICT (device) DO UPDATE SET id = excluded.id, created_at = excluded.created_at, used_at = excluded.used_at,
      ended_at = NULL`;
  await transaction.query(start, [id, account, device, name, createdAt]);
  return true;
}

export async function endAllOf(transaction: Transaction, account: string, at: string): Promise<void> {
  await transaction.query('UPDATE sessions SET ended_at = $1 WHERE account = $2 AND ended_at IS NULL', [at, account]);
  await transaction.query(ENDING);
}

const SESSION = 'id, account, device, name, created_at AS "createdAt", used_at AS "usedAt", ended_at AS "endedAt"';
/** Whoever watches is to look: sessions have ended. */
export const ENDING =
  'INSERT INTO session_endings VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = session_endings.n + 1';
