/**
 * A copy of everything the server keeps, as one SQLite file: the database as it stood at one moment, the other files of
 * the data folder beside it, and the mark that it is a copy.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asTrouble } from '../storage/sqlite-transaction.ts';

/** The database's own file in the data folder; what begins like it belongs to it. */
export const DATABASE_FILE = 'outlay.sqlite';
/** Where what a restoring replaced is kept. */
export const ASIDE = 'before-restore';
const RECEIPT_PARTS = /^receipts[\\/]w-[^\\/]*[\\/]parts[\\/]/;
const DAY_MS = 24 * 60 * 60_000;

/** Where the database is copied to before anything else is done with it: each copy has a name of its own. */
export function copyFile(dataFolder: string, id: string): string {
  return join(dataFolder, `${DATABASE_FILE}.copy-${id}`);
}

/** Takes away what copies left that were killed a day ago or earlier. */
export function clearOldCopies(dataFolder: string, now: Date): void {
  for (const name of existsSync(dataFolder) ? readdirSync(dataFolder) : []) {
    const path = join(dataFolder, name);
    if (!name.startsWith(`${DATABASE_FILE}.copy`)) continue;
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (now.getTime() - mtimeMs > DAY_MS) rmSync(path, { force: true });
  }
}

/** Completes the copied database and takes it to its place: there is a whole copy under that name, or none. */
export function finishCopy(dataFolder: string, id: string, file: string): void {
  const copied = copyFile(dataFolder, id);
  complete(copied, dataFolder);
  const part = `${file}.part-${id}`;
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
    for (const path of otherFiles(dataFolder)) {
      const bytes = bytesOf(path);
      if (bytes !== null) insert.run(relative(dataFolder, path), bytes);
    }
    // Whoever opens this file as a database knows by it that others may have gone on from here.
    db.exec('CREATE TABLE copies (id INTEGER PRIMARY KEY) STRICT; INSERT INTO copies VALUES (1); COMMIT');
  } catch (cause) {
    throw asTrouble(cause);
  } finally {
    db.close();
  }
}

/** Null for a file that is gone by now. */
function bytesOf(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/** A file is there after a power cut, too; of a folder: the names in it. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Without the parts of receipts on their way: they change while they are read, and their devices have all of them. */
function otherFiles(folder: string): readonly string[] {
  const isOther = (path: string): boolean =>
    !path.startsWith(DATABASE_FILE) && !path.startsWith(ASIDE) && !RECEIPT_PARTS.test(path);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isOther(relative(folder, path)));
}
