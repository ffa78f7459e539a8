/** A fresh update log on a fresh database in the real browser, and what it reported. */
import * as Y from 'yjs';
import { onTestFinished } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { databaseNamed, openDatabase, type Database } from '#lib/store/database.ts';
import type { TabMessage } from '#lib/store/tabs.ts';
import { UpdateLog, type SaveStatus } from '#lib/store/update-log.ts';

export interface LogForTest {
  readonly log: UpdateLog;
  readonly database: Database;
  readonly page: EventTarget;
  readonly statuses: SaveStatus[];
  readonly messages: TabMessage[];
}

/** Opens a database of that name; the same name twice is two tabs. It is deleted when the test ends. */
export async function openForTest(name = `test-${newId()}`): Promise<Database> {
  const database = databaseNamed(name);
  const opened = await openDatabase(database);
  if (!opened.ok) throw new Error(opened.error.kind);
  onTestFinished(async () => {
    database.close();
    await database.delete();
  });
  return database;
}

export async function logForTest(name?: string): Promise<LogForTest> {
  const database = await openForTest(name);
  return logOn(database);
}

export function logOn(database: Database): LogForTest {
  const statuses: SaveStatus[] = [];
  const messages: TabMessage[] = [];
  const page = new EventTarget();
  const log = new UpdateLog(database, {
    newId,
    page,
    onstatus: (status) => statuses.push(status),
    onmessage: (message) => messages.push(message),
  });
  log.open();
  onTestFinished(() => log.close());
  return { log, database, page, statuses, messages };
}

/** An update that writes one key of a document's map `notes`. */
export function updateSetting(key: string, value: string, client?: number): Uint8Array {
  const doc = new Y.Doc();
  if (client !== undefined) doc.clientID = client;
  doc.getMap('notes').set(key, value);
  return Y.encodeStateAsUpdate(doc);
}

/** Rows as a server sends them, numbered from `first`. */
export function serverRows(first: number, ...updates: readonly Uint8Array[]) {
  return updates.map((bytes, index) => ({
    first: first + index,
    seq: first + index,
    key: `server-${first + index}`,
    bytes,
    checksum: updateChecksum(bytes, 'v1'),
  }));
}

/** What the map `notes` says after applying rows. */
export function notesOf(rows: readonly { readonly bytes: Uint8Array }[]): Record<string, unknown> {
  const doc = new Y.Doc();
  for (const row of rows) Y.applyUpdate(doc, row.bytes);
  return doc.getMap('notes').toJSON();
}
