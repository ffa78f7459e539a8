import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '#server/storage/sqlite.ts';
import { StorageTrouble } from '#server/storage/storage.ts';
import { auditContract } from './audit-contract.ts';
import { storageContract } from './contract.ts';
import type { Place } from './contract.ts';
import { raceContract } from './race-contract.ts';
import { Typist } from './rows.ts';

function newFile(): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'outlay-sqlite-'));
  return { file: join(folder, 'outlay.sqlite'), remove: () => rmSync(folder, { recursive: true }) };
}

const newPlace = (): Place => {
  const { file, remove } = newFile();
  return {
    open: () => openSqlite(file),
    damage: (document, seq) => {
      const db = new DatabaseSync(file);
      const where = `seq = ? AND document = (SELECT id FROM documents WHERE name = ?)`;
      const found = db.prepare(`SELECT bytes FROM rows WHERE ${where}`).get(seq, document);
      const bytes = found?.['bytes'] as Uint8Array;
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 4;
      db.prepare(`UPDATE rows SET bytes = ? WHERE ${where}`).run(bytes, seq, document);
      db.close();
    },
    lose: (document, seq) => {
      const db = new DatabaseSync(file);
      const where = `seq = ? AND document = (SELECT id FROM documents WHERE name = ?)`;
      db.prepare(`DELETE FROM rows WHERE ${where}`).run(seq, document);
      db.close();
    },
    damageAudit: (seq) => {
      const db = new DatabaseSync(file);
      db.prepare(`UPDATE audit SET contents = replace(contents, 'core', 'cord') WHERE seq = ?`).run(seq);
      db.close();
    },
    remove,
  };
};

describe('SQLite', () => {
  storageContract(newPlace);
  auditContract(newPlace);
  raceContract(newPlace);

  test('a second opening of the same file is refused as locked', async () => {
    const { file, remove } = newFile();
    const storage = openSqlite(file);
    expect(() => openSqlite(file)).toThrow(StorageTrouble);
    await storage.close();
    await openSqlite(file).close();
    remove();
  });

  test('a full disk is told apart, keeps nothing of the batch, and reading goes on', async () => {
    const { file, remove } = newFile();
    const storage = openSqlite(file, { maxPages: 60 });
    const ana = new Typist();
    await storage.append([ana.type('a', 1)]);
    const large = [ana.type('b', 2), ana.type('c', 'x'.repeat(300_000))];
    await expect(storage.append(large)).rejects.toMatchObject({ kind: 'disk-full' });
    expect((await storage.rows('w', 'core', 0, 1e6)).rows).toHaveLength(1);
    await storage.probe();
    await storage.close();
    remove();
  });
});
