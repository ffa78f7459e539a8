/** The journal of everything on this device, one document after the other. */
import type { Database } from '#lib/store/database.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import { journalOf, type JournalEntry } from './journal.ts';

export interface ReadJournal {
  /** The latest first. */
  readonly entries: readonly JournalEntry[];
  /** Documents that could not be read, or of which parts are damaged: the journal is not whole. */
  readonly unread: readonly string[];
}

/**
 * Reads it all. `alone` is the member of a workspace that no server has bound clients in. Documents are read one at a
 * time, so the page stays free in between; `onread` tells how many have been, of how many.
 */
export async function readJournal(
  log: UpdateLog,
  alone: string | null,
  onread: (done: number, all: number) => void = () => undefined,
): Promise<ReadJournal> {
  await log.flush();
  const members = await boundMembers(log.database);
  const memberOf = (client: number): string | null => members.get(client) ?? alone;
  const documents = await documentsIn(log.database);
  const entries: JournalEntry[] = [];
  const unread: string[] = [];
  for (const [at, document] of documents.entries()) {
    const loaded = await log.load(document);
    if (!loaded.ok || loaded.value.damaged > 0) unread.push(document);
    if (loaded.ok) for (const entry of journalOf(document, loaded.value.rows, memberOf)) entries.push(entry);
    onread(at + 1, documents.length);
  }
  return { entries: latestFirst(entries), unread };
}

async function documentsIn(database: Database): Promise<readonly string[]> {
  return (await database.updates.orderBy('document').uniqueKeys()) as readonly string[];
}

async function boundMembers(database: Database): Promise<ReadonlyMap<number, string>> {
  return new Map((await database.clients.toArray()).map(({ client, member }) => [client, member]));
}

/** What says no time stands where it was written: behind the entry before it in its document. */
function latestFirst(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  let document = '';
  let time = '';
  const placed = entries.map((entry) => {
    if (entry.document !== document) time = '';
    document = entry.document;
    time = entry.at ?? time;
    return { entry, time };
  });
  return placed
    .reverse()
    .sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? 1 : -1))
    .map(({ entry }) => entry);
}
