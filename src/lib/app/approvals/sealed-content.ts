/** What was submitted, approved or closed, as it was sealed: from the server, or from this device where it decides. */
import { contentOf } from '#lib/documents/content.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { contentHash, contentText } from '#lib/governance/approval/content.ts';
import type { SealedDocument } from '#lib/governance/approval/request.ts';
import { fetchSealed, type SealedFailure } from '#lib/sync/sealed-line.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** The canonical snapshots in the order asked for, each of exactly the hash it was sealed under. (A12) */
export async function sealedContents(
  workspace: Workspace,
  documents: readonly SealedDocument[],
): Promise<Result<readonly string[], SealedFailure>> {
  const texts: string[] = [];
  for (const sealed of documents) {
    const text = await sealedContent(workspace, sealed);
    if (!text.ok) return text;
    texts.push(text.value);
  }
  return ok(texts);
}

async function sealedContent(
  workspace: Workspace,
  { document, hash }: SealedDocument,
): Promise<Result<string, SealedFailure>> {
  if (workspace.registered.kind === 'shared') {
    const { request } = await workspace.collaboration();
    return request === null ? err('unreachable') : fetchSealed(request, workspace.id, hash);
  }
  const records = await workspace.edit(document, (doc) => contentOf(document, doc));
  if (!records.ok || contentHash(document, records.value) !== hash) return err('altered');
  return ok(contentText(document, records.value));
}

export function explainSealed(failure: SealedFailure): string {
  switch (failure) {
    case 'unreachable':
      return 'The server does not answer. It keeps what was sealed: download it when the connection is back.';
    case 'not-allowed':
      return 'Part of it belongs to an area that you may not read. Ask somebody who reads all of it.';
    case 'unknown':
      return 'The server has nothing sealed under this hash. Ask whoever runs it whether a backup was restored.';
    case 'altered':
      return 'What arrived is not what was sealed, so it was not saved. Try again; if it stays so, tell an auditor.';
  }
}
