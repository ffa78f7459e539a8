/** Run as a process: brings a file forward and stops for good after so many statements, inside the transaction. */
import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrate, MIGRATIONS } from '#server/storage/sqlite-migrations.ts';

const [file = '', statements = ''] = process.argv.slice(2);
let left = Number(statements);
const db = new DatabaseSync(file);
db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
db.function('halt', () => {
  left -= 1;
  if (left === 0) {
    writeSync(1, 'halted');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  return 0;
});
migrate(
  db,
  MIGRATIONS.map((migration) => migration.replaceAll(';', '; SELECT halt();')),
);
