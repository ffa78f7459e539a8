/** Receipts come to an expense and leave it, told in sentences. */
import { changeReceipts, type InboxExpense } from './commands/expenses.ts';
import type { Told } from './expense-acts.ts';
import { explainStore } from './explain-store.ts';
import { explainKeeping, keepOriginal, photoShrinker, shrinkReceipt } from './receipts.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Keeps the files, attaches them, and then makes pictures smaller. */
export async function attachReceipts(workspace: Workspace, held: InboxExpense, files: readonly Blob[]): Promise<Told> {
  const hashes: string[] = [];
  for (const file of files) {
    const kept = await keepOriginal(workspace, file, held.document);
    if (!kept.ok) return { kind: 'not-done', text: explainKeeping(kept.error) };
    hashes.push(kept.value);
  }
  const attached = await changeReceipts(workspace, held, (receipts) => [...receipts, ...hashes]);
  if (!attached.ok) return { kind: 'not-done', text: explainStore(attached.error) };
  await workspace.log.flush();
  const shrinker = photoShrinker();
  try {
    for (const hash of hashes) await shrinkReceipt(workspace, held, hash, shrinker);
  } finally {
    shrinker.close();
  }
  return { kind: 'done', text: files.length === 1 ? 'Receipt attached' : `${files.length} receipts attached` };
}

/** Takes a receipt off an expense; the file itself stays on the device, so that it can come back. */
export async function detachReceipt(workspace: Workspace, held: InboxExpense, hash: string): Promise<Told> {
  const at = held.expense.receipts.indexOf(hash);
  const detached = await changeReceipts(workspace, held, (receipts) => receipts.filter((each) => each !== hash));
  if (!detached.ok) return { kind: 'not-done', text: explainStore(detached.error) };
  return {
    kind: 'done',
    text: 'Receipt removed',
    undo: async () => {
      const back = await changeReceipts(workspace, held, (receipts) => receipts.toSpliced(Math.max(0, at), 0, hash));
      return back.ok
        ? { kind: 'done', text: 'Receipt attached again' }
        : { kind: 'not-done', text: explainStore(back.error) };
    },
  };
}
