/**
 * Receipts as files in a folder: `<workspace>/<hash>` is whole and synced, because it got its name only then. Beside it
 * `<hash>.for/` names the documents it was given for; `parts/` holds what is on its way.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StorageTrouble } from '../storage/storage.ts';
import type { FilePage, FileStorage, Upload } from './file-storage.ts';
import { Turns } from './turns.ts';
import { UsedBytes } from './used-bytes.ts';

/** Keeps receipts under `folder`, which one process uses. */
export function folderFiles(folder: string): FileStorage {
  const turns = new Turns();
  // A workspace's name may be dots: the letters before it make it a name of a folder.
  const home = (workspace: string): string => join(folder, `w-${workspace}`);
  const whole = (workspace: string, hash: string): string => join(home(workspace), hash);
  const marks = (workspace: string, hash: string): string => `${whole(workspace, hash)}.for`;
  const partOf = ({ workspace, hash, document }: Upload): string =>
    join(home(workspace), 'parts', `${hash}.${createHash('sha256').update(document).digest('hex').slice(0, 16)}`);

  const used = new UsedBytes((workspace) => bytesIn(home(workspace)));

  async function finish(upload: Upload): Promise<'kept' | 'wrong-hash'> {
    const { workspace, hash, document } = upload;
    const part = partOf(upload);
    if ((await hashOf(part)) !== hash) {
      used.add(workspace, -(await sizeOf(part)));
      await rm(part, { force: true });
      return 'wrong-hash';
    }
    used.add(workspace, -(await sizeOf(whole(workspace, hash))));
    await rename(part, whole(workspace, hash));
    await syncFolder(home(workspace));
    const given = marks(workspace, hash);
    await mkdir(given, { recursive: true });
    await (await open(join(given, Buffer.from(document).toString('base64url')), 'w')).close();
    await syncFolder(given);
    await syncFolder(home(workspace));
    return 'kept';
  }

  async function append(upload: Upload, from: number, bytes: Uint8Array): Promise<number> {
    const part = partOf(upload);
    const here = await sizeOf(part);
    if (from !== here || bytes.length === 0) return here;
    await mkdir(dirname(part), { recursive: true });
    const file = await open(part, 'a');
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } finally {
      await file.close();
    }
    if (here === 0) await syncFolder(dirname(part));
    used.add(upload.workspace, bytes.length);
    return here + bytes.length;
  }

  return {
    givenFor: async (workspace, hash) => {
      if ((await sizeOf(whole(workspace, hash))) === 0) return [];
      return (await namesIn(marks(workspace, hash))).map((name) => Buffer.from(name, 'base64url').toString());
    },
    received: (upload) => sizeOf(partOf(upload)),
    append: (upload, from, bytes) => turns.take(partOf(upload), () => troubled(append(upload, from, bytes))),
    finish: (upload) => turns.take(partOf(upload), () => troubled(finish(upload))),
    read: (workspace, hash, from, maxBytes) => readPage(whole(workspace, hash), from, maxBytes),
    used: (workspace) => used.of(workspace),
    sweep: async (before) => {
      used.forget();
      for (const name of await namesIn(folder)) {
        const parts = join(folder, name, 'parts');
        for (const part of await namesIn(parts)) {
          const { mtime } = await stat(join(parts, part));
          if (mtime < before) await rm(join(parts, part), { force: true });
        }
      }
    },
    close: () => turns.over(),
  };
}

async function readPage(path: string, from: number, maxBytes: number): Promise<FilePage | null> {
  const size = await sizeOf(path);
  if (size === 0) return null;
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, Math.min(maxBytes, size - from)));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return { size, bytes: bytes.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

async function hashOf(path: string): Promise<string | null> {
  if ((await sizeOf(path)) === 0) return null;
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/** Of all files below a folder. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) if (entry.isFile()) bytes += await sizeOf(join(entry.parentPath, entry.name));
  return bytes;
}

/** 0 when there is no such file. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (isAbsent(cause)) return 0;
    throw cause;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
}

/** A disk that fails says something else. */
function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

/** A name that was given is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function troubled<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new StorageTrouble(FULL.has(code) ? 'disk-full' : 'storage-failed', cause);
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
