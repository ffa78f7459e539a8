import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { folderFiles } from '#server/files/folder-files.ts';
import { fileStorageContract, hashOf, pdfOf } from './contract.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): Promise<ReturnType<typeof folderFiles>> {
  folder = mkdtempSync(join(tmpdir(), 'outlay-files-'));
  return Promise.resolve(folderFiles(join(folder, 'receipts')));
}

describe('a folder', () => {
  fileStorageContract(open, () => Promise.resolve(folderFiles(join(folder, 'receipts'))));

  test('a workspace called ".." stays inside it', async () => {
    const files = await open();
    const bytes = pdfOf(100);
    const upload = { workspace: '..', hash: hashOf(bytes), document: 'inbox/ana', size: 100 };
    await files.append(upload, 0, bytes);
    await files.finish(upload);
    expect(readdirSync(folder)).toEqual(['receipts']);
  });
});
