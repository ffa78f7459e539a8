/** What a person does with expenses: capture, change, remove, post, and take back what was posted. */
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import { codingOf, type Coding } from '#lib/domain/ledger/coding.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { openInbox } from '#lib/documents/documents.ts';
import { inParts } from '#lib/documents/split-transactions.ts';
import type { Command } from '#lib/governance/command.ts';
import { entriesInParts, postInParts } from '#lib/governance/parts.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Outcome } from '../decider.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** What the person says of an expense; the rest is filled in. */
export type ExpenseDraft = Pick<Expense, 'kind' | 'date' | 'amount' | 'currency'> & Partial<Expense>;

/** An expense that is not posted, and the inbox it stands in. */
export interface InboxExpense {
  readonly document: string;
  readonly expense: Expense;
}

/** What a person may say of an expense while it is not posted. */
export type ExpenseFields = Partial<
  Omit<Expense, 'id' | 'batchId' | 'batchLine' | 'fingerprint' | 'capturedAt' | 'capturedBy' | 'returnedReason'>
>;

/** What is not said of an expense. */
export const NOTHING_SAID = {
  vendorId: null,
  vendorText: '',
  categoryId: null,
  departmentId: null,
  projectId: null,
  lineId: null,
  description: '',
  invoiceNumber: '',
  receipts: [],
  batchId: null,
  batchLine: null,
  fingerprint: null,
  returnedReason: null,
} as const satisfies Partial<Expense>;

/** Puts a new expense into the person's inbox. It is on this device's disk within 50 ms. */
export async function recordExpense(workspace: Workspace, draft: ExpenseDraft): Promise<Result<Expense, StoreFailure>> {
  const expense: Expense = {
    ...NOTHING_SAID,
    ...draft,
    id: workspace.newId(),
    capturedAt: workspace.nowIso(),
    capturedBy: workspace.member,
  };
  const added = await workspace.add(inboxOf(workspace), (doc) => openInbox(doc).expenses.insert(expense));
  return added.ok ? ok(expense) : added;
}

/** Writes the fields that changed; others' edits of other fields stand. */
export function reviseExpenses(
  workspace: Workspace,
  expenses: readonly InboxExpense[],
  fields: ExpenseFields,
): Promise<Result<void, StoreFailure>> {
  const by = workspace.author();
  return eachInbox(workspace, expenses, (inbox, { id }) => inbox.expenses.revise(id, asJson(fields), by));
}

/** Takes a revision back where it still stands: what somebody changed since is left. `expenses` as they were before. */
export function takeBackRevision(
  workspace: Workspace,
  expenses: readonly InboxExpense[],
  fields: ExpenseFields,
): Promise<Result<void, StoreFailure>> {
  const by = workspace.author();
  const written = Object.entries(asJson(fields));
  return eachInbox(workspace, expenses, (inbox, before) => {
    const now = inbox.expenses.get(before.id);
    if (now === undefined) return;
    const standing = asJson(now);
    const earlier = asJson(before);
    const back = written.filter(([field, value]) => isSameJson(standing[field], value));
    inbox.expenses.revise(before.id, Object.fromEntries(back.map(([field]) => [field, earlier[field] ?? null])), by);
  });
}

/** Adds, takes away or replaces receipts among those an expense has by now. */
export function changeReceipts(
  workspace: Workspace,
  held: InboxExpense,
  change: (receipts: readonly string[]) => readonly string[],
): Promise<Result<void, StoreFailure>> {
  const by = workspace.author();
  return eachInbox(workspace, [held], (inbox, { id }) => {
    const receipts = inbox.expenses.get(id)?.receipts ?? held.expense.receipts;
    inbox.expenses.revise(id, { receipts: [...new Set(change(receipts))] }, by);
  });
}

export function removeExpenses(
  workspace: Workspace,
  expenses: readonly InboxExpense[],
): Promise<Result<void, StoreFailure>> {
  const by = workspace.author();
  return eachInbox(workspace, expenses, (inbox, { id }) => inbox.expenses.remove(id, by));
}

export function restoreExpenses(
  workspace: Workspace,
  expenses: readonly InboxExpense[],
): Promise<Result<void, StoreFailure>> {
  const by = workspace.author();
  return eachInbox(workspace, expenses, (inbox, { id }) => inbox.expenses.restore(id, by));
}

/** Adds an import's expenses and its batch to the inbox, in transactions small enough to travel. */
export function addImport(
  workspace: Workspace,
  batch: ImportBatch,
  expenses: readonly Expense[],
  onprogress?: (added: number) => void,
): Promise<Result<void, StoreFailure>> {
  return workspace.add(inboxOf(workspace), async (doc) => {
    const inbox = openInbox(doc);
    inbox.batches.insert(batch);
    await insertInParts(doc, inbox.expenses, expenses, onprogress);
  });
}

/** Takes an import back: those of its expenses that nobody has posted, and its batch when none is left of it. */
export function undoImport(
  workspace: Workspace,
  batchId: string,
  expenses: readonly InboxExpense[],
  { isWhole }: { readonly isWhole: boolean },
): Promise<Result<void, StoreFailure>> {
  return changeImport(workspace, batchId, expenses, (table, id) => table.remove(id, workspace.author()), isWhole);
}

/** Brings back what `undoImport` took away. */
export function restoreImport(
  workspace: Workspace,
  batchId: string,
  expenses: readonly InboxExpense[],
): Promise<Result<void, StoreFailure>> {
  return changeImport(workspace, batchId, expenses, (table, id) => table.restore(id, workspace.author()), true);
}

