/** Documents as append-only logs of updates. */
import type { DatabaseSync } from 'node:sqlite';
import type { ClientBinding, Head } from '#lib/sync/protocol.ts';
import { bindRange } from '../update/client-binding.ts';
import type { BoundClient, ClientRange } from '../update/client-binding.ts';
import { damageOf } from './damage.ts';
import type { Appended, IncomingRow, Page, StoredRow } from './storage.ts';

export interface Documents {
  readonly heads: (workspace: string) => readonly Head[];
  readonly head: (workspace: string, name: string) => Head | null;
  readonly rows: (workspace: string, name: string, after: number, maxBytes: number) => Page;
  readonly clocks: (workspace: string, name: string) => ReadonlyMap<number, number>;
  /** Appends one row, inside the caller's transaction, unless it is here already or `objection` has something to say. */
  readonly append: (row: IncomingRow, objection: (row: IncomingRow) => Appended | null) => Appended;
  /** Nothing in the document waits for a predecessor. */
  readonly isWhole: (workspace: string, name: string) => boolean;
  readonly empty: (workspace: string, name: string, incarnation: string) => void;
  readonly idOf: (workspace: string, name: string) => number | null;
}

interface DocumentRow {
  readonly id: number;
  readonly incarnation: string;
  readonly head: number;
}

export function documentsIn(db: DatabaseSync): Documents {
  const heads = db.prepare('SELECT name AS document, incarnation, head FROM documents WHERE workspace = ?');
  const find = db.prepare('SELECT id, incarnation, head FROM documents WHERE workspace = ? AND name = ?');
  const create = db.prepare('INSERT INTO documents (workspace, name, incarnation, head) VALUES (?, ?, ?, 0)');
  const advance = db.prepare('UPDATE documents SET head = ? WHERE id = ?');
  const seqOfKey = db.prepare('SELECT seq FROM row_keys WHERE document = ? AND key = ?');
  const insertKey = db.prepare('INSERT INTO row_keys VALUES (?, ?, ?)');
  const insertRow = db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const client = db.prepare('SELECT member, device, clock, beyond FROM clients WHERE document = ? AND client = ?');
  const insertClient = db.prepare('INSERT INTO clients VALUES (?, ?, ?, ?, ?, ?, ?)');
  const updateClient = db.prepare('UPDATE clients SET clock = ?, beyond = ? WHERE document = ? AND client = ?');
  const page = db.prepare(
    'SELECT first, seq, key, bytes, checksum FROM rows WHERE document = ? AND seq > ? ORDER BY seq',
  );
  const boundBetween = db.prepare(
    'SELECT client, member FROM clients WHERE document = ? AND first_seq > ? AND first_seq <= ?',
  );
  const clocks = db.prepare('SELECT client, clock FROM clients WHERE document = ?');
  const waiting = db.prepare(`SELECT 1 FROM clients WHERE document = ? AND beyond <> '[]' LIMIT 1`);

  function documentOf(workspace: string, name: string): DocumentRow | undefined {
    return find.get(workspace, name) as unknown as DocumentRow | undefined;
  }

  function begin(workspace: string, name: string, incarnation: string): DocumentRow {
    const id = Number(create.run(workspace, name, incarnation).lastInsertRowid);
    return { id, incarnation, head: 0 };
  }

  function known(document: number, id: number): BoundClient | null {
    const row = client.get(document, id) as unknown as (Omit<BoundClient, 'beyond'> & { beyond: string }) | undefined;
    return row === undefined ? null : { ...row, beyond: JSON.parse(row.beyond) as readonly ClientRange[] };
  }

  function append(row: IncomingRow, objection: (row: IncomingRow) => Appended | null): Appended {
    const existing = documentOf(row.workspace, row.document);
    if (existing !== undefined && existing.incarnation !== row.incarnation) return { kind: 'stale' };
    const duplicate = existing === undefined ? undefined : seqOfKey.get(existing.id, row.key);
    if (duplicate !== undefined) return { kind: 'duplicate', seq: Number(duplicate['seq']) };
    const objected = objection(row);
    if (objected !== null) return objected;

    const clients = new Map<number, { before: BoundClient | null; after: BoundClient }>();
    let gap = false;
    for (const range of row.ranges) {
      const before = existing === undefined ? null : known(existing.id, range.client);
      const next = bindRange(clients.get(range.client)?.after ?? before, row.author, range);
      if (!next.ok) return { kind: 'refused', reason: next.error };
      clients.set(range.client, { before, after: next.value.bound });
      gap ||= next.value.gap;
    }

    const document = existing ?? begin(row.workspace, row.document, row.incarnation);
    const seq = document.head + 1;
    const { member, device } = row.author;
    const bound: ClientBinding[] = [];
    for (const [id, { before, after }] of clients) {
      const beyond = JSON.stringify(after.beyond);
      if (before !== null) updateClient.run(after.clock, beyond, document.id, id);
      else {
        insertClient.run(document.id, id, member, device, after.clock, beyond, seq);
        bound.push({ client: id, member });
      }
    }
    insertRow.run(document.id, seq, seq, row.key, row.bytes, row.checksum, gap ? 1 : 0, member, device, row.receivedAt);
    insertKey.run(document.id, row.key, seq);
    advance.run(seq, document.id);
    return { kind: 'appended', seq, bound };
  }

  function rows(workspace: string, name: string, after: number, maxBytes: number): Page {
    const document = documentOf(workspace, name);
    if (document === undefined) return { rows: [], clients: [], damagedAt: null };
    const read: StoredRow[] = [];
    let size = 0;
    let damagedAt: number | null = null;
    for (const found of page.iterate(document.id, after)) {
      const row = found as unknown as StoredRow;
      damagedAt = damageOf(row, read.at(-1)?.seq ?? after);
      if (damagedAt !== null || (size > 0 && size + row.bytes.length > maxBytes)) break;
      size += row.bytes.length;
      read.push(row);
    }
    const last = read.at(-1)?.seq ?? after;
    const clients = boundBetween.all(document.id, after, last) as unknown as readonly ClientBinding[];
    return { rows: read, clients, damagedAt };
  }

  return {
    heads: (workspace) => heads.all(workspace) as unknown as readonly Head[],
    head: (workspace, name) => {
      const row = documentOf(workspace, name);
      return row === undefined ? null : { document: name, incarnation: row.incarnation, head: row.head };
    },
    rows,
    clocks: (workspace, name) => {
      const document = documentOf(workspace, name);
      const all = document === undefined ? [] : clocks.all(document.id);
      return new Map(all.map((row) => [Number(row['client']), Number(row['clock'])]));
    },
    append,
    isWhole: (workspace, name) => {
      const document = documentOf(workspace, name);
      return document === undefined || waiting.get(document.id) === undefined;
    },
    empty: (workspace, name, incarnation) => {
      const document = documentOf(workspace, name) ?? begin(workspace, name, incarnation);
      for (const table of ['rows', 'row_keys', 'clients', 'leaves']) {
        db.prepare(`DELETE FROM ${table} WHERE document = ?`).run(document.id);
      }
      db.prepare('UPDATE documents SET head = 0, incarnation = ? WHERE id = ?').run(incarnation, document.id);
    },
    idOf: (workspace, name) => documentOf(workspace, name)?.id ?? null,
  };
}
