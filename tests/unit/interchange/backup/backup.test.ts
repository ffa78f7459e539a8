import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Backup } from '#lib/interchange/backup/backup.ts';
import { decodeBackup } from '#lib/interchange/backup/decode.ts';
import { encodeBackup } from '#lib/interchange/backup/encode.ts';
import { explainRefusal } from '#lib/interchange/explain.ts';
import { sha256 } from '#lib/domain/sha256.ts';
import { bytesOf } from '#tests/support/import-text.ts';

async function makeBackup(fields: Partial<Backup> = {}): Promise<Backup> {
  const photo = bytesOf('not really a photo');
  return {
    workspace: { id: 'w1', name: 'Harbourlight' },
    createdAt: '2027-04-30T09:00:00.000Z',
    appVersion: '0.1.0',
    reportHash: 'abc',
    rows: [
      { key: 'r1', document: 'core', bytes: bytesOf('first'), format: 'v2', checksum: 1, author: null },
      {
        key: 'r2',
        document: 'inbox/anna',
        bytes: new Uint8Array(),
        format: 'v1',
        checksum: 2,
        author: { member: 'anna', device: 'd1' },
      },
    ],
    aside: [
      {
        row: { key: 'r3', document: 'plan/v/root', bytes: bytesOf('x'), format: 'v2', checksum: 3, author: null },
        reason: 'sealed',
      },
    ],
    receipts: [
      { hash: await sha256(photo), type: 'image/webp', size: photo.length, original: photo, thumbnail: bytesOf('t') },
      { hash: 'f'.repeat(64), type: 'application/pdf', size: 9, original: null, thumbnail: null },
    ],
    records: { log: [{ seq: 1, hash: 'h' }], outbox: [], mappings: [{ header: 'x' }] },
    ...fields,
  };
}

async function fileOf(backup: Backup): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob([...(await encodeBackup(backup))]).arrayBuffer());
}

test('X27: a backup reads back as it was written', async () => {
  const backup = await makeBackup();
  expect(await decodeBackup(await fileOf(backup))).toEqual({ ok: true, value: backup });
});

test('X29: updates come back with nothing that a server said about them', async () => {
  const decoded = await decodeBackup(await fileOf(await makeBackup()));
  const [row] = decoded.ok ? decoded.value.rows : [];
  expect(Object.keys(row ?? {}).sort()).toEqual(['author', 'bytes', 'checksum', 'document', 'format', 'key']);
});

test('X28: a file that is something else, or of a later version, is refused with a sentence', async () => {
  const other = await decodeBackup(bytesOf('Date,Vendor,Amount\n'));
  expect(other).toEqual({ ok: false, error: { kind: 'not-a-backup' } });
  const file = await fileOf(await makeBackup());
  file[8] = 2;
  const newer = await decodeBackup(file);
  expect(newer).toEqual({ ok: false, error: { kind: 'newer-backup', version: 2, known: 1 } });
  for (const refused of [other, newer]) {
    expect(refused.ok || explainRefusal(refused.error)).toMatch(/Nothing was restored\.$/);
  }
});

test('X28: a file cut short anywhere is refused, and says how much of it is there', async () => {
  const file = await fileOf(await makeBackup());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (length) => {
      const refused = await decodeBackup(file.slice(0, length));
      expect(refused).toMatchObject({ ok: false, error: { kind: length < 8 ? 'not-a-backup' : 'truncated-backup' } });
    }),
  );
});

test('X28: a single changed bit anywhere is found', async () => {
  const file = await fileOf(await makeBackup());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      expect((await decodeBackup(changed)).ok).toBe(false);
    }),
  );
});

test('X28: bytes added behind the end are found', async () => {
  const file = await fileOf(await makeBackup());
  expect(await decodeBackup(new Uint8Array([...file, 0]))).toEqual({
    ok: false,
    error: { kind: 'damaged-backup', part: 'the end' },
  });
});

test('X28: a receipt that is not what its name says is found, even with checksums made anew', async () => {
  const backup = await makeBackup();
  const forged = backup.receipts.map(
    (receipt) => receipt.original && { ...receipt, original: bytesOf('another photo') },
  );
  const file = await fileOf({ ...backup, receipts: forged.filter((receipt) => receipt !== null) });
  expect(await decodeBackup(file)).toMatchObject({ ok: false, error: { kind: 'damaged-backup' } });
});

const row = fc.record({
  key: fc.string(),
  document: fc.string(),
  bytes: fc.uint8Array({ maxLength: 50 }).map((bytes) => new Uint8Array(bytes)),
  format: fc.constantFrom('v1' as const, 'v2' as const),
  checksum: fc.nat(),
  author: fc.option(fc.record({ member: fc.string(), device: fc.string() })),
});

test('X27: every workspace survives its backup', async () => {
  const records = fc.dictionary(
    // Names that every object has are no names of a collection: whoever reads a backup drops them.
    fc.string().filter((name) => !['__proto__', 'prototype', 'constructor'].includes(name)),
    fc.array(fc.jsonValue()),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row), fc.array(row), records, async (rows, refused, json) => {
      const plain = JSON.parse(JSON.stringify(json)) as Backup['records'];
      const backup = await makeBackup({ rows, aside: refused.map((r) => ({ row: r, reason: 'why' })), records: plain });
      expect(await decodeBackup(await fileOf(backup))).toEqual({ ok: true, value: backup });
    }),
    { numRuns: 40 },
  );
});
