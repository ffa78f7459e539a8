import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileStorage, Upload } from '#server/files/file-storage.ts';

/** Bytes that look like nothing else, and begin as a PDF does. */
export function pdfOf(bytes: number, seed = 1): Uint8Array<ArrayBuffer> {
  const content = Uint8Array.from({ length: bytes }, (_, at) => (at * 31 + (at >> 8) * seed + seed) % 256);
  content.set(new TextEncoder().encode('%PDF-1.7\n'));
  return content;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What every storage of receipts does. `again` opens the same storage anew, as after a crash. */
export function fileStorageContract(open: () => Promise<FileStorage>, again: () => Promise<FileStorage>): void {
  let files: FileStorage;
  beforeEach(async () => {
    files = await open();
  });
  afterEach(() => files.close());

  const content = pdfOf(100_000);
  const upload: Upload = { workspace: 'w', hash: hashOf(content), document: 'inbox/ana', size: content.length };

  async function put(given: Upload, bytes: Uint8Array): Promise<void> {
    await files.append(given, 0, bytes);
    expect(await files.finish(given)).toBe('kept');
  }

  async function whole(workspace = 'w', hash = upload.hash): Promise<Uint8Array | null> {
    const page = await files.read(workspace, hash, 0, 1_000_000);
    return page === null ? null : new Uint8Array(page.bytes);
  }

  test('parts become a file, which is read from any offset', async () => {
    expect(await files.append(upload, 0, content.subarray(0, 40_000))).toBe(40_000);
    expect(await files.received(upload)).toBe(40_000);
    expect(await files.append(upload, 40_000, content.subarray(40_000))).toBe(100_000);
    expect(await whole()).toBeNull();
    expect(await files.givenFor('w', upload.hash)).toEqual([]);
    expect(await files.finish(upload)).toBe('kept');
    expect(await whole()).toEqual(content);
    const page = await files.read('w', upload.hash, 99_990, 100);
    expect([page?.size, new Uint8Array(page?.bytes ?? [])]).toEqual([100_000, content.subarray(99_990)]);
    expect(await files.givenFor('w', upload.hash)).toEqual(['inbox/ana']);
    expect(await files.received(upload)).toBe(0);
  });

  test('a part that comes twice, too early or empty changes nothing', async () => {
    await files.append(upload, 0, content.subarray(0, 1000));
    expect(await files.append(upload, 0, content.subarray(0, 1000))).toBe(1000);
    expect(await files.append(upload, 5000, content.subarray(5000, 6000))).toBe(1000);
    expect(await files.append(upload, 1000, new Uint8Array())).toBe(1000);
    await files.append(upload, 1000, content.subarray(1000));
    expect(await files.finish(upload)).toBe('kept');
    expect(await whole()).toEqual(content);
  });

  test('the same part from two tabs at once is kept once', async () => {
    const received = await Promise.all([1, 2, 3].map(() => files.append(upload, 0, content)));
    expect(received).toEqual([100_000, 100_000, 100_000]);
    expect(await files.finish(upload)).toBe('kept');
    expect(await whole()).toEqual(content);
  });

  test('what is not what its hash says is gone, and can be sent again', async () => {
    await files.append(upload, 0, pdfOf(100_000, 2));
    expect(await files.finish(upload)).toBe('wrong-hash');
    expect([await whole(), await files.received(upload)]).toEqual([null, 0]);
    await put(upload, content);
    expect(await whole()).toEqual(content);
  });

  test('finishing what never came, or twice, keeps nothing and loses nothing', async () => {
    expect(await files.finish(upload)).toBe('wrong-hash');
    await put(upload, content);
    expect(await files.finish(upload)).toBe('wrong-hash');
    expect(await whole()).toEqual(content);
  });

  test('given for two documents it is one file, and each of them is remembered', async () => {
    await put(upload, content);
    const other = { ...upload, document: 'inbox/ben' };
    expect(await files.received(other)).toBe(0);
    await put(other, content);
    await put(other, content);
    expect([...(await files.givenFor('w', upload.hash))].sort()).toEqual(['inbox/ana', 'inbox/ben']);
    expect(await whole()).toEqual(content);
  });

  test('workspaces have nothing to do with each other, whatever they are called', async () => {
    await put(upload, content);
    for (const workspace of ['v', '..', '.', 'parts', 'W']) {
      expect(await whole(workspace), workspace).toBeNull();
      expect(await files.givenFor(workspace, upload.hash), workspace).toEqual([]);
      await put({ ...upload, workspace }, content);
      expect(await whole(workspace), workspace).toEqual(content);
    }
  });

  test('opened anew, whole files and parts are as they were', async () => {
    await put(upload, content);
    const other = pdfOf(5000, 3);
    const begun = { ...upload, hash: hashOf(other), size: other.length };
    await files.append(begun, 0, other.subarray(0, 2000));
    await files.close();
    files = await again();
    expect(await whole()).toEqual(content);
    expect(await files.received(begun)).toBe(2000);
    await files.append(begun, 2000, other.subarray(2000));
    expect(await files.finish(begun)).toBe('kept');
    expect(await whole('w', begun.hash)).toEqual(other);
  });

  test('what a workspace has is counted: whole files once, parts, and no other workspace’s', async () => {
    expect(await files.used('w')).toBe(0);
    await put(upload, content);
    expect(await files.used('w')).toBe(100_000);
    await put({ ...upload, document: 'inbox/ben' }, content);
    expect(await files.used('w')).toBe(100_000);
    await files.append({ ...upload, document: 'inbox/cleo' }, 0, content.subarray(0, 500));
    await put({ ...upload, workspace: 'v' }, content);
    expect([await files.used('w'), await files.used('v')]).toEqual([100_500, 100_000]);
    const wrong = { ...upload, hash: hashOf(pdfOf(9)), document: 'inbox/dan' };
    await files.append(wrong, 0, content);
    expect(await files.used('w')).toBe(200_500);
    await files.finish(wrong);
    expect(await files.used('w')).toBe(100_500);
    await files.sweep(new Date(Date.now() + 60_000));
    expect(await files.used('w')).toBe(100_000);
    await files.close();
    files = await again();
    expect(await files.used('w')).toBe(100_000);
  });

  test('parts that nobody has added to for long are thrown away, whole files never', async () => {
    await put(upload, content);
    const begun = { ...upload, document: 'inbox/ben' };
    await files.append(begun, 0, content.subarray(0, 100));
    await files.sweep(new Date(Date.now() - 60_000));
    expect(await files.received(begun)).toBe(100);
    await files.sweep(new Date(Date.now() + 60_000));
    expect(await files.received(begun)).toBe(0);
    expect(await whole()).toEqual(content);
  });
}
