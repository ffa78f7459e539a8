/** Imports of the past: what became of their rows, and how a whole one is taken back. */
import type { ImportBatch } from '#lib/domain/ledger/expense.ts';
import type { ExpenseRow } from '#lib/store/expense-row.ts';
import { restoreImport, undoImport, type InboxExpense } from '../commands/expenses.ts';
import { counted, type Told } from '../expense-acts.ts';
import { explainStore } from '../explain-store.ts';
import type { Reader } from '../reader.ts';
import type { Workspace } from '../workspace.svelte.ts';

export interface PastImport {
  readonly batch: ImportBatch;
  /** Rows that wait to be posted, those that came back among them. */
  readonly toPost: number;
  readonly posted: number;
}

/** The latest first. */
export async function pastImports(reader: Pick<Reader, 'reference' | 'report'>): Promise<readonly PastImport[]> {
  const [batches, toPost, posted] = await Promise.all([
    reader.reference('batches'),
    rowsByBatch(reader, ['unposted', 'returned']),
    rowsByBatch(reader, ['posted']),
  ]);
  return batches
    .map((batch) => ({ batch, toPost: toPost.get(batch.id) ?? 0, posted: posted.get(batch.id) ?? 0 }))
    .sort((a, b) => (a.batch.importedAt < b.batch.importedAt ? 1 : -1));
}

/** The rows of an import that wait to be posted. */
export async function rowsToPost(reader: Pick<Reader, 'rowsOfBatch'>, batchId: string): Promise<readonly ExpenseRow[]> {
  return (await reader.rowsOfBatch(batchId)).filter(({ state }) => state !== 'posted');
}

/** Takes back every row that is not posted; what is posted is said, and stays. */
export async function takeImportBack(workspace: Workspace, { id, fileName }: ImportBatch): Promise<Told> {
  await workspace.reader.settled();
  const rows = await workspace.reader.rowsOfBatch(id);
  const held = rows.flatMap(({ state, document, expense }): InboxExpense[] =>
    state === 'posted' || expense === null ? [] : [{ document, expense }],
  );
  const posted = new Set(rows.filter(({ state }) => state === 'posted').map(({ expense }) => expense?.id)).size;
  if (held.length === 0 && posted > 0) {
    return {
      kind: 'not-done',
      text: `All of ${fileName} is posted, and posted entries stay. Return or reverse them in the list of expenses.`,
    };
  }
  const undone = await undoImport(workspace, id, held, { isWhole: posted === 0 });
  if (!undone.ok) return { kind: 'not-done', text: explainStore(undone.error) };
  const stay = posted === 0 ? '' : `; ${counted(posted)} of it ${posted === 1 ? 'is' : 'are'} posted and stay`;
  return {
    kind: 'done',
    text: `Took back ${counted(held.length)} of ${fileName}${stay}`,
    undo: async () => {
      const restored = await restoreImport(workspace, id, held);
      return restored.ok
        ? { kind: 'done', text: `${fileName} is back` }
        : { kind: 'not-done', text: explainStore(restored.error) };
    },
  };
}

async function rowsByBatch(
  reader: Pick<Reader, 'report'>,
  states: readonly ExpenseRow['state'][],
): Promise<ReadonlyMap<string, number>> {
  const { axes, rows } = await reader.report({ by: ['batch'], filter: { states } });
  return new Map((axes[0] ?? []).map((id, at) => [id, rows[at] ?? 0]));
}
