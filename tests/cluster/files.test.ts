import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '#server/storage/postgres.ts';
import type { SharedStorage } from '#server/storage/postgres.ts';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { fileStorageContract, hashOf, pdfOf } from '#tests/sync/files/contract.ts';

let postgres: PostgresProcess;
let url = '';
let opened: SharedStorage[] = [];
beforeAll(async () => {
  postgres = await PostgresProcess.start();
});
afterAll(async () => {
  await Promise.all(opened.map((storage) => storage.close()));
  await postgres.dispose();
});

async function again() {
  const storage = await openPostgres(url, () => undefined);
  opened = [...opened, storage];
  return storage.files;
}

describe('receipts in PostgreSQL', () => {
  const open = async () => {
    url = await postgres.newDatabase();
    return again();
  };
  fileStorageContract(open, again);

  test('parts sent to two servers become one file, and either gives it out', async () => {
    const [one, other] = [await open(), await again()];
    const content = pdfOf(900_000);
    const upload = { workspace: 'w', hash: hashOf(content), document: 'inbox/ana', size: content.length };
    await one.append(upload, 0, content.subarray(0, 400_000));
    expect(await other.append(upload, 400_000, content.subarray(400_000))).toBe(900_000);
    expect(await other.finish(upload)).toBe('kept');
    const page = await one.read('w', upload.hash, 399_990, 100_000);
    expect(Buffer.from(page?.bytes ?? []).equals(content.subarray(399_990, 499_990))).toBe(true);
  });
});
