import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commonRows } from '#lib/documents/incarnation.ts';
import { runCommand } from '#server/backup/command-line.ts';
import { openPostgres } from '#server/storage/postgres.ts';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { contentOf, Typist } from '#tests/sync/storage/rows.ts';

let postgres: PostgresProcess;
let folder: string;
beforeAll(async () => {
  postgres = await PostgresProcess.start();
  folder = mkdtempSync(join(tmpdir(), 'outlay-copies-'));
});
afterAll(async () => {
  await postgres.dispose();
  rmSync(folder, { recursive: true });
});

const run = (databaseUrl: string, ...words: string[]) =>
  runCommand(words, { dataFolder: folder, databaseUrl }, new Date(0));

test('a copy of a database, restored into an empty one, holds everything and knows that it is a copy', async () => {
  const [from, to] = [await postgres.newDatabase(), await postgres.newDatabase()];
  const file = join(folder, 'copy');
  const storage = await openPostgres(from, () => undefined);
  const ana = new Typist();
  await storage.append([ana.type('a', 1), ana.type('b', 2)]);
  expect(await run(from, 'backup', file)).toEqual({ done: true, sentence: `${file} is a whole copy.` });
  await storage.append([ana.type('lost', 3)]);
  expect(await run(from, 'restore', file)).toMatchObject({ done: false });
  expect(await run(to, 'restore', file)).toMatchObject({ done: true });

  const restored = await openPostgres(to, () => undefined);
  expect(contentOf((await restored.rows('w', 'core', 0, 1e6)).rows)).toEqual({ a: 1, b: 2 });
  const head = await restored.head('w', 'core');
  expect([head?.head, commonRows('i1', head?.incarnation ?? '')]).toEqual([2, 2]);
  expect(await restored.auditHead('w')).toMatchObject({ seq: 1 });
  expect((await storage.head('w', 'core'))?.incarnation).toBe('i1');
  await Promise.all([storage.close(), restored.close()]);
  const again = await openPostgres(to, () => undefined);
  expect(await again.head('w', 'core')).toEqual(head);
  await again.close();
});

test('what is no copy is refused and leaves the database empty; a database that is not there is no copy', async () => {
  const url = await postgres.newDatabase();
  const file = join(folder, 'nonsense');
  writeFileSync(file, 'nonsense');
  expect(await run(url, 'restore', file)).toMatchObject({
    done: false,
    sentence: expect.stringContaining('archive') as string,
  });
  const storage = await openPostgres(url, () => undefined);
  expect(await storage.heads('w')).toEqual([]);
  await storage.close();
  const before = readdirSync(folder);
  expect(await run(`${url}-absent`, 'backup', join(folder, 'none'))).toMatchObject({ done: false });
  expect(readdirSync(folder)).toEqual(before);
});
