/** Accounts, credentials and tickets in PostgreSQL. What belongs together takes turns under one name. */
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { ask, transact, transactIfOk } from '../storage/postgres-transaction.ts';
import type { Session as Transaction } from '../storage/postgres-transaction.ts';
import { nameKey } from './account-storage.ts';
import type { Account, AccountStorage, Credential, Passkey, Subject, Ticket } from './account-storage.ts';
import { ENDING, endAllOf, sessionsOf, startOf } from './postgres-sessions.ts';

type PasskeyRow = Omit<Passkey, 'publicKey' | 'transports'> & {
  readonly publicKey: Buffer;
  readonly transports: string;
};

const TURN = ['accounts'] as const;

export function accountsOf(pool: Pool): AccountStorage {
  const accountWhere = async (condition: string, ...values: string[]): Promise<Account | null> =>
    (await ask<Account>(pool, `SELECT ${ACCOUNT} FROM accounts WHERE ${condition}`, values))[0] ?? null;
  const passkeysWhere = async (condition: string, value: string): Promise<readonly Passkey[]> => {
    const sql = `SELECT ${PASSKEY} FROM passkeys WHERE ${condition} ORDER BY created_at, id`;
    return (await ask<PasskeyRow>(pool, sql, [value])).map((row) => ({
      ...row,
      publicKey: new Uint8Array(row.publicKey),
      transports: JSON.parse(row.transports) as readonly string[],
    }));
  };

  return {
    ...sessionsOf(pool),
    secret: async () => {
      await ask(pool, 'INSERT INTO account_secret VALUES (1, $1) ON CONFLICT DO NOTHING', [randomBytes(32)]);
      const [kept] = await ask<{ secret: Buffer }>(pool, 'SELECT secret FROM account_secret', []);
      if (kept === undefined) throw new Error('The secret of accounts is gone');
      return new Uint8Array(kept.secret);
    },
    hasOwner: async () => (await accountWhere('is_owner')) !== null,
    account: (id) => accountWhere('id = $1', id),
    accountNamed: (name) => accountWhere('name_key = $1', nameKey(name)),
    accounts: () => ask<Account>(pool, `SELECT ${ACCOUNT} FROM accounts ORDER BY created_at, id`, []),
    rename: (account, name) =>
      transactIfOk(pool, TURN, async (transaction) => {
        const taken = 'SELECT 1 FROM accounts WHERE name_key = $1 AND id <> $2';
        if ((await transaction.query(taken, [nameKey(name), account])).rows.length > 0) return err('name-taken');
        await transaction.query('UPDATE accounts SET name = $1, name_key = $2 WHERE id = $3', [
          name,
          nameKey(name),
          account,
        ]);
        return ok(null);
      }),
    signUp: ({ account, ticket, credential, session }) =>
      transactIfOk<null, 'name-taken' | 'ticket-used' | 'device-taken'>(pool, TURN, async (transaction) => {
        const { id, name, isOwner, createdAt } = account;
        if (ticket !== null) {
          const used = await use(transaction, ticket);
          if (!used.ok) return used;
        }
        const taken = await transaction.query('SELECT 1 FROM accounts WHERE name_key = $1', [nameKey(name)]);
        if (taken.rows.length > 0) return err('name-taken');
        const row = [id, name, nameKey(name), isOwner, createdAt];
        await transaction.query('INSERT INTO accounts VALUES ($1, $2, $3, $4, $5)', row);
        if (credential !== null) await give(transaction, id, credential);
        return (await startOf(transaction, { ...session, account: id })) ? ok(null) : err('device-taken');
      }),
    recover: ({ account, ticket, credential, session }) =>
      transactIfOk<null, 'ticket-used' | 'device-taken'>(pool, TURN, async (transaction) => {
        const used = await use(transaction, ticket);
        if (!used.ok) return used;
        await transaction.query('DELETE FROM passwords WHERE account = $1', [account]);
        await transaction.query('DELETE FROM passkeys WHERE account = $1', [account]);
        await give(transaction, account, credential);
        await endAllOf(transaction, account, session.createdAt);
        return (await startOf(transaction, { ...session, account })) ? ok(null) : err('device-taken');
      }),
    forgetMember: (workspace, member) =>
      transact(pool, TURN, async (transaction) => {
        const detach = 'DELETE FROM account_members WHERE workspace = $1 AND member = $2 RETURNING account';
        const [detached] = (await transaction.query<{ account: string }>(detach, [workspace, member])).rows;
        if (detached === undefined) return;
        const free = `SELECT id FROM accounts WHERE id = $1 AND NOT is_owner
          AND NOT EXISTS (SELECT 1 FROM account_members WHERE account = $1)`;
        if ((await transaction.query(free, [detached.account])).rows.length === 0) return;
        for (const table of ['passwords', 'passkeys', 'subjects', 'tickets', 'sessions']) {
          await transaction.query(`DELETE FROM ${table} WHERE account = $1`, [detached.account]);
        }
        await transaction.query('DELETE FROM accounts WHERE id = $1', [detached.account]);
        await transaction.query(ENDING);
      }),
    password: async (account) =>
      (await ask<{ hash: string }>(pool, 'SELECT hash FROM passwords WHERE account = $1', [account]))[0]?.hash ?? null,
    setPassword: async (account, hash) => {
      await ask(pool, SET_PASSWORD, [account, hash]);
    },
    passkey: async (id) => (await passkeysWhere('id = $1', id))[0] ?? null,
    passkeys: (account) => passkeysWhere('account = $1', account),
    addPasskey: async (passkey) => {
      const added = await ask(pool, `${ADD_PASSKEY} ON CONFLICT DO NOTHING RETURNING id`, rowOf(passkey));
      return added.length === 0 ? err('passkey-known') : ok(null);
    },
    usedPasskey: async (id, counter, at) => {
      await ask(pool, 'UPDATE passkeys SET counter = $1, used_at = $2 WHERE id = $3', [counter, at, id]);
    },
    removePasskey: async (account, id) => {
      await ask(pool, 'DELETE FROM passkeys WHERE account = $1 AND id = $2', [account, id]);
    },
    addSubject: async (account, { issuer, subject }) => {
      await ask(pool, 'INSERT INTO subjects VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [issuer, subject, account]);
    },
    subjects: (account) => ask<Subject>(pool, 'SELECT issuer, subject FROM subjects WHERE account = $1', [account]),
    accountOfSubject: ({ issuer, subject }) =>
      accountWhere('id = (SELECT account FROM subjects WHERE issuer = $1 AND subject = $2)', issuer, subject),
    addTicket: async ({ tokenHash, kind, account, createdAt, expiresAt }) => {
      const row = [tokenHash, kind, account, createdAt, expiresAt];
      await ask(pool, 'INSERT INTO tickets VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', row);
    },
    ticket: async (tokenHash) =>
      (await ask<Ticket>(pool, `SELECT ${TICKET} FROM tickets WHERE token_hash = $1`, [tokenHash]))[0] ?? null,
  };
}

/** A ticket opens one door, once; the first owner makes every other set-up link void. */
async function use(transaction: Transaction, tokenHash: string): Promise<Result<null, 'ticket-used'>> {
  const gone = await transaction.query<{ kind: string }>('DELETE FROM tickets WHERE token_hash = $1 RETURNING kind', [
    tokenHash,
  ]);
  if (gone.rows[0] === undefined) return err('ticket-used');
  if (gone.rows[0].kind === 'set-up') await transaction.query(`DELETE FROM tickets WHERE kind = 'set-up'`);
  return ok(null);
}

async function give(transaction: Transaction, account: string, credential: Credential): Promise<void> {
  if (credential.kind === 'password') await transaction.query(SET_PASSWORD, [account, credential.hash]);
  else if (credential.kind === 'passkey')
    await transaction.query(ADD_PASSKEY, rowOf({ ...credential.passkey, account }));
  else {
    const row = [credential.issuer, credential.subject, account];
    await transaction.query('INSERT INTO subjects VALUES ($1, $2, $3)', row);
  }
}

function rowOf({ id, account, publicKey, counter, transports, createdAt, usedAt }: Passkey): readonly unknown[] {
  return [id, account, publicKey, counter, JSON.stringify(transports), createdAt, usedAt];
}

const ACCOUNT = 'id, name, is_owner AS "isOwner", created_at AS "createdAt"';
const PASSKEY = `
  id, account, public_key AS "publicKey", counter, transports, created_at AS "createdAt", used_at AS "usedAt"`;
const TICKET = `
  token_hash AS "tokenHash", kind, account, created_at AS "createdAt", expires_at AS "expiresAt"`;
const SET_PASSWORD = 'INSERT INTO passwords VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET hash = excluded.hash';
const ADD_PASSKEY = 'INSERT INTO passkeys VALUES ($1, $2, $3, $4, $5, $6, $7)';
