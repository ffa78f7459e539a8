/** What a person does to rows of the list, told in sentences, with the way back where there is one. */
import type { Coding } from '#lib/domain/ledger/coding.ts';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import { capturerOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { ExpenseRow } from '#lib/store/expense-row.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { isUnfinished } from './capture.ts';
import {
  copyToInbox,
  postExpenses,
  recodeEntries,
  removeExpenses,
  restoreExpenses,
  returnEntries,
  reverseEntries,
  reviseExpenses,
  takeBackRevision,
  type ExpenseFields,
  type InboxExpense,
  type PostingProgress,
} from './commands/expenses.ts';
import type { Outcome } from './decider.ts';
import { explainStore } from './explain-store.ts';
import { explainOutcome } from './failures.ts';
import type { Workspace } from './workspace.svelte.ts';

/** What became of an act. */
export type Told =
  | { readonly kind: 'done'; readonly text: string; readonly undo?: () => Promise<Told> }
  | { readonly kind: 'not-done'; readonly text: string };

/** Whether this person may change or remove it: an unposted expense in their own inbox, or any on a device of its own. */
export function mayChange(workspace: Workspace, { state, document, expense }: ExpenseRow): boolean {
  const isOwn = workspace.registered.kind === 'local' || document === `inbox/${workspace.member}`;
  return isOwn && state !== 'posted' && expense !== null && workspace.rights?.captures !== false;
}

/** Whether an entry can be returned, reversed or re-coded: it stands, and is no reversal itself. */
export function isStanding({ entry, takenBackBy }: ExpenseRow): boolean {
  return entry !== null && entry.kind !== 'reversal' && takenBackBy === null;
}

export interface PostOptions {
  readonly batch?: ImportBatch | null;
  /** ISO date for those of unknown date; without it they are refused. */
  readonly undatedAs?: string | null;
  readonly onprogress?: (progress: PostingProgress) => void;
  readonly signal?: AbortSignal;
}

/** Posts those of the rows that wait for it; the way back returns them. */
export async function postRows(
  workspace: Workspace,
  rows: readonly ExpenseRow[],
  options: PostOptions = {},
): Promise<Told> {
  const waiting = rows.flatMap(({ state, expense }) => (state === 'posted' || expense === null ? [] : [expense]));
  const ready = waiting.filter((expense) => !isUnfinished(expense));
  if (ready.length === 0) {
    return notDone(waiting.length === 0 ? 'This is posted already.' : 'Enter an amount first, then post it.');
  }
  const outcome = await postExpenses(workspace, ready, { ...options, generations: generationsOf(rows) });
  const left = waiting.length - ready.length;
  const text = `Posted ${counted(ready.length)}${left === 0 ? '' : `; ${counted(left)} without an amount stay`}`;
  const ids = new Set(ready.map(({ id }) => id));
  return toldOf(outcome, text, () => takePostingBack(workspace, ids));
}

/** What posting makes of those that were returned. */
export function generationsOf(rows: readonly ExpenseRow[]): Readonly<Record<string, number>> {
  const returned = rows.flatMap(({ state, expense, nextGeneration }) =>
    state === 'returned' && expense !== null ? [[expense.id, nextGeneration] as const] : [],
  );
  return Object.fromEntries(returned);
}

async function takePostingBack(workspace: Workspace, expenseIds: ReadonlySet<string>): Promise<Told> {
  await workspace.reader.settled();
  const trails = await Promise.all([...expenseIds].map((id) => workspace.reader.rowsOfExpense(id)));
  return returnRows(workspace, trails.flat(), 'Posting was undone');
}

/** Sets fields of those rows that may be changed; the way back leaves what somebody changed since. */
export async function reviseRows(
  workspace: Workspace,
  rows: readonly ExpenseRow[],
  fields: ExpenseFields,
  what: string,
): Promise<Told> {
  const changeable = inInbox(rows.filter((row) => mayChange(workspace, row)));
  if (changeable.length === 0) return notDone(CANNOT_CHANGE);
  const revised = await reviseExpenses(workspace, changeable, fields);
  const text = `${what} of ${counted(changeable.length)}${leftOut(rows.length - changeable.length)}`;
  return toldOfEdit(revised, text, async () =>
    toldOfEdit(await takeBackRevision(workspace, changeable, fields), `${what} put back`),
  );
}

export async function removeRows(workspace: Workspace, rows: readonly ExpenseRow[]): Promise<Told> {
  const removable = inInbox(rows.filter((row) => mayChange(workspace, row)));
  if (removable.length === 0) return notDone(CANNOT_CHANGE);
  return removeHeld(workspace, removable, leftOut(rows.length - removable.length));
}

/** Removes expenses from their inboxes; the way back restores them. */
export async function removeHeld(workspace: Workspace, expenses: readonly InboxExpense[], besides = ''): Promise<Told> {
  const removed = await removeExpenses(workspace, expenses);
  return toldOfEdit(removed, `Deleted ${counted(expenses.length)}${besides}`, async () =>
    toldOfEdit(await restoreExpenses(workspace, expenses), `Brought back ${counted(expenses.length)}`),
  );
}

export async function returnRows(workspace: Workspace, rows: readonly ExpenseRow[], reason: string): Promise<Told> {
  const entries = standingEntries(rows);
  if (entries.length === 0) return notDone(NOT_STANDING);
  const bare = standingEntries(rows.filter((row) => isWithoutCopy(workspace, row)));
  const copied = bare.length === 0 ? ok(undefined) : await copyToInbox(workspace, bare);
  if (!copied.ok) return notDone(explainStore(copied.error));
  return toldOf(await returnEntries(workspace, entries, reason), `Returned ${counted(entries.length)}`);
}

export async function reverseRows(workspace: Workspace, rows: readonly ExpenseRow[], reason: string): Promise<Told> {
  const entries = standingEntries(rows);
  if (entries.length === 0) return notDone(NOT_STANDING);
  return toldOf(await reverseEntries(workspace, entries, reason), `Reversed ${counted(entries.length)}`);
}

export async function recodeRows(
  workspace: Workspace,
  rows: readonly ExpenseRow[],
  coding: Partial<Coding>,
  reason: string,
): Promise<Told> {
  const entries = standingEntries(rows);
  if (entries.length === 0) return notDone(NOT_STANDING);
  return toldOf(await recodeEntries(workspace, entries, coding, reason), `Re-coded ${counted(entries.length)}`);
}

/** Somebody else's copy may stand in an inbox that has not come to this device. */
function isWithoutCopy(workspace: Workspace, { entry, expense }: ExpenseRow): boolean {
  if (expense !== null || entry === null) return false;
  return workspace.registered.kind === 'local' || capturerOf(entry) === workspace.member;
}

/** `1 expense`, `1,204 expenses`. */
export function counted(count: number): string {
  return count === 1 ? '1 expense' : `${count.toLocaleString('en')} expenses`;
}

const CANNOT_CHANGE =
  'Only expenses that are not posted can be changed, and only by whoever captured them. Re-code or return what is posted.';
const NOT_STANDING = 'There is nothing to take back: it is not posted, or was taken back already.';

function standingEntries(rows: readonly ExpenseRow[]): readonly LedgerEntry[] {
  return rows.flatMap((row) => (isStanding(row) && row.entry !== null ? [row.entry] : []));
}

function inInbox(rows: readonly ExpenseRow[]): readonly InboxExpense[] {
  return rows.flatMap(({ document, expense }) => (expense === null ? [] : [{ document, expense }]));
}

function leftOut(count: number): string {
  return count === 0 ? '' : `; ${counted(count)} could not be changed`;
}

function notDone(text: string): Told {
  return { kind: 'not-done', text };
}

function toldOf(outcome: Outcome, text: string, undo?: () => Promise<Told>): Told {
  const why = explainOutcome(outcome);
  if (why !== null) return notDone(why);
  if (outcome.kind === 'waiting') {
    return { kind: 'done', text: 'Kept on this device. It takes effect when the server has decided.' };
  }
  return { kind: 'done', text, ...(undo === undefined ? {} : { undo }) };
}

function toldOfEdit(edited: Result<unknown, StoreFailure>, text: string, undo?: () => Promise<Told>): Told {
  if (!edited.ok) return notDone(explainStore(edited.error));
  return { kind: 'done', text, ...(undo === undefined ? {} : { undo }) };
}

/** The fields of an expense that a vendor's habit fills where nothing is said yet. */
export function missingFields(expense: Expense, habit: Partial<Coding>): ExpenseFields {
  const fields = ['categoryId', 'departmentId', 'projectId'] as const;
  return Object.fromEntries(
    fields.flatMap((field) => (expense[field] === null && habit[field] != null ? [[field, habit[field]]] : [])),
  );
}
