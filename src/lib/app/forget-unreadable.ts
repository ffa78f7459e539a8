/** A role or an area was taken away: what the person may not read any more goes from this device. */
import { nameFromText } from '#lib/documents/document-name.ts';
import { documentsHere, forgetDocuments } from '#lib/store/forget.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import type { Reader } from './reader.ts';
import { readReference } from './reference.ts';
import { rightsOf } from './rights.ts';
import type { ServerLine } from './server-line.ts';

interface Forgetting {
  readonly log: UpdateLog;
  readonly reader: Reader;
  readonly member: string;
  readonly line: Pick<ServerLine, 'serverNow' | 'connection'>;
}

/**
 * The documents that went; null while this device cannot be sure, because something the server told of is not here yet.
 * The workspace's terms stay: by them what was kept aside is told in words. (S26)
 */
export async function forgetUnreadable(forgetting: Forgetting): Promise<readonly string[] | null> {
  const { log, reader, line } = forgetting;
  const status = (): SyncStatus => line.connection.status;
  // Whoever may read a document now got the grant before the document: the grants are read after the names.
  const here = (await documentsHere(log.database)).filter((name) => !isTerms(name));
  await reader.settled();
  const mayRead = status().reason === 'no-role' ? () => false : await readableNow(forgetting);
  if (mayRead === null || !isSure(status())) return null;
  const gone = here.filter((name) => !mayRead(name));
  if (gone.length > 0) await forgetDocuments(log, gone);
  return gone;
}

/** Everything the server told of is here, or it says that there is nothing any more. */
function isSure({ kind, reason }: SyncStatus): boolean {
  return kind === 'synced' || reason === 'no-role';
}

async function readableNow({ reader, member, line }: Forgetting): Promise<((document: string) => boolean) | null> {
  const reference = await readReference(reader);
  if (reference?.members.some(({ id }) => id === member) !== true) return null;
  // By the server's clock: what ended there has ended.
  const today = new Date(line.serverNow()).toISOString().slice(0, 10);
  return rightsOf(reference, member, today).mayRead;
}

/** What everybody reads, and what this app does not know. */
function isTerms(document: string): boolean {
  const kind = nameFromText(document)?.kind;
  return kind === undefined || kind === 'core' || kind === 'decisions';
}
