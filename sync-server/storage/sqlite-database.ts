/** How the SQLite file is opened: by one process, every commit on the disk, its tables brought up to date. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './sqlite-migrations.ts';
import { asTrouble } from './sqlite-transaction.ts';

/** `maxPages` bounds the file, as a full disk would. */
export function openDatabase(file: string, maxPages?: number): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  try {
    // Exclusive: a second server on this file is refused by the operating system's lock, also after a crash.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
    migrate(db);
    db.exec(`DELETE FROM workspaces WHERE state = 'founding'`);
    return db;
  } catch (cause) {
    db.close();
    throw asTrouble(cause);
  }
}
