import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgres } from '#server/storage/postgres.ts';
import type { SharedStorage } from '#server/storage/postgres.ts';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { accountContract } from './contract.ts';

describe('PostgreSQL', () => {
  let postgres: PostgresProcess;
  beforeAll(async () => {
    postgres = await PostgresProcess.start();
  });
  afterAll(() => postgres.dispose());

  accountContract(() => {
    let url = '';
    let storage: SharedStorage;
    return {
      open: async () => {
        url ||= await postgres.newDatabase();
        storage = await openPostgres(url, () => undefined);
        return storage.accounts;
      },
      close: () => storage.close(),
      remove: () => postgres.drop(url),
    };
  });
});
