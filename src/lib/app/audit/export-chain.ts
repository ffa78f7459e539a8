/** The server's audit chain as a file that anybody can verify without the server. */
import { exportLines, type ChainExport } from '#lib/governance/audit/export/format.ts';
import type { AuditEntry } from '#lib/governance/audit/entry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ChainFailure, ChainLine } from '#lib/sync/chain-line.ts';

export type ExportFailure = ChainFailure | 'empty' | 'damaged';

/** Reads page after page up to the head that was signed first, so that what is written meanwhile is in the next export. */
export async function exportChain(
  line: ChainLine,
  onread: (done: number, all: number) => void = () => undefined,
): Promise<Result<Blob, ExportFailure>> {
  const answer = await line.head(0);
  if (!answer.ok) return answer;
  const { head } = answer.value;
  if (head.seq === 0) return err('empty');
  const entries: AuditEntry[] = [];
  const updates = new Map<number, readonly string[]>();
  while (entries.length < head.seq) {
    const page = await line.entries(entries.length, true);
    if (!page.ok) return page;
    if (page.value.entries.length === 0) return err('damaged');
    for (const entry of page.value.entries) if (entry.seq <= head.seq) entries.push(entry);
    for (const { updatesOf, hashes } of page.value.updates) updates.set(updatesOf, hashes);
    onread(entries.length, head.seq);
  }
  return ok(chainFile({ workspace: head.workspace, entries, heads: [head], updates }));
}

function chainFile(exported: ChainExport): Blob {
  return new Blob([...exportLines(exported)], { type: 'application/jsonl' });
}

export function explainExport(failure: ExportFailure): string {
  switch (failure) {
    case 'unreachable':
      return 'The server does not answer. The chain is exported from there: try again when the connection is back.';
    case 'not-allowed':
      return 'The chain names everybody who wrote, so it is for owners, controllers and auditors of the whole workspace. Ask one of them for an export.';
    case 'empty':
      return 'Nothing has been written on the server yet.';
    case 'damaged':
      return 'The server can no longer read all of its history. Ask whoever runs it to restore a backup.';
  }
}
