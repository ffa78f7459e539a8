/** Going on with a server that went back to an earlier copy: what it lost of this device's own is to be sent again. */
import { partByClients } from '#lib/documents/partial-update.ts';
import { updateChecksum } from '#lib/documents/update-row.ts';
import type { Database, StoredRow } from './database.ts';
import { bytesInV1, isOwn } from './own-rows.ts';
import { moveToParked, takeAway } from './parked.ts';
import { documentNamed } from './quarantine.ts';
import type { UpdateLog } from './update-log.ts';

/**
 * The document goes on under another incarnation, of which the first `common` rows are those that are here. What this
 * device typed after them is unacknowledged again; what others typed is theirs to send, and parked until then. (S25)
 */
export async function carryOver(log: UpdateLog, name: string, incarnation: string, common: number): Promise<void> {
  await log.flush();
  await takeAway(log, name, async (database) => {
    const lost = await rowsBeyond(database, name, common);
    const document = await documentNamed(database, name);
    const own = new Set(document.ownClients ?? []);
    for (const row of lost) {
      if (isOwn(row)) await database.updates.put(toSend(row));
      else await divide(database, row, own, log.newId);
    }
    const cursor = Math.min(document.cursor, common, ...lost.map(({ firstSeq }) => (firstSeq ?? Infinity) - 1));
    // Of a log that was lost as a whole the next row may begin another one.
    await database.documents.put({ ...document, incarnation: common === 0 ? null : incarnation, cursor });
    return lost.length > 0;
  });
}

function rowsBeyond(database: Database, name: string, common: number): Promise<StoredRow[]> {
  return database.updates
    .where('[document+serverSeq+firstSeq]')
    .between([name, common + 1], [name, Number.MAX_SAFE_INTEGER])
    .toArray();
}

function toSend(row: StoredRow): StoredRow {
  return { ...row, state: 'unacknowledged', serverSeq: null, firstSeq: null };
}

/** A row that holds others' updates: what is this device's own of it goes to the server under a key of its own. */
async function divide(
  database: Database,
  row: StoredRow,
  own: ReadonlySet<number>,
  newId: () => string,
): Promise<void> {
  const { theirs: ours, others } = partByClients(bytesInV1(row), own);
  const part = (bytes: Uint8Array): StoredRow => {
    return { ...row, key: newId(), bytes, format: 'v1', checksum: updateChecksum(bytes, 'v1') };
  };
  if (others !== null) await moveToParked(database, [part(others)], 'lost-by-server');
  else await database.updates.delete(row.number);
  if (ours !== null) await database.updates.put(toSend(part(ours)));
}
