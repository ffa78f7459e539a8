import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '#server/storage/sqlite.ts';
import { MergedDocuments } from '#server/workspace/merged-documents.ts';
import { contentOf, Typist } from './rows.ts';

test('a document is read once for all who ask, then only what is new; what is kept stays within its limit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outlay-merged-'));
  const storage = openSqlite(join(folder, 'outlay.sqlite'));
  const reads: string[] = [];
  const rows: typeof storage.rows = (workspace, document, after, maxBytes) => {
    reads.push(`${document} after ${after}`);
    return storage.rows(workspace, document, after, maxBytes);
  };
  const merged = new MergedDocuments({ rows }, 20_000);
  const typists = ['core', 'plan/a/root', 'plan/b/root'].map((document) => new Typist({ document }));
  for (const typist of typists) await storage.append([typist.type('a', 'x'.repeat(8000)), typist.type('b', 1)]);
  const ask = async (name: string, head: number, incarnation = 'i1') =>
    contentOf([{ bytes: await merged.get('w', { name, incarnation, head }) }]);

  const [one, other] = await Promise.all([ask('core', 2), ask('core', 2)]);
  expect([one, other]).toEqual([{ a: 'x'.repeat(8000), b: 1 }, one]);
  await storage.append([(typists[0] as Typist).type('c', 2)]);
  expect(await ask('core', 3)).toEqual({ ...one, c: 2 });
  expect(reads).toEqual(['core after 0', 'core after 2']);

  await ask('plan/a/root', 2);
  await ask('plan/b/root', 2);
  expect(merged.size).toBeLessThan(20_000);
  await ask('plan/b/root', 2);
  expect(reads.slice(2)).toEqual(['plan/a/root after 0', 'plan/b/root after 0']);
  await ask('core', 3);
  expect(reads.at(-1)).toBe('core after 0');
  await storage.reincarnate('w', 'core', 'i2', [{ ...new Typist().type('z', 26), incarnation: 'i2' }]);
  expect(await ask('core', 1, 'i2')).toEqual({ z: 26 });
  await storage.close();
  rmSync(folder, { recursive: true });
});
