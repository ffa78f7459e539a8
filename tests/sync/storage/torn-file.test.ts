import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '#server/storage/sqlite.ts';
import type { StoredRow } from '#server/storage/storage.ts';
import { Typist } from './rows.ts';

/** A storage that was cut off while it was open, with 40 rows: as acknowledged one by one, the last one of two pages. */
let folder: string;
let file: string;
const written: Uint8Array[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-torn-'));
  file = join(folder, 'crashed.sqlite');
  const storage = openSqlite(join(folder, 'open.sqlite'));
  const ana = new Typist();
  for (let n = 0; n < 40; n += 1) {
    const row = ana.type(`k${n}`, 'x'.repeat(n === 39 ? 6000 : 300));
    written.push(row.bytes);
    await storage.append([row]);
  }
  for (const end of ['', '-wal']) copyFileSync(join(folder, `open.sqlite${end}`), file + end);
  await storage.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The crashed files once more, changed by `damage`; null when the storage refuses to read them. */
async function readDamaged(damage: (copy: string) => unknown): Promise<{
  readonly rows: readonly StoredRow[];
  readonly head: number;
  readonly damagedAt: number | null;
} | null> {
  const copy = join(folder, 'damaged.sqlite');
  for (const end of ['', '-wal', '-shm']) {
    rmSync(copy + end, { force: true });
    if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  }
  await damage(copy);
  try {
    const storage = openSqlite(copy);
    try {
      const { rows, damagedAt } = await storage.rows('w', 'core', 0, 1e9);
      return { rows, damagedAt, head: (await storage.head('w', 'core'))?.head ?? 0 };
    } finally {
      await storage.close();
    }
  } catch {
    return null;
  }
}

function expectAsWritten(rows: readonly StoredRow[]): void {
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.every(({ bytes }, index) => Buffer.compare(bytes, written[index] as Uint8Array) === 0)).toBe(true);
}

test('a crash without damage: every row is there', async () => {
  const read = await readDamaged(() => undefined);
  expect(read).toMatchObject({ head: 40, damagedAt: null });
  expectAsWritten(read?.rows ?? []);
});

test('a torn last page takes only the commit that was never acknowledged with it', async () => {
  const size = readFileSync(`${file}-wal`).length;
  for (const cut of [1, 1000, 4000, 4120]) {
    const read = await readDamaged((copy) => truncateSync(`${copy}-wal`, size - cut));
    expect(read).toMatchObject({ head: 39, damagedAt: null });
    expect(read?.rows).toHaveLength(39);
    expectAsWritten(read?.rows ?? []);
  }
});

test('wherever bits flip in the file, no row is read as something else than was written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(7), async (at, bit) => {
      const read = await readDamaged(async (copy) => {
        // In the main file, where SQLite itself has no checksum.
        await openSqlite(copy).close();
        const bytes = readFileSync(copy);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        writeFileSync(copy, bytes);
      });
      if (read === null) return;
      expectAsWritten(read.rows);
      // What is missing is told: by its number, or by the head that is not reached.
      if (read.rows.length < 40) expect(read.damagedAt ?? read.head).toBeGreaterThan(read.rows.length);
    }),
    { numRuns: 60 },
  );
});
