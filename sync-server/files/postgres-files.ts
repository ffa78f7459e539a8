/** Receipts in PostgreSQL: pages of bytes, so that any server gives out what any other took. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { ask, transact } from '../storage/postgres-transaction.ts';
import type { Session } from '../storage/postgres-transaction.ts';
import type { FilePage, FileStorage, Upload } from './file-storage.ts';

/** Uses the storage's own connections, and leaves them open when it is closed. */
export function filesOf(pool: Pool): FileStorage {
  return {
    givenFor: async (workspace, hash) => {
      const rows = await ask<{ document: string }>(pool, GIVEN_FOR, [workspace, hash], 'file-given-for');
      return rows.map(({ document }) => document);
    },
    received: async (upload) => {
      const [row] = await ask<{ received: number }>(pool, RECEIVED, keyOf(upload), 'file-received');
      return row?.received ?? 0;
    },
    append: (upload, from, bytes) =>
      transact(pool, [lockOf(upload)], async (session) => {
        const { rows } = await session.query<{ received: number }>(RECEIVED, keyOf(upload), 'file-received');
        const here = rows[0]?.received ?? 0;
        if (from !== here || bytes.length === 0) return here;
        await session.query(ADD_PART, [...keyOf(upload), from, bytes], 'file-add-part');
        return here + bytes.length;
      }),
    finish: (upload) => transact(pool, [lockOf(upload)], (session) => finish(session, upload)),
    read: (workspace, hash, from, maxBytes) => readPage(pool, [workspace, hash], from, maxBytes),
    used: async (workspace) => (await ask<{ used: number }>(pool, USED, [workspace], 'files-used'))[0]?.used ?? 0,
    sweep: async (before) => {
      await ask(pool, SWEEP, [before.toISOString()]);
    },
    close: () => Promise.resolve(),
  };
}

async function finish(session: Session, upload: Upload): Promise<'kept' | 'wrong-hash'> {
  const key = keyOf(upload);
  const isWhole = (await hashOf(session, key)) === upload.hash;
  if (isWhole) {
    const { workspace, hash, size } = upload;
    const { rowCount } = await session.query(ADD_FILE, [workspace, hash, size]);
    if (rowCount === 1) await session.query(ADD_PAGES, key);
    await session.query(ADD_DOCUMENT, key);
  }
  await session.query(DROP_PARTS, key);
  return isWhole ? 'kept' : 'wrong-hash';
}

/** Part by part: a whole file need not be in memory. */
async function hashOf(session: Session, key: readonly string[]): Promise<string> {
  const content = createHash('sha256');
  for (let from = 0; ;) {
    const { rows } = await session.query<{ bytes: Buffer }>(PART, [...key, from], 'file-part');
    const [part] = rows;
    if (part === undefined) return content.digest('hex');
    content.update(part.bytes);
    from += part.bytes.length;
  }
}

async function readPage(pool: Pool, key: readonly string[], from: number, maxBytes: number): Promise<FilePage | null> {
  const [file] = await ask<{ size: number }>(pool, FILE_SIZE, key, 'file-size');
  if (file === undefined) return null;
  const pages = await ask<{ start: number; bytes: Buffer }>(pool, PAGES, [...key, from, from + maxBytes], 'file-pages');
  const first = pages[0]?.start ?? from;
  const bytes = Buffer.concat(pages.map((page) => page.bytes));
  return { size: file.size, bytes: bytes.subarray(from - first, from - first + maxBytes) };
}

function keyOf({ workspace, hash, document }: Upload): [string, string, string] {
  return [workspace, hash, document];
}

/** Whoever gives the same file for whichever inbox waits for the other. */
function lockOf({ workspace, hash }: Upload): string {
  return `file ${workspace} ${hash}`;
}

const OF_FILE = 'workspace = $1 AND hash = $2';
const OF_UPLOAD = `${OF_FILE} AND document = $3`;
const GIVEN_FOR = `SELECT document FROM file_documents WHERE ${OF_FILE}`;
const RECEIVED = `SELECT coalesce(sum(octet_length(bytes)), 0)::bigint AS received FROM file_parts WHERE ${OF_UPLOAD}`;
const ADD_PART = 'INSERT INTO file_parts (workspace, hash, document, start, bytes) VALUES ($1, $2, $3, $4, $5)';
const PART = `SELECT bytes FROM file_parts WHERE ${OF_UPLOAD} AND start = $4`;
const DROP_PARTS = `DELETE FROM file_parts WHERE ${OF_UPLOAD}`;
const ADD_FILE = 'INSERT INTO files VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
const ADD_PAGES = `INSERT INTO file_pages SELECT workspace, hash, start, bytes FROM file_parts WHERE ${OF_UPLOAD}`;
const ADD_DOCUMENT = 'INSERT INTO file_documents VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
const FILE_SIZE = `SELECT size FROM files WHERE ${OF_FILE}`;
const PAGES = `
  SELECT start, bytes FROM file_pages WHERE ${OF_FILE} AND start < $4 AND start + octet_length(bytes) > $3
  ORDER BY start`;
const USED = `
  SELECT ((SELECT coalesce(sum(size), 0) FROM files WHERE workspace = $1)
    + (SELECT coalesce(sum(octet_length(bytes)), 0) FROM file_parts WHERE workspace = $1))::bigint AS used`;
const SWEEP = `
  DELETE FROM file_parts AS part USING (
    SELECT workspace, hash, document FROM file_parts GROUP BY 1, 2, 3 HAVING max(added_at) < $1::timestamptz) AS old
  WHERE part.workspace = old.workspace AND part.hash = old.hash AND part.document = old.document`;
