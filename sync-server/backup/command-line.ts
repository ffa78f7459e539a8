/** `node sync-server/main.ts backup FILE` and `restore FILE`. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newId } from '#lib/domain/id.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { StorageTrouble } from '../storage/storage.ts';
import { askForCopy } from './backup-door.ts';
import { clearOldCopies, copyFile, DATABASE_FILE, finishCopy } from './copy.ts';
import { copyDatabase, restoreDatabase } from './postgres-copy.ts';
import { restore } from './restore.ts';
import type { RestoreRefusal } from './restore.ts';

/** What was done, or what to do instead. */
interface Outcome {
  readonly done: boolean;
  readonly sentence: string;
}

const USAGE = 'Use "backup FILE" or "restore FILE", or nothing to start the server.';

/** `databaseUrl` is empty where the data folder holds everything. */
export async function runCommand(
  words: readonly string[],
  { dataFolder, databaseUrl }: { readonly dataFolder: string; readonly databaseUrl: string },
  now: Date,
): Promise<Outcome> {
  const [command, name, ...rest] = words;
  if (name === undefined || rest.length > 0) return { done: false, sentence: USAGE };
  const file = resolve(name);
  if (command !== 'backup' && command !== 'restore') return { done: false, sentence: USAGE };
  if (databaseUrl !== '') return withDatabase(command, databaseUrl, file);
  if (command === 'backup') {
    clearOldCopies(dataFolder, now);
    return backup(file, dataFolder, newId());
  }
  const refusal = await restore(file, dataFolder, now.toISOString());
  return refusal === null
    ? {
        done: true,
        sentence: `${file} is in place. What ${dataFolder} held is kept in it, in a folder before-restore-….`,
      }
    : { done: false, sentence: SENTENCES[refusal] };
}

async function withDatabase(command: 'backup' | 'restore', url: string, file: string): Promise<Outcome> {
  const result = await (command === 'backup' ? copyDatabase(url, file) : restoreDatabase(url, file));
  if (!result.ok)
    return {
      done: false,
      sentence: `${command === 'backup' ? 'No copy was made' : 'Nothing was restored'}: ${result.error}`,
    };
  return { done: true, sentence: command === 'backup' ? `${file} is a whole copy.` : `${file} is in the database.` };
}

/** `id` tells this copy from others that are made at the same time. */
async function backup(file: string, dataFolder: string, id: string): Promise<Outcome> {
  const copied = copyFile(dataFolder, id);
  const clear = (): void => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(copied + end, { force: true });
  };
  try {
    const answer = await askForCopy(dataFolder, id);
    if (answer === 'absent') await copyStopped(join(dataFolder, DATABASE_FILE), copied);
    else if (answer !== null) return { done: false, sentence: `No copy was made: ${answer}` };
    finishCopy(dataFolder, id, file);
    return { done: true, sentence: `${file} is a whole copy.` };
  } catch (cause) {
    if (!(cause instanceof StorageTrouble)) throw cause;
    return { done: false, sentence: `No copy was made: ${cause.kind}.` };
  } finally {
    clear();
  }
}

/** No server runs, so the database can be opened here. */
async function copyStopped(database: string, file: string): Promise<void> {
  const storage = openSqlite(database);
  try {
    await storage.copyTo(file);
  } finally {
    await storage.close();
  }
}

const SENTENCES: Readonly<Record<RestoreRefusal, string>> = {
  'no-copy': 'Nothing was restored: this is not a copy that "backup" made, or it is damaged.',
  'in-use': 'Nothing was restored: a server is running on this data. Stop it first.',
  'too-new': 'Nothing was restored: a newer Outlay made this copy. Restore it with that one.',
};
