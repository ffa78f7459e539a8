/** Run as a process: brings a database forward, and waits for the test's lock after so many statements. */
import { migrate, MIGRATIONS } from '#server/storage/postgres-schema.ts';
import { openPool } from '#server/storage/postgres-transaction.ts';
import { haltingAfter } from './halts.ts';

const [url = '', statements = ''] = process.argv.slice(2);
await migrate(
  openPool(url, () => undefined),
  haltingAfter(MIGRATIONS, Number(statements)),
);
