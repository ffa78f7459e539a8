/** How the SQLite file is opened: by one process, every commit on the disk, its tables brought up to date. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { restoredIncarnation } from '#lib/documents/incarnation.ts';
import { migrate } from './sqlite-migrations.ts';
import { asTrouble, transact } from './sqlite-transaction.ts';

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
    goOnFromCopy(db);
    return db;
  } catch (cause) {
    db.close();
    throw asTrouble(cause);
  }
}

/**
 * A copy is opened to go on from it, while devices know rows that came later: every document goes on under an
 * incarnation that tells them.
 */
function goOnFromCopy(db: DatabaseSync): void {
  const isCopy = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'copies'`).get() !== undefined;
  if (!isCopy) return;
  const token = randomBytes(5).toString('hex');
  transact(db, () => {
    const renew = db.prepare('UPDATE documents SET incarnation = ? WHERE id = ?');
    for (const { id, incarnation, head } of db.prepare('SELECT id, incarnation, head FROM documents').all()) {
      renew.run(restoredIncarnation(String(incarnation), Number(head), token), Number(id));
    }
    db.exec('DROP TABLE copies');
  });
}
