/** What the server says about rows: new ones from others, and that it has ours. */
import { isIntact } from '#lib/documents/update-row.ts';
import type { ClientMember, Database, StoredRow } from './database.ts';
import { noteOwn, receivedKey } from './own-rows.ts';
import { documentNamed } from './quarantine.ts';
import { admit, type Run } from './server-rows.ts';
import type { UpdateLog } from './update-log.ts';

export interface Received {
  readonly incarnation: string;
  readonly rows: readonly ServerRow[];
  /** Members whose Yjs client ids wrote first in these rows. */
  readonly clients: readonly ClientMember[];
}

/** A row as the server sends it: the numbers `first` to `seq` of the document's log, more than one when it merged. */
interface ServerRow {
  readonly first: number;
  readonly seq: number;
  /** The key its device gave it: tells our own row that came back. */
  readonly key: string;
  readonly bytes: Uint8Array;
  /** Of the bytes as V1, which is all the wire speaks. */
  readonly checksum: number;
}

export interface Acknowledged {
  readonly incarnation: string;
  readonly rows: readonly Acknowledgement[];
}

interface Acknowledgement {
  readonly key: string;
  readonly seq: number;
}

/** Persists rows from the server, each once; rejects when the disk did not take them, and nothing has moved. (S7) */
export async function receive(log: UpdateLog, name: string, received: Received): Promise<void> {
  const { database } = log;
  const { incarnation } = received;
  const incoming = received.rows.filter(isWhole);
  await log.flush();
  const { updates, documents, clients } = database;
  const added = await database.transaction('rw', updates, documents, clients, async () => {
    const document = await documentNamed(database, name);
    if (document.incarnation !== null && document.incarnation !== incarnation) return 0;
    const { fresh, cursor } = admit(document.cursor, await runsAbove(database, name, document.cursor), incoming);
    const own = await ownAmong(database, fresh);
    for (const { key, seq } of own.values()) await markDurable(database, name, { key, seq });
    const others = fresh.filter((row) => !own.has(row.seq));
    await updates.bulkAdd(others.map((row) => receivedRow(name, incarnation, row)) as StoredRow[]);
    await clients.bulkPut(received.clients.map(({ client, member }) => ({ client, member })));
    await documents.put({ ...(await documentNamed(database, name)), incarnation, cursor });
    return others.length;
  });
  if (added > 0) log.tell({ kind: 'rows-added', documents: [name] });
}

/** Notes that the server has our rows on its disk; rows that only memory holds are marked there. (S8) */
export async function acknowledge(log: UpdateLog, name: string, { incarnation, rows }: Acknowledged): Promise<void> {
  const { database } = log;
  await log.flush();
  for (const row of rows) markHeld(log, name, row);
  await database.transaction('rw', database.updates, database.documents, async () => {
    const document = await documentNamed(database, name);
    if (document.incarnation !== null && document.incarnation !== incarnation) return;
    for (const row of rows) await markDurable(database, name, row);
    const { cursor } = admit(document.cursor, await runsAbove(database, name, document.cursor), []);
    await database.documents.put({ ...(await documentNamed(database, name)), incarnation, cursor });
  });
}

/** What was damaged on the way is not taken; the cursor stays before it, so that it comes again. */
function isWhole(row: ServerRow): boolean {
  return isIntact({ bytes: row.bytes, checksum: row.checksum, format: 'v1' });
}

async function runsAbove(database: Database, document: string, cursor: number): Promise<Run[]> {
  const above = database.updates
    .where('[document+serverSeq+firstSeq]')
    .between([document, cursor + 1], [document, Number.MAX_SAFE_INTEGER]);
  const keys = (await above.keys()) as unknown as [string, number, number][];
  return keys.map(([, seq, first]) => ({ first, seq }));
}

/** Our own unacknowledged rows among those received (the acknowledgement was lost on the way), by server number. */
async function ownAmong(database: Database, rows: readonly ServerRow[]): Promise<ReadonlyMap<number, Acknowledgement>> {
  const seqByKey = new Map<string, number>();
  for (const { key, seq, first } of rows) if (first === seq) seqByKey.set(key, seq);
  if (seqByKey.size === 0) return new Map();
  const stored = await database.updates
    .where('key')
    .anyOf([...seqByKey.keys()])
    .primaryKeys();
  if (stored.length === 0) return new Map();
  const own = await database.updates.bulkGet(stored);
  return new Map(
    own.flatMap((row) => {
      const seq = row === undefined ? undefined : seqByKey.get(row.key);
      return row === undefined || seq === undefined ? [] : [[seq, { key: row.key, seq }] as const];
    }),
  );
}

function receivedRow(document: string, incarnation: string, row: ServerRow): Omit<StoredRow, 'number'> {
  return {
    key: receivedKey(document, incarnation, row),
    document,
    bytes: row.bytes.slice(),
    format: 'v1',
    checksum: row.checksum,
    state: 'durable',
    serverSeq: row.seq,
    firstSeq: row.first,
    author: null,
  };
}

/** A row that the disk would not take can be durable all the same: the server has it. */
function markHeld(log: UpdateLog, document: string, { key, seq }: Acknowledgement): void {
  const row = log.heldRows(document).find((held) => held.key === key);
  if (row !== undefined) log.reviseHeld({ ...row, state: 'durable', serverSeq: seq });
}

/** Another tab may have received our row from the server before the acknowledgement came here: one of the two stays. */
async function markDurable(database: Database, document: string, { key, seq }: Acknowledgement): Promise<void> {
  const own = await database.updates.get({ key });
  if (own?.state !== 'unacknowledged') return;
  const copy = await database.updates
    .where('[document+serverSeq+firstSeq]')
    .between([document, seq], [document, Number.MAX_SAFE_INTEGER])
    .first();
  const isCopy = copy?.firstSeq !== null && copy !== undefined && copy.firstSeq <= seq;
  if (isCopy && copy.firstSeq !== copy.serverSeq) {
    await database.updates.delete(own.number);
    const whole = { ...own, firstSeq: own.serverSeq };
    await database.documents.put(noteOwn(await documentNamed(database, document), [whole]));
    return;
  }
  if (isCopy) await database.updates.delete(copy.number);
  await database.updates.update(own.number, { state: 'durable', serverSeq: seq, firstSeq: seq });
}
