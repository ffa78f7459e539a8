/** Documents as append-only logs of updates: reading them. */
import type { Pool } from 'pg';
import type { ClientBinding, Head } from '#lib/sync/protocol.ts';
import { damageOf } from './damage.ts';
import { ask } from './postgres-transaction.ts';
import type { Page, Storage, StoredRow } from './storage.ts';

type Documents = Pick<Storage, 'heads' | 'head' | 'rows' | 'clocks'>;

export function documentsOf(pool: Pool): Documents {
  return {
    heads: (workspace) => ask<Head>(pool, HEADS, [workspace], 'heads'),
    head: async (workspace, document) => (await ask<Head>(pool, HEAD, [workspace, document], 'head'))[0] ?? null,
    rows: (workspace, document, after, maxBytes) => pageOf(pool, workspace, document, after, maxBytes),
    clocks: async (workspace, document) => {
      const clocks = await ask<{ client: number; clock: number }>(pool, CLOCKS, [workspace, document]);
      return new Map(clocks.map(({ client, clock }) => [client, clock]));
    },
  };
}

async function pageOf(pool: Pool, workspace: string, name: string, after: number, maxBytes: number): Promise<Page> {
  const read = await ask<KeptRow>(pool, PAGE, [workspace, name, after, maxBytes], 'page');
  const rows: readonly StoredRow[] = read.map(({ key, ...row }) => ({ ...row, key: key.toString() }));
  const damages = rows.map((row, index) => damageOf(row, rows[index - 1]?.seq ?? after));
  const bad = damages.findIndex((damage) => damage !== null);
  const good = bad === -1 ? rows : rows.slice(0, bad);
  const [document] = read;
  const last = good.at(-1)?.seq ?? after;
  const clients =
    document === undefined ? [] : await ask<ClientBinding>(pool, BOUND, [document.document, after, last], 'bound');
  const bare = good.map(({ first, seq, key, bytes, checksum }) => ({ first, seq, key, bytes, checksum }));
  return { rows: bare, clients, damagedAt: damages[bad] ?? null };
}

interface KeptRow extends Omit<StoredRow, 'key'> {
  readonly document: number;
  readonly key: Buffer;
}

const HEADS = 'SELECT name AS document, incarnation, head FROM documents WHERE workspace = $1';
const HEAD = 'SELECT name AS document, incarnation, head FROM documents WHERE workspace = $1 AND name = $2';
const CLOCKS = `
  SELECT client, clock FROM clients WHERE document = (SELECT id FROM documents WHERE workspace = $1 AND name = $2)`;
const BOUND = 'SELECT client, member FROM clients WHERE document = $1 AND first_seq > $2 AND first_seq <= $3';

/** A limit, so that the sizes of a long log are not all added up for one page. */
const PAGE = `
  SELECT document, first, seq, key, bytes, checksum FROM (
    SELECT *, sum(octet_length(bytes)) OVER in_order AS total, row_number() OVER in_order AS n
    FROM rows
    WHERE document = (SELECT id FROM documents WHERE workspace = $1 AND name = $2) AND seq > $3
    WINDOW in_order AS (ORDER BY seq) LIMIT 20000) AS page
  WHERE total <= $4 OR n = 1 ORDER BY seq`;
