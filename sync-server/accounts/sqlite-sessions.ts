/** The sessions of devices and the members that accounts are, in the server's SQLite file. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '#lib/domain/result.ts';
import { attempt, transact } from '../storage/sqlite-transaction.ts';
import type { AccountStorage, NewSession, Session } from './account-storage.ts';

interface SessionsIn {
  readonly storage: Pick<
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
  /** Inside a transaction; false when the device is another account's. */
  readonly start: (session: NewSession) => boolean;
  readonly endAll: (account: string, at: string) => void;
  /** Whoever watches is to look: sessions have ended. */
  readonly ended: () => void;
}

export function sessionsIn(db: DatabaseSync): SessionsIn {
  const columns = `id, account, device, name, created_at AS createdAt, used_at AS usedAt, ended_at AS endedAt`;
  const byId = db.prepare(`SELECT ${columns} FROM sessions WHERE id = ?`);
  const byDevice = db.prepare(`SELECT ${columns} FROM sessions WHERE device = ?`);
  const byAccount = db.prepare(`SELECT ${columns} FROM sessions WHERE account = ? ORDER BY created_at, id`);
  const insert = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, NULL)');
  const renew = db.prepare('UPDATE sessions SET id = ?, created_at = ?, used_at = ?, ended_at = NULL WHERE device = ?');
  const end = db.prepare('UPDATE sessions SET ended_at = ? WHERE account = ? AND id = ? AND ended_at IS NULL');
  const endAll = db.prepare('UPDATE sessions SET ended_at = ? WHERE account = ? AND ended_at IS NULL');
  const ending = db.prepare('INSERT INTO session_endings VALUES (1, 1) ON CONFLICT DO UPDATE SET n = n + 1');
  const endings = db.prepare('SELECT n FROM session_endings');
  const memberOf = db.prepare('SELECT member FROM account_members WHERE account = ? AND workspace = ?');
  const accountOf = db.prepare('SELECT account FROM account_members WHERE workspace = ? AND member = ?');
  const workspacesOf = db.prepare('SELECT workspace, member FROM account_members WHERE account = ? ORDER BY workspace');

  function start({ id, account, device, name, createdAt }: NewSession): boolean {
    const before = byDevice.get(device);
    if (before === undefined) insert.run(id, account, device, name, createdAt, createdAt);
    else if (before['account'] === account) renew.run(id, createdAt, createdAt, device);
    else return false;
    return true;
  }

  return {
    start,
    ended: () => void ending.run(),
    endAll: (account, at) => {
      endAll.run(at, account);
      ending.run();
    },
    storage: {
      startSession: (session) =>
        attempt(() => transact(db, () => (start(session) ? ok(null) : err('device-taken' as const)))),
      session: (id) => attempt(() => (byId.get(id) as unknown as Session | undefined) ?? null),
      sessionOfDevice: (device) => attempt(() => (byDevice.get(device) as unknown as Session | undefined) ?? null),
      sessions: (account) => attempt(() => byAccount.all(account) as unknown as readonly Session[]),
      usedSession: (id, at) =>
        attempt(() => void db.prepare('UPDATE sessions SET used_at = ? WHERE id = ?').run(at, id)),
      nameSession: (account, id, name) =>
        attempt(() => {
          db.prepare('UPDATE sessions SET name = ? WHERE account = ? AND id = ?').run(name, account, id);
        }),
      endSession: (account, id, at) =>
        attempt(() =>
          transact(db, () => {
            if (end.run(at, account, id).changes !== 0) ending.run();
          }),
        ),
      endings: () => attempt(() => Number(endings.get()?.['n'] ?? 0)),
      member: (account, workspace) => attempt(() => textOf(memberOf.get(account, workspace)?.['member'])),
      accountOfMember: (workspace, member) => attempt(() => textOf(accountOf.get(workspace, member)?.['account'])),
      attach: (account, workspace, member) =>
        attempt(() => {
          const sql = 'INSERT INTO account_members VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
          db.prepare(sql).run(account, workspace, member);
        }),
      workspaces: (account) =>
        attempt(() =>
          workspacesOf
            .all(account)
            .map((row) => ({ workspace: String(row['workspace']), member: String(row['member']) })),
        ),
    },
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
