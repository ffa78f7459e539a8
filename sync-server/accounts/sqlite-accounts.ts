/** Accounts, credentials, tickets and sessions in the server's SQLite file. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { attempt, transact } from '../storage/sqlite-transaction.ts';
import { nameKey } from './account-storage.ts';
import type { Account, AccountStorage, Credential, Passkey, Ticket } from './account-storage.ts';
import { sessionsIn } from './sqlite-sessions.ts';

type Row = Readonly<Record<string, unknown>>;

/** What is wanted, or nothing at all of it: thrown through a transaction and caught right outside it. */
class Undone<E> extends Error {
  readonly why: E;

  constructor(why: E) {
    super('undone');
    this.why = why;
  }
}

export function accountsIn(db: DatabaseSync): AccountStorage {
  const sessions = sessionsIn(db);
  const run = (sql: string, ...values: (string | number | null | Uint8Array)[]) => db.prepare(sql).run(...values);
  const one = (sql: string, ...values: string[]): Row | null => db.prepare(sql).get(...values) ?? null;
  const all = (sql: string, ...values: string[]): readonly Row[] => db.prepare(sql).all(...values);
  const accountWhere = (condition: string, ...values: string[]): Account | null => {
    const row = one(`SELECT * FROM accounts WHERE ${condition}`, ...values);
    return row === null ? null : accountOf(row);
  };

  function addPasskey(passkey: Passkey): void {
    const { id, account, publicKey, counter, transports, createdAt, usedAt } = passkey;
    const sql = 'INSERT INTO passkeys VALUES (?, ?, ?, ?, ?, ?, ?)';
    run(sql, id, account, publicKey, counter, JSON.stringify(transports), createdAt, usedAt);
  }

  function setPassword(account: string, hash: string): void {
    run('INSERT INTO passwords VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET hash = excluded.hash', account, hash);
  }

  function give(account: string, credential: Credential): void {
    if (credential.kind === 'password') setPassword(account, credential.hash);
    else if (credential.kind === 'passkey') addPasskey({ ...credential.passkey, account });
    else run('INSERT INTO subjects VALUES (?, ?, ?)', credential.issuer, credential.subject, account);
  }

  /** A ticket opens one door, once; the first owner makes every other set-up link void. */
  function use(tokenHash: string): void {
    const row = one('DELETE FROM tickets WHERE token_hash = ? RETURNING kind', tokenHash);
    if (row === null) throw new Undone('ticket-used' as const);
    if (row['kind'] === 'set-up') run(`DELETE FROM tickets WHERE kind = 'set-up'`);
  }

  /** Runs `work` in one transaction, or leaves everything as it was and says why. */
  function atOnce<E>(work: () => void): Promise<Result<null, E>> {
    return attempt(() => {
      try {
        transact(db, work);
        return ok(null);
      } catch (thrown) {
        if (thrown instanceof Undone) return err(thrown.why as E);
        throw thrown;
      }
    });
  }

  return {
    ...sessions.storage,
    secret: () =>
      attempt(() => {
        const kept = one('SELECT secret FROM account_secret');
        if (kept !== null) return kept['secret'] as Uint8Array;
        const secret = randomBytes(32);
        run('INSERT INTO account_secret VALUES (1, ?)', secret);
        return secret;
      }),
    hasOwner: () => attempt(() => one('SELECT 1 FROM accounts WHERE is_owner = 1') !== null),
    account: (id) => attempt(() => accountWhere('id = ?', id)),
    accountNamed: (name) => attempt(() => accountWhere('name_key = ?', nameKey(name))),
    accounts: () => attempt(() => all('SELECT * FROM accounts ORDER BY created_at, id').map(accountOf)),
    rename: (account, name) =>
      atOnce(() => {
        const holder = accountWhere('name_key = ?', nameKey(name));
        if (holder !== null && holder.id !== account) throw new Undone('name-taken' as const);
        run('UPDATE accounts SET name = ?, name_key = ? WHERE id = ?', name, nameKey(name), account);
      }),
    signUp: ({ account, ticket, credential, session }) =>
      atOnce(() => {
        const { id, name, isOwner, createdAt } = account;
        if (ticket !== null) use(ticket);
        if (accountWhere('name_key = ?', nameKey(name)) !== null) throw new Undone('name-taken' as const);
        run('INSERT INTO accounts VALUES (?, ?, ?, ?, ?)', id, name, nameKey(name), isOwner ? 1 : 0, createdAt);
        if (credential !== null) give(id, credential);
        if (!sessions.start({ ...session, account: id })) throw new Undone('device-taken' as const);
      }),
    recover: ({ account, ticket, credential, session }) =>
      atOnce(() => {
        use(ticket);
        run('DELETE FROM passwords WHERE account = ?', account);
        run('DELETE FROM passkeys WHERE account = ?', account);
        give(account, credential);
        sessions.endAll(account, session.createdAt);
        if (!sessions.start({ ...session, account })) throw new Undone('device-taken' as const);
      }),
    forgetMember: (workspace, member) =>
      attempt(() =>
        transact(db, () => {
          const found = one(
            'DELETE FROM account_members WHERE workspace = ? AND member = ? RETURNING account',
            workspace,
            member,
          );
          const account = found === null ? null : accountWhere('id = ?', String(found['account']));
          if (account === null || account.isOwner) return;
          if (one('SELECT 1 FROM account_members WHERE account = ?', account.id) !== null) return;
          for (const table of ['passwords', 'passkeys', 'subjects', 'tickets', 'sessions']) {
            run(`DELETE FROM ${table} WHERE account = ?`, account.id);
          }
          run('DELETE FROM accounts WHERE id = ?', account.id);
          sessions.ended();
        }),
      ),
    password: (account) =>
      attempt(() => {
        const row = one('SELECT hash FROM passwords WHERE account = ?', account);
        return row === null ? null : String(row['hash']);
      }),
    setPassword: (account, hash) => attempt(() => setPassword(account, hash)),
    passkey: (id) =>
      attempt(() => {
        const row = one('SELECT * FROM passkeys WHERE id = ?', id);
        return row === null ? null : passkeyOf(row);
      }),
    passkeys: (account) =>
      attempt(() => all('SELECT * FROM passkeys WHERE account = ? ORDER BY created_at, id', account).map(passkeyOf)),
    addPasskey: (passkey) =>
      atOnce(() => {
        if (one('SELECT 1 FROM passkeys WHERE id = ?', passkey.id) !== null) throw new Undone('passkey-known' as const);
        addPasskey(passkey);
      }),
    usedPasskey: (id, counter, at) =>
      attempt(() => void run('UPDATE passkeys SET counter = ?, used_at = ? WHERE id = ?', counter, at, id)),
    removePasskey: (account, id) =>
      attempt(() => void run('DELETE FROM passkeys WHERE account = ? AND id = ?', account, id)),
    addSubject: (account, { issuer, subject }) =>
      attempt(() => {
        run('INSERT INTO subjects VALUES (?, ?, ?) ON CONFLICT DO NOTHING', issuer, subject, account);
      }),
    accountOfSubject: ({ issuer, subject }) =>
      attempt(() =>
        accountWhere('id = (SELECT account FROM subjects WHERE issuer = ? AND subject = ?)', issuer, subject),
      ),
    subjects: (account) =>
      attempt(() =>
        all('SELECT issuer, subject FROM subjects WHERE account = ?', account).map((row) => ({
          issuer: String(row['issuer']),
          subject: String(row['subject']),
        })),
      ),
    addTicket: ({ tokenHash, kind, account, createdAt, expiresAt }) =>
      attempt(() => {
        run(
          'INSERT INTO tickets VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
          tokenHash,
          kind,
          account,
          createdAt,
          expiresAt,
        );
      }),
    ticket: (tokenHash) =>
      attempt(() => {
        const row = one('SELECT * FROM tickets WHERE token_hash = ?', tokenHash);
        return row === null ? null : ticketOf(row);
      }),
  };
}

function accountOf(row: Row): Account {
  return {
    id: String(row['id']),
    name: String(row['name']),
    isOwner: row['is_owner'] === 1,
    createdAt: String(row['created_at']),
  };
}

function passkeyOf(row: Row): Passkey {
  return {
    id: String(row['id']),
    account: String(row['account']),
    publicKey: new Uint8Array(row['public_key'] as Uint8Array),
    counter: Number(row['counter']),
    transports: JSON.parse(String(row['transports'])) as readonly string[],
    createdAt: String(row['created_at']),
    usedAt: textOrNull(row['used_at']),
  };
}

function ticketOf(row: Row): Ticket {
  return {
    tokenHash: String(row['token_hash']),
    kind: row['kind'] as Ticket['kind'],
    account: textOrNull(row['account']),
    createdAt: String(row['created_at']),
    expiresAt: textOrNull(row['expires_at']),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
