/** What can be done about changes that the server did not take. Nothing is lost by any of them. */
import { openInbox } from '#lib/documents/documents.ts';
import { writeAgain } from '#lib/documents/write-again.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { discardParked } from '#lib/store/parked.ts';
import { planName } from '../area-documents.ts';
import { changeText, kindText } from '../audit/describe-entry.ts';
import { openAmendment } from '../commands/approvals.ts';
import { postExpenses } from '../commands/expenses.ts';
import { generationsOf } from '../expense-acts.ts';
import { explainStore } from '../explain-store.ts';
import { explainOutcome } from '../failures.ts';
import type { Reference } from '../reference.ts';
import { saveFile } from '../save-file.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { RefusedChanges } from './refused-changes.ts';

/** What became of an act. */
export type Reviewed = { readonly done: string } | { readonly failed: string };

/** Writes the changes into their document as it is now; refused again where it is still closed to them. */
export async function writeOnceMore(workspace: Workspace, refused: RefusedChanges): Promise<Reviewed> {
  const { document, changes } = refused;
  const written = await workspace.edit(document, (doc) => writeAgain(doc, document, changes, workspace.author()));
  if (!written.ok) return { failed: explainStore(written.error) };
  await discard(workspace, refused);
  return { done: counted(written.value, 'change was made again', 'changes were made again') };
}

/** Puts captured expenses into one's own inbox and posts them: into the first open period, with their own date. (I4) */
export async function repost(workspace: Workspace, refused: RefusedChanges): Promise<Reviewed> {
  const inbox = `inbox/${workspace.member}`;
  const ids = new Set(refused.changes.map(({ id }) => id));
  const kept = await workspace.edit(inbox, (doc): readonly Expense[] => {
    writeAgain(doc, inbox, refused.changes, workspace.author());
    const { expenses } = openInbox(doc);
    return [...ids].flatMap((id) => expenses.get(id) ?? []);
  });
  if (!kept.ok) return { failed: explainStore(kept.error) };
  await discard(workspace, refused);
  if (kept.value.length === 0) return { done: 'They are in your inbox again' };
  await workspace.reader.settled();
  const rows = await Promise.all(kept.value.map(({ id }) => workspace.reader.rowsOfExpense(id)));
  const why = explainOutcome(await postExpenses(workspace, kept.value, { generations: generationsOf(rows.flat()) }));
  return why === null
    ? { done: counted(kept.value.length, 'expense is posted', 'expenses are posted') }
    : { failed: `It is in your inbox again, but not posted. ${why}` };
}

/** A draft of the approved version with the refused changes in it. */
export async function amendWith(
  workspace: Workspace,
  reference: Reference,
  version: BudgetVersion,
  refused: RefusedChanges,
): Promise<Reviewed & { readonly version?: string }> {
  const reason = 'Changes that came after the approval';
  const opened = await openAmendment(workspace, reference, version, { name: `${version.name}, amended`, reason });
  if (!opened.ok) {
    return { failed: opened.error.kind === 'too-large' ? 'An amount is too large.' : explainStore(opened.error) };
  }
  const why = explainOutcome(opened.value.outcome);
  if (why !== null) return { failed: why };
  const { id } = opened.value.version;
  const document = planName(id, refused.document.split('/')[2]);
  const written = await workspace.edit(document, (doc) =>
    writeAgain(doc, document, refused.changes, workspace.author()),
  );
  if (!written.ok) return { failed: explainStore(written.error) };
  await discard(workspace, refused);
  return { done: 'The changes are in the amendment', version: id };
}

/** Forgets the changes; gives the way back. */
export async function discard(workspace: Workspace, { rows }: RefusedChanges): Promise<() => Promise<void>> {
  const { database } = workspace.log;
  await discardParked(
    database,
    rows.map(({ key }) => key),
  );
  return async () => {
    await database.parked.bulkPut([...rows]);
  };
}

/** One line for each change. */
export function asText({ changes }: RefusedChanges, reference: Reference): string {
  return changes
    .map((change) => `${kindText(change.collection)} ${change.title}: ${changeText(change, reference)}`)
    .join('\n');
}

/** The changes as a file that can be read by people and by programs. */
export function exportChanges({ document, reason, changes }: RefusedChanges): void {
  const content = JSON.stringify({ document, reason, changes }, null, 2);
  saveFile(`refused-${document.replaceAll('/', '-')}.json`, new Blob([content], { type: 'application/json' }));
}

function counted(count: number, one: string, more: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${more}`;
}
