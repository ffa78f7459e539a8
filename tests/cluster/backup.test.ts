import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commonRows } from '#lib/documents/incarnation.ts';
import { runCommand } from '#server/backup/command-line.ts';
import type { Upload } from '#server/files/file-storage.ts';
import { openPostgres } from '#server/storage/postgres.ts';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { hashOf, pdfOf } from '#tests/sync/files/contract.ts';
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

interface Given {
  readonly bytes: Uint8Array;
  readonly upload: Upload;
}

const run = (databaseUrl: string, ...words: string[]) =>
  runCommand(words, { dataFolder: folder, databaseUrl }, new Date(0));

test('a copy of a database, restored into an empty one, holds everything and knows that it is a copy', async () => {
  const [from, to] = [await postgres.newDatabase(), await postgres.newDatabase()];
  const file = join(folder, 'copy');
  const storage = await openPostgres(from, () => undefined);
  const ana = new Typist();
  await storage.append([ana.type('a', 1), ana.type('b', 2)]);
  expect(await run(from, 'backup', file)).toEqual({ done: true, sentence: `${file} is a whole copy.` });
  const [whole, begun] = [pdfOf(3000), pdfOf(4000, 2)].map((bytes) => ({
    bytes,
    upload: { workspace: 'w', hash: hashOf(bytes), document: 'inbox/ana', size: bytes.length },
  })) as [Given, Given];
  await storage.files.append(whole.upload, 0, whole.bytes);
  await storage.files.finish(whole.upload);
  await storage.files.append(begun.upload, 0, begun.bytes.subarray(0, 1000));
  const secret = await storage.accounts.secret();
  const twice = await Promise.all([run(from, 'backup', file), run(from, 'backup', file)]);
  expect(twice.map(({ done }) => done)).toEqual([true, true]);
  expect(readdirSync(folder)).toEqual(['copy']);
  await storage.append([ana.type('lost', 3)]);
  expect(await run(from, 'restore', file)).toMatchObject({ done: false });
  expect(await run(to, 'restore', file)).toMatchObject({ done: true });

  const restored = await openPostgres(to, () => undefined);
  expect(contentOf((await restored.rows('w', 'core', 0, 1e6)).rows)).toEqual({ a: 1, b: 2 });
  const head = await restored.head('w', 'core');
  expect([head?.head, commonRows('i1', head?.incarnation ?? '')]).toEqual([2, 2]);
  expect(await restored.auditHead('w')).toMatchObject({ seq: 1 });
  expect((await storage.head('w', 'core'))?.incarnation).toBe('i1');
  // Receipts and keys come along; what was on its way goes on where it was.
  expect(await restored.accounts.secret()).toEqual(secret);
  const page = await restored.files.read('w', whole.upload.hash, 0, 10_000);
  expect(new Uint8Array(page?.bytes ?? [])).toEqual(whole.bytes);
  expect(await restored.files.append(begun.upload, 1000, begun.bytes.subarray(1000))).toBe(4000);
  expect(await restored.files.finish(begun.upload)).toBe('kept');
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
