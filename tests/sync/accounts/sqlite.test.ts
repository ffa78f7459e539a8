import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openSqlite } from '#server/storage/sqlite.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import { accountContract } from './contract.ts';

describe('SQLite', () => {
  accountContract(() => {
    const folder = mkdtempSync(join(tmpdir(), 'outlay-accounts-'));
    let storage: StorageWithAccounts;
    return {
      open: () => {
        storage = openSqlite(join(folder, 'outlay.sqlite'));
        return storage.accounts;
      },
      close: () => storage.close(),
      remove: () => rmSync(folder, { recursive: true }),
    };
  });
});
