import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFile } from '#server/storage/open-storage.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { migrate, MIGRATIONS } from '#server/storage/sqlite-migrations.ts';
import { expectOldContent } from './old-content.ts';
import { kindsIn, makeOldFile, OLD_VERSIONS } from './old-versions.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-migration-'));
  file = join(folder, 'outlay.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Opens the file as the server does. */
async function expectWhole(version: number): Promise<void> {
  const storage = openSqlite(file);
  await expectOldContent(storage, kindsIn(version));
  await storage.close();
}

/** Everything that the tables and indexes are, in words. */
function schemaOf(path: string): unknown {
  const db = new DatabaseSync(path);
  const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all();
  const version = db.prepare('SELECT version FROM schema_version').get();
  db.close();
  return { schema, version };
}

test.each(OLD_VERSIONS)('a file of version %i is brought forward with everything in it', async (version) => {
  makeOldFile(file, version);
  await expectWhole(version);
  const fresh = join(folder, 'fresh.sqlite');
  await openSqlite(fresh).close();
  expect(schemaOf(file)).toEqual(schemaOf(fresh));
});

test('the newest version is the only one that is not tried as an old one', () => {
  expect(OLD_VERSIONS.length).toBeGreaterThanOrEqual(MIGRATIONS.length - 1);
});

test('a file that a newer server wrote is refused and not touched', () => {
  makeOldFile(file, 1);
  const db = new DatabaseSync(file);
  migrate(db, [...MIGRATIONS, 'CREATE TABLE later (id INTEGER)']);
  db.close();
  const before = schemaOf(file);
  expect(() => openSqlite(file)).toThrow(expect.objectContaining({ kind: 'too-new' }));
  expect(openFile(file)).toMatchObject({ ok: false, error: expect.stringContaining('a newer Outlay') as string });
  expect(schemaOf(file)).toEqual(before);
});

test('a migration that fails leaves the version before', () => {
  makeOldFile(file, 1);
  const db = new DatabaseSync(file);
  expect(() => migrate(db, [...MIGRATIONS, 'CREATE TABLE later (id INTEGER); SELECT nonsense'])).toThrow();
  expect(db.prepare('SELECT version FROM schema_version').get()).toEqual({ version: MIGRATIONS.length });
  expect(db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'later'`).get()).toBeUndefined();
  db.close();
});

test('killed with -9 after any statement of a migration, the file is of the old version or of the new one', async () => {
  const statementsOf = (migrations: readonly string[]): number => migrations.join('').split(';').length - 1;
  const sinceFirst = statementsOf(MIGRATIONS.slice(0, 1));
  for (let halt = sinceFirst; halt <= statementsOf(MIGRATIONS); halt += 1) {
    makeOldFile(file, 1);
    await killedAfter(halt);
    const db = new DatabaseSync(file);
    const version = Number(db.prepare('SELECT version FROM schema_version').get()?.['version'] ?? 0);
    const names = db
      .prepare(`SELECT name FROM sqlite_master WHERE name IN ('epochs', 'snapshots', 'audit', 'leaves')`)
      .all();
    db.close();
    expect(names).toHaveLength([0, 0, 2, 2, 3, 3, 4][version] ?? NaN);
    await expectWhole(1);
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  }
});

async function killedAfter(statements: number): Promise<void> {
  const script = fileURLToPath(new URL('./halting-migration.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, String(statements)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said = await Promise.race([once(child.stdout, 'data'), ended]);
  expect(String(said[0])).toBe('halted');
  child.kill('SIGKILL');
  await ended;
}
