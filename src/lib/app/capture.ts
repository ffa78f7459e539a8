/** A receipt becomes a draft at once: kept as it came, then made smaller, and found again after whatever happens. */
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { ImageShrinker } from '#lib/workers/start-image-worker.ts';
import { recordExpense, type InboxExpense } from './commands/expenses.ts';
import { keepOriginal, shrinkReceipt, type ReceiptRefusal } from './receipts.ts';
import type { Workspace } from './workspace.svelte.ts';

/** What is assumed of a receipt until somebody says otherwise. */
export interface CaptureDefaults {
  /** ISO date. */
  readonly today: string;
  readonly currency: string;
}

/** The photo and a draft that points to it, both on this device's disk when this resolves. */
export async function captureReceipt(
  workspace: Workspace,
  file: Blob,
  { today, currency }: CaptureDefaults,
): Promise<Result<InboxExpense, StoreFailure | ReceiptRefusal>> {
  const kept = await keepOriginal(workspace, file, `inbox/${workspace.member}`);
  if (!kept.ok) return kept;
  const recorded = await recordExpense(workspace, {
    kind: 'expense',
    date: today,
    amount: 0,
    currency,
    receipts: [kept.value],
  });
  if (!recorded.ok) return recorded;
  await workspace.log.flush();
  return ok({ document: `inbox/${workspace.member}`, expense: recorded.value });
}

/** A capture that nobody has finished: it has no amount yet. */
export function isUnfinished({ amount, batchId }: Pick<Expense, 'amount' | 'batchId'>): boolean {
  return amount === 0 && batchId === null;
}

const MOST_DRAFTS = 200;

/** Captures in the person's own inbox that have no amount yet, the latest first. */
export async function unfinishedCaptures(workspace: Workspace): Promise<readonly InboxExpense[]> {
  const { ids } = await workspace.reader.list({
    filter: { documents: [`inbox/${workspace.member}`], states: ['unposted'], values: { batch: [''] } },
    sort: { by: 'amount', descending: false },
    offset: 0,
    limit: MOST_DRAFTS,
  });
  const rows = await workspace.reader.rowsByIds([...ids]);
  return rows
    .flatMap(({ document, expense }) => (expense !== null && isUnfinished(expense) ? [{ document, expense }] : []))
    .sort((a, b) => (a.expense.capturedAt < b.expense.capturedAt ? 1 : -1));
}

/** Makes those photos smaller that the app was closed over. */
export async function finishInterrupted(
  workspace: Workspace,
  drafts: readonly InboxExpense[],
  shrinker: Pick<ImageShrinker, 'shrink'>,
): Promise<void> {
  for (const draft of drafts) {
    for (const hash of draft.expense.receipts) await shrinkReceipt(workspace, draft, hash, shrinker);
  }
}
