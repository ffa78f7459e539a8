/** The hashes of the updates of batches, for an export that shows what was in them. (A12, A17) */
import { WITHHELD } from '#lib/governance/audit/entry.ts';
import type { BatchContents, ToldEntry } from '#lib/governance/audit/entry.ts';
import type { UpdatesLine } from '#lib/governance/audit/entry-schema.ts';
import { rootOfHashes } from '#lib/governance/audit/merkle.ts';
import type { Storage } from '../storage/storage.ts';

/**
 * Of every batch that is told and whose root they lead to. Where they do not, they are gone: the document has begun anew
 * since, or they were merged away before hashes were kept.
 */
export async function updatesOf(
  storage: Pick<Storage, 'updateHashes'>,
  workspace: string,
  entries: readonly ToldEntry[],
): Promise<readonly UpdatesLine[]> {
  const batches = entries.flatMap(({ seq, kind, contents }) =>
    kind === 'batch' && contents !== null && contents !== WITHHELD ? [{ seq, ...contents }] : [],
  );
  const lines: UpdatesLine[] = [];
  for (const [document, ofDocument] of Map.groupBy(batches, (batch) => batch.document)) {
    const first = Math.min(...ofDocument.map((batch) => batch.first));
    const last = Math.max(...ofDocument.map((batch) => batch.last));
    const known = await storage.updateHashes(workspace, document, first, last);
    for (const batch of ofDocument) {
      const hashes = hashesIn(batch, known);
      if (rootOfHashes(hashes) === batch.root) lines.push({ updatesOf: batch.seq, hashes });
    }
  }
  return lines;
}

function hashesIn({ first, last }: BatchContents, known: ReadonlyMap<number, string>): readonly string[] {
  const hashes: string[] = [];
  for (let seq = first; seq <= last; seq += 1) hashes.push(known.get(seq) ?? '');
  return hashes;
}
