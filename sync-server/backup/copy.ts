/**
 * A copy of everything the server keeps, as one SQLite file: the database as it stood at one moment, the other files of
 * the data folder beside it, and the mark that it is a copy.
 */
import { closeSync, copyFileSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asTrouble } from '../storage/sqlite-transaction.ts';

/** The database's own file in the data folder; what begins like it belongs to it. */
export const DATABASE_FILE = 'outlay.sqlite';
/** Where what a restoring replaced is kept. */
export const ASIDE = 'before-restore';

/** Where the database is copied to before anything else is done with it. */
export function copyFile(dataFolder: string): string {
  return join(dataFolder, `${DATABASE_FILE}.copy`);
}

/** Completes the copied database and takes it to its place: there is a whole copy under that name, or none. */
export function finishCopy(dataFolder: string, file: string): void {
  const copied = copyFile(dataFolder);
  complete(copied, dataFolder);
  const part = `${file}.part`;
  try {
    copyFileSync(copied, part);
    sync(part);
    renameSync(part, file);
    sync(dirname(file));
  } finally {
    rmSync(part, { force: true });
  }
}

function complete(copied: string, dataFolder: string): void {
  const db = new DatabaseSync(copied);
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN');
    db.exec('CREATE TABLE copied_files (path TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO copied_files VALUES (?, ?)');
    for (const path of otherFiles(dataFolder)) insert.run(relative(dataFolder, path), readFileSync(path));
    // Whoever opens this file as a database knows by it that others may have gone on from here.
    db.exec('CREATE TABLE copies (id INTEGER PRIMARY KEY) STRICT; INSERT INTO copies VALUES (1); COMMIT');
  } catch (cause) {
    throw asTrouble(cause);
  } finally {
    db.close();
  }
}

/** A file is there after a power cut, too; of a folder: the names in it. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function otherFiles(folder: string): readonly string[] {
  const isOther = (path: string): boolean => !path.startsWith(DATABASE_FILE) && !path.startsWith(ASIDE);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isOther(relative(folder, path)));
}
