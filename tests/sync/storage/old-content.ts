/** What a database of an earlier version holds, whatever keeps it, and looking for it once it was brought forward. */
import { expect } from 'vitest';
import type { AuditEntry } from '#lib/governance/audit/entry.ts';
import { EMPTY_CHAIN } from '#lib/governance/audit/entry.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import { auditEntries } from '#server/storage/audit-entries.ts';
import type { IncomingRow } from '#server/storage/storage.ts';
import { contentOf, Typist } from './rows.ts';

/** What a version knew besides documents and decisions. */
export interface OldKinds {
  readonly seals: boolean;
  readonly accounts: boolean;
  readonly audit: boolean;
}

export const OLD_SNAPSHOT = new Uint8Array([1, 2, 3]);
export const OLD_SECRET = new Uint8Array(32).fill(7);

/** Two rows of Ana's in `core`. */
export function oldRows(): readonly IncomingRow[] {
  const ana = new Typist();
  return ['a', 'b'].map((key, index) => ({ ...ana.type(key, index), key: `key-${key}` }));
}

/** The entry that these rows left in the audit chain. */
export function oldAudit(rows: readonly IncomingRow[]): readonly AuditEntry[] {
  const means = { now: () => new Date('2027-01-01T00:00:00Z'), newSalt: () => '0'.repeat(32) };
  const appended = rows.map((row, index) => ({ row, seq: index + 1 }));
  return auditEntries(EMPTY_CHAIN, [], appended, means);
}

/** Everything that was in it is there, and new things can be written. */
export async function expectOldContent(storage: StorageWithAccounts, has: OldKinds): Promise<void> {
  expect(await storage.workspace('w')).toEqual({ id: 'w', founder: 'ana' });
  expect(await storage.device('w', 'laptop')).toMatchObject({ member: 'ana', publicKey: new Uint8Array([4]) });
  expect(await storage.logHead('w')).toEqual({ seq: 1, hash: 'h1' });
  expect(await storage.answer('w', 'c1')).toMatchObject({ answer: '{"ok":true}' });
  expect(contentOf((await storage.rows('w', 'core', 0, 1e6)).rows)).toEqual({ a: 0, b: 1 });
  expect([...(await storage.clocks('w', 'core')).values()]).toEqual([2]);
  expect([await storage.epoch('w'), await storage.sealOf('w', 'core')]).toEqual([0, null]);
  if (has.seals) await expectSeals(storage);
  if (has.accounts) await expectAccounts(storage);
  const before = await storage.audit('w', 0, 10);
  expect([before.entries.length, before.damagedAt]).toEqual([has.audit ? 1 : 0, null]);

  const joiner = { member: 'ana', device: 'phone', publicKey: new Uint8Array([5]), at: '2027-02-01T00:00:00Z' };
  await storage.addDevice('w', joiner);
  expect(await storage.device('w', 'phone')).toMatchObject({ member: 'ana' });
  const [known] = await storage.rows('w', 'core', 0, 1).then(({ rows }) => rows);
  expect(await storage.append([{ ...new Typist().type('a', 9), key: known?.key ?? '' }])).toEqual([
    { kind: 'duplicate', seq: 1 },
  ]);
  expect(await storage.append([new Typist().type('c', 2)])).toMatchObject([{ kind: 'appended', seq: 3 }]);
  const after = await storage.audit('w', before.entries.length, 10);
  expect(after.entries.map(({ previous }) => previous)).toEqual([before.entries[0]?.hash ?? EMPTY_CHAIN.hash]);
}

async function expectSeals(storage: StorageWithAccounts): Promise<void> {
  expect(await storage.sealOf('w', 'plan/v1/root')).toEqual({ document: 'plan/v1/root', head: 0, hash: 's1' });
  expect(new Uint8Array((await storage.snapshot('w', 's1')) ?? [])).toEqual(OLD_SNAPSHOT);
  expect(await storage.append([new Typist({ document: 'plan/v1/root' }).type('a', 1)])).toEqual([
    { kind: 'refused', reason: 'sealed' },
  ]);
}

async function expectAccounts({ accounts }: StorageWithAccounts): Promise<void> {
  expect(new Uint8Array(await accounts.secret())).toEqual(OLD_SECRET);
  expect([await accounts.hasOwner(), await accounts.accountNamed('ANA')]).toMatchObject([true, { id: 'acc' }]);
  expect(await accounts.password('acc')).toBe('scrypt');
  expect(await accounts.sessionOfDevice('laptop')).toMatchObject({ id: 'ses', account: 'acc', endedAt: null });
  expect(await accounts.passkeys('acc')).toMatchObject([{ id: 'key', counter: 3, transports: ['usb'] }]);
  expect(await accounts.accountOfSubject({ issuer: 'https://id', subject: 's' })).toMatchObject({ id: 'acc' });
  expect(await accounts.ticket('hash')).toMatchObject({ kind: 'person' });
  expect([await accounts.member('acc', 'w'), await accounts.endings()]).toEqual(['ana', 2]);
}
