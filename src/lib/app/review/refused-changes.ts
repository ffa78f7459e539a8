/** What the server did not take, in people's words: read from the parked updates and the documents they were typed in. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { ParkedRow } from '#lib/store/database.ts';
import { versionRequest } from '#lib/governance/approval/request.ts';
import { parkedRows } from '#lib/store/parked.ts';
import { readGoverned, type Request } from '../approvals/governed.ts';
import { journalOf, type JournalEntry } from '../audit/journal.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** Everything refused in one document for one reason. */
export interface RefusedChanges {
  readonly document: string;
  readonly kind: 'plan' | 'inbox' | 'other';
  /** The plan version, where it is one's part. */
  readonly version: string | null;
  /** Whether that version is approved, so that an amendment of it can be opened. */
  readonly isApproved: boolean;
  /** Why, as the server said it. */
  readonly reason: string;
  readonly rows: readonly ParkedRow[];
  readonly changes: readonly JournalEntry[];
}

export async function refusedChanges(workspace: Workspace): Promise<readonly RefusedChanges[]> {
  const rows = await parkedRows(workspace.log.database);
  const parked = Map.groupBy(rows, ({ document, reason }) => `${document} ${reason}`);
  const { requests } = await readGoverned(workspace.reader);
  return Promise.all(
    [...parked.values()].map((alike) => refusedIn(workspace, requests, alike[0]?.document ?? '', alike)),
  );
}

async function refusedIn(
  workspace: Workspace,
  requests: readonly Request[],
  document: string,
  rows: readonly ParkedRow[],
): Promise<RefusedChanges> {
  const loaded = await workspace.log.load(document);
  const kept = loaded.ok ? loaded.value.rows : [];
  const nobody = (): null => null;
  // An edit is told from what it was typed over, which may have been taken.
  const before = journalOf(document, kept, nobody).length;
  const changes = journalOf(document, [...kept, ...rows.map(({ row }) => row)], nobody).slice(before);
  const name = nameFromText(document);
  const version = name?.kind === 'plan' ? name.version : null;
  return {
    document,
    kind: name?.kind === 'plan' || name?.kind === 'inbox' ? name.kind : 'other',
    version,
    isApproved: version !== null && versionRequest(requests, version)?.status === 'approved',
    reason: rows[0]?.reason ?? '',
    rows,
    changes,
  };
}
