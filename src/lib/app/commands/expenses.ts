/** What a person does with expenses: capture, change, remove, post, and take back what was posted. */
import type { JsonValue } from '#lib/domain/json.ts';
import type { Coding } from '#lib/domain/ledger/coding.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { openDecisions, openInbox } from '#lib/documents/documents.ts';
import { inParts } from '#lib/documents/split-transactions.ts';
import type { Command } from '#lib/governance/command.ts';
import { entriesInParts, postInParts } from '#lib/governance/parts.ts';
import { DECISIONS_DOCUMENT } from '#lib/governance/writes.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Outcome } from '../decider.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** What the person says of an expense; the rest is filled in. */
export type ExpenseDraft = Pick<Expense, 'kind' | 'date' | 'amount' | 'currency'> & Partial<Expense>;

/** Puts a new expense into the person's inbox. It is on this device's disk within 50 ms. */
export async function recordExpense(workspace: Workspace, draft: ExpenseDraft): Promise<Result<Expense, StoreFailure>> {
  const expense: Expense = {
    id: workspace.newId(),
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
    capturedAt: workspace.nowIso(),
    capturedBy: workspace.member,
    returnedReason: null,
    ...draft,
  };
  const added = await workspace.add(inboxOf(workspace), (doc) => openInbox(doc).expenses.insert(expense));
  return added.ok ? ok(expense) : added;
}

/** Writes the fields that changed; others' edits of other fields stand. */
export function reviseExpense(
  workspace: Workspace,
  expense: Expense,
  fields: Partial<Expense>,
): Promise<Result<void, StoreFailure>> {
  return workspace.edit(inboxOf(workspace, expense.capturedBy), (doc) =>
    openInbox(doc).expenses.revise(expense.id, fields as Record<string, JsonValue>, workspace.author()),
  );
}

export function removeExpense(workspace: Workspace, expense: Expense): Promise<Result<void, StoreFailure>> {
  return workspace.edit(inboxOf(workspace, expense.capturedBy), (doc) =>
    openInbox(doc).expenses.remove(expense.id, workspace.author()),
  );
}

export function restoreExpense(workspace: Workspace, expense: Expense): Promise<Result<void, StoreFailure>> {
  return workspace.edit(inboxOf(workspace, expense.capturedBy), (doc) =>
    openInbox(doc).expenses.restore(expense.id, workspace.author()),
  );
}

/** Adds an import's expenses and its batch to the inbox, in transactions small enough to travel. */
export function addImport(
  workspace: Workspace,
  batch: ImportBatch,
  expenses: readonly Expense[],
): Promise<Result<void, StoreFailure>> {
  return workspace.add(inboxOf(workspace), async (doc) => {
    const inbox = openInbox(doc);
    await insertInParts(doc, inbox.expenses, expenses);
    inbox.batches.insert(batch);
  });
}

/** Takes a whole import back: its batch and those of its expenses that nobody has posted. */
export function undoImport(
  workspace: Workspace,
  batchId: string,
  expenseIds: readonly string[],
): Promise<Result<void, StoreFailure>> {
  const by = workspace.author();
  return workspace.edit(inboxOf(workspace), (doc) => {
    const inbox = openInbox(doc);
    inParts(doc, expenseIds, (id) => inbox.expenses.remove(id, by));
    inbox.batches.remove(batchId, by);
  });
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
    readonly undatedAs?: string | null;
    readonly onprogress?: (progress: PostingProgress) => void;
  } = {},
): Promise<Outcome> {
  const parts = postInParts(expenses, {
    generations: await generationsOf(workspace),
    batch: options.batch ?? null,
    undatedAs: options.undatedAs ?? null,
  });
  let posted = 0;
  let outcome: Outcome = { kind: 'done', events: [] };
  for (const part of parts) {
    outcome = await workspace.give(part);
    if (outcome.kind !== 'done' && outcome.kind !== 'waiting') return outcome;
    posted += part.expenses.length;
    options.onprogress?.({ posted, of: expenses.length });
  }
  return outcome;
}

/** The generation that the next posting of each returned expense makes. */
async function generationsOf(workspace: Workspace): Promise<Readonly<Record<string, number>>> {
  const returned = await workspace.edit(DECISIONS_DOCUMENT, (doc) => [...openDecisions(doc).returned.all()]);
  if (!returned.ok) return {};
  return Object.fromEntries(returned.value.map(({ id, generation }) => [id, generation]));
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

function inboxOf(workspace: Workspace, member: string = workspace.member): string {
  return `inbox/${member}`;
}
