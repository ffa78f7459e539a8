/** Putting a copy in the place of what the data folder holds. What was there is kept aside. */
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../storage/sqlite.ts';
import { StorageTrouble } from '../storage/storage.ts';
import { ASIDE, DATABASE_FILE, sync } from './copy.ts';

/** `no-copy`: not a file that the backup made, or a damaged one. `in-use`: a server is running on the data folder. */
export type RestoreRefusal = 'no-copy' | 'in-use' | 'too-new';

/** Null when it is done; until the last step the data folder is as it was. `at` names what is kept aside. */
export async function restore(copy: string, dataFolder: string, at: string): Promise<RestoreRefusal | null> {
  mkdirSync(dataFolder, { recursive: true });
  const database = join(dataFolder, DATABASE_FILE);
  const restored = `${database}.restored`;
  for (const end of ['', '-wal', '-journal']) rmSync(restored + end, { force: true });
  if (!existsSync(copy)) return 'no-copy';
  copyFileSync(copy, restored);
  if (!isWholeCopy(restored)) return 'no-copy';
  try {
    await checkpoint(database);
    // Brings it forward, and gives every document the incarnation of a copy.
    await openSqlite(restored).close();
  } catch (cause) {
    if (!(cause instanceof StorageTrouble) || (cause.kind !== 'locked' && cause.kind !== 'too-new')) throw cause;
    return cause.kind === 'locked' ? 'in-use' : 'too-new';
  }
  const aside = join(dataFolder, `${ASIDE}-${at.replaceAll(':', '-')}`);
  mkdirSync(aside, { recursive: true });
  putFiles(restored, dataFolder, aside);
  keep(database, join(aside, DATABASE_FILE));
  renameSync(restored, database);
  sync(dataFolder);
  return null;
}

function isWholeCopy(file: string): boolean {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file);
    const names = db.prepare(`SELECT 1 FROM sqlite_master WHERE name IN ('copies', 'copied_files')`).all();
    return names.length === 2 && db.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok';
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** Takes the files that the copy brings along out of it, one at a time, into the data folder. */
function putFiles(copy: string, dataFolder: string, aside: string): void {
  const db = new DatabaseSync(copy);
  try {
    for (const row of db.prepare('SELECT path, bytes FROM copied_files').iterate()) {
      const path = String(row['path']);
      const isInside = resolve(dataFolder, path).startsWith(resolve(dataFolder) + sep);
      if (isInside) put(join(dataFolder, path), row['bytes'] as Uint8Array, join(aside, path));
    }
    db.exec('DROP TABLE copied_files');
  } finally {
    db.close();
  }
}

/**
 * Nobody else has the database, and everything in it is in its one file. A damaged one is the reason to restore: it
 * goes aside as it is.
 */
async function checkpoint(database: string): Promise<void> {
  if (!existsSync(database)) return;
  try {
    await openSqlite(database).close();
  } catch (cause) {
    if (cause instanceof StorageTrouble && cause.kind === 'locked') throw cause;
  }
}

/** Under its old name until the new one takes it over; a log that could not be closed must not meet the new one. */
function keep(database: string, aside: string): void {
  if (existsSync(database)) linkSync(database, aside);
  for (const end of ['-wal', '-journal']) if (existsSync(database + end)) renameSync(database + end, aside + end);
}

function put(path: string, bytes: Uint8Array, aside: string): void {
  if (existsSync(path)) {
    if (readFileSync(path).equals(bytes)) return;
    mkdirSync(dirname(aside), { recursive: true });
    renameSync(path, aside);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes, { mode: 0o600 });
}