export interface PostingProgress {
  readonly posted: number;
  readonly of: number;
}

/**
 * Posts expenses part by part, so that no command is too large to travel; stops at the first part that is not done.
 * `undatedAs` is the ISO date under which those of unknown date count.
 */
export async function postExpenses(
  workspace: Workspace,
  expenses: readonly Expense[],
  options: {
    readonly batch?: ImportBatch | null;
    /** Of those that were returned: the generation that this posting makes. */
    readonly generations?: Readonly<Record<string, number>>;
    readonly undatedAs?: string | null;
    readonly onprogress?: (progress: PostingProgress) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Outcome> {
  const parts = postInParts(expenses, {
    generations: options.generations ?? {},
    batch: options.batch ?? null,
    undatedAs: options.undatedAs ?? null,
  });
  let posted = 0;
  let outcome: Outcome = { kind: 'done', events: [] };
  for (const part of parts) {
    if (options.signal?.aborted === true) return outcome;
    outcome = await workspace.give(part);
    if (outcome.kind !== 'done' && outcome.kind !== 'waiting') return outcome;
    posted += part.expenses.length;
    options.onprogress?.({ posted, of: expenses.length });
  }
  return outcome;
}

/**
 * Puts entries that were posted without an inbox copy into the person's inbox, so that a return has something to go
 * back to. What is there already is left.
 */
export function copyToInbox(
  workspace: Workspace,
  entries: readonly LedgerEntry[],
): Promise<Result<void, StoreFailure>> {
  return workspace.edit(inboxOf(workspace), (doc) => {
    const { expenses } = openInbox(doc);
    const missing = entries.filter(({ expenseId }) => !expenses.has(expenseId));
    inParts(doc, missing, (entry) => expenses.insert(expenseFromEntry(entry, workspace.member)));
  });
}

/** Takes posted entries back and gives their expenses back to their owners' inboxes, with the reason. */
export function returnEntries(workspace: Workspace, entries: readonly LedgerEntry[], reason: string): Promise<Outcome> {
  return giveInParts(workspace, entries, (part) => ({ kind: 'return', entries: part, reason }));
}

/** Takes posted entries back for good. */
export function reverseEntries(
  workspace: Workspace,
  entries: readonly LedgerEntry[],
  reason: string,
): Promise<Outcome> {
  return giveInParts(workspace, entries, (part) => ({ kind: 'reverse', entries: part, reason }));
}

/** Books posted entries to something else: each is taken back and put again in one decision. */
export function recodeEntries(
  workspace: Workspace,
  entries: readonly LedgerEntry[],
  coding: Partial<Coding>,
  reason: string,
): Promise<Outcome> {
  return giveInParts(workspace, entries, (part) => ({ kind: 'recode', entries: part, coding, reason }));
}

async function giveInParts(
  workspace: Workspace,
  entries: readonly LedgerEntry[],
  commandOf: (part: readonly LedgerEntry[]) => Command,
): Promise<Outcome> {
  let outcome: Outcome = { kind: 'done', events: [] };
  for (const part of entriesInParts(entries)) {
    outcome = await workspace.give(commandOf(part));
    if (outcome.kind !== 'done' && outcome.kind !== 'waiting') return outcome;
  }
  return outcome;
}

type Inbox = ReturnType<typeof openInbox>;

/** Does `work` for each expense in its own inbox, in transactions small enough to travel. */
async function eachInbox(
  workspace: Workspace,
  expenses: readonly InboxExpense[],
  work: (inbox: Inbox, expense: Expense) => void,
): Promise<Result<void, StoreFailure>> {
  for (const [document, own] of Map.groupBy(expenses, (each) => each.document)) {
    const edited = await workspace.edit(document, (doc) => {
      const inbox = openInbox(doc);
      inParts(doc, own, ({ expense }) => work(inbox, expense));
    });
    if (!edited.ok) return edited;
  }
  return ok(undefined);
}

function changeImport(
  workspace: Workspace,
  batchId: string,
  expenses: readonly InboxExpense[],
  change: (table: Pick<Inbox['expenses'], 'remove' | 'restore'>, id: string) => void,
  isWhole: boolean,
): Promise<Result<void, StoreFailure>> {
  const document = expenses[0]?.document ?? inboxOf(workspace);
  return workspace.edit(document, (doc) => {
    const inbox = openInbox(doc);
    inParts(doc, expenses, ({ expense }) => change(inbox.expenses, expense.id));
    if (isWhole && inbox.batches.has(batchId)) change(inbox.batches, batchId);
  });
}

function expenseFromEntry(entry: LedgerEntry, capturedBy: string): Expense {
  const { expenseId, date, amount, currency, vendorText, description, invoiceNumber, receipts, batchId } = entry;
  return {
    ...NOTHING_SAID,
    ...codingOf(entry),
    id: expenseId,
    kind: entry.nature === 'revenue' ? 'revenue' : amount < 0 ? 'credit' : 'expense',
    date,
    amount,
    currency,
    vendorText,
    description,
    invoiceNumber,
    receipts,
    batchId,
    capturedAt: entry.postedAt,
    capturedBy,
  };
}

function inboxOf(workspace: Workspace): string {
  return `inbox/${workspace.member}`;
}

/** Records and their fields are plain data: what is said of one is JSON. */
function asJson(fields: object): Record<string, JsonValue> {
  return fields as Record<string, JsonValue>;
}
