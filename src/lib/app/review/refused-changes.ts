/** What the server did not take, in people's words: read from the parked updates and the documents they were typed in. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { ParkedRow } from '#lib/store/database.ts';
import { parkedRows } from '#lib/store/parked.ts';
import { journalOf, type JournalEntry } from '../audit/journal.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** Everything refused in one document. */
export interface RefusedChanges {
  readonly document: string;
  readonly kind: 'plan' | 'inbox' | 'other';
  /** The plan version, where it is one's part. */
  readonly version: string | null;
  /** Why, as the server said it. */
  readonly reason: string;
  readonly rows: readonly ParkedRow[];
  readonly changes: readonly JournalEntry[];
}

export async function refusedChanges(workspace: Workspace): Promise<readonly RefusedChanges[]> {
  const parked = Map.groupBy(await parkedRows(workspace.log.database), ({ document }) => document);
  return Promise.all([...parked].map(([document, rows]) => refusedIn(workspace, document, rows)));
}

async function refusedIn(workspace: Workspace, document: string, rows: readonly ParkedRow[]): Promise<RefusedChanges> {
  const loaded = await workspace.log.load(document);
  const kept = loaded.ok ? loaded.value.rows : [];
  const nobody = (): null => null;
  // An edit is told from what it was typed over, which may have been taken.
  const before = journalOf(document, kept, nobody).length;
  const changes = journalOf(document, [...kept, ...rows.map(({ row }) => row)], nobody).slice(before);
  const name = nameFromText(document);
  return {
    document,
    kind: name?.kind === 'plan' || name?.kind === 'inbox' ? name.kind : 'other',
    version: name?.kind === 'plan' ? name.version : null,
    reason: rows[0]?.reason ?? '',
    rows,
    changes,
  };
}
