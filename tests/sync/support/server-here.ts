/** The server in the test's own process, where its clock, disk and limits can be others. */
import { join } from 'node:path';
import { newId } from '#lib/domain/id.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import { setUpToken } from '#server/accounts/set-up-link.ts';
import { startServer } from '#server/server.ts';
import type { RunningServer, ServerOptions } from '#server/server.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { SETUP_TOKEN } from '#tests/support/server-process.ts';

export interface ServerHere extends RunningServer {
  readonly url: string;
}

export type OptionsHere = Partial<Omit<ServerOptions, 'storage' | 'accounts'>> & {
  readonly storage?: StorageWithAccounts;
};

/** Keeps everything in a file in `folder`, unless it is given a storage. */
export async function serverHere(
  folder: string,
  {
    storage,
    ...options
  }: Partial<Omit<ServerOptions, 'storage' | 'accounts'>> & { storage?: StorageWithAccounts } = {},
): Promise<ServerHere> {
  const kept = storage ?? openSqlite(join(folder, 'a.sqlite'));
  const { accounts } = kept;
  await setUpToken(accounts, new Date(), SETUP_TOKEN);
  const server = await startServer({
    host: 'localhost',
    port: 0,
    appFolder: join(folder, 'no app'),
    now: () => new Date(),
    newId: () => newId(),
    newSalt: () => '0'.repeat(32),
    log: () => undefined,
    probeEveryMs: 50,
    ...options,
    storage: kept,
    accounts,
  });
  return { ...server, url: `http://localhost:${server.port}` };
}
