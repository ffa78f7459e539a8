/** The server's audit chain as a file that anybody can verify without the server. */
import { exportLines } from '#lib/governance/audit/export/format.ts';
import { WITHHELD, type ToldEntry } from '#lib/governance/audit/entry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ChainFailure, ChainLine } from '#lib/sync/chain-line.ts';

export type ExportFailure = ChainFailure | 'empty' | 'damaged';

export interface ExportedChain {
  readonly file: Blob;
  readonly entries: number;
  /** Entries of which this person may not read what they say. */
  readonly withheld: number;
}

/** Reads page after page up to the head that was signed first, so that what is written meanwhile is in the next export. */
export async function exportChain(
  line: ChainLine,
  onread: (done: number, all: number) => void = () => undefined,
): Promise<Result<ExportedChain, ExportFailure>> {
  const answer = await line.head(0);
  if (!answer.ok) return answer;
  const { head } = answer.value;
  if (head.seq === 0) return err('empty');
  const entries: ToldEntry[] = [];
  const updates = new Map<number, readonly string[]>();
  while (entries.length < head.seq) {
    const page = await line.entries(entries.length, true);
    if (!page.ok) return page;
    if (page.value.entries.length === 0) return err('damaged');
    for (const entry of page.value.entries) if (entry.seq <= head.seq) entries.push(entry);
    for (const { updatesOf, hashes } of page.value.updates) updates.set(updatesOf, hashes);
    onread(entries.length, head.seq);
  }
  const lines = [...exportLines({ workspace: head.workspace, entries, heads: [head], updates })];
  const withheld = entries.filter(({ contents }) => contents === WITHHELD).length;
  return ok({ file: new Blob(lines, { type: 'application/jsonl' }), entries: entries.length, withheld });
}

/** What is not in an export; null when nothing was withheld. */
export function withheldText({ entries, withheld }: Omit<ExportedChain, 'file'>, locale: string): string | null {
  if (withheld === 0) return null;
  const [some, all] = [withheld.toLocaleString(locale), entries.toLocaleString(locale)];
  return `What ${some} of ${all} entries say was withheld, because your role does not reach what they are about. They are in the file with their digests, and it verifies.`;
}

export function explainExport(failure: ExportFailure): string {
  switch (failure) {
    case 'unreachable':
      return 'The server does not answer. The chain is exported from there: try again when the connection is back.';
    case 'not-allowed':
      return 'The chain names everybody who wrote, so it is for owners, controllers and auditors. Ask one of them for an export.';
    case 'empty':
      return 'Nothing has been written on the server yet.';
    case 'damaged':
      return 'The server can no longer read all of its history. Ask whoever runs it to restore a backup.';
  }
}
