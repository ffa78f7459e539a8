/** Submitting, approving, closing and moving money: what is named in a command is what this device holds. */
import { contentOf } from '#lib/documents/content.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { contentHash, hashOfDocuments } from '#lib/governance/approval/content.ts';
import { ledgerDocuments, planDocument, versionDocuments } from '#lib/governance/approval/facts.ts';
import type { SealedDocument, Transfer } from '#lib/governance/approval/request.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Policy, Request } from '../approvals/governed.ts';
import type { Outcome } from '../decider.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { CopyFailure } from './copy-version.ts';

/** Submits an area's part, or with null the whole version, as it stands on this device. */
export async function submitPlan(
  workspace: Workspace,
  { departments }: Reference,
  { version, area, note }: { readonly version: string; readonly area: string | null; readonly note: string },
): Promise<Outcome> {
  const names = area === null ? versionDocuments(version, departments) : [planDocument(version, area)];
  const documents = await hashesOf(workspace, names);
  if (!documents.ok) return { kind: 'not-kept', why: documents.error };
  const [first] = documents.value;
  const id = workspace.newId();
  if (area === null) {
    const subject = { kind: 'version', version } as const;
    return workspace.give({ kind: 'submit', id, subject, hash: hashOfDocuments(documents.value), note });
  }
  return workspace.give({
    kind: 'submit',
    id,
    subject: { kind: 'part', version, area },
    hash: first?.hash ?? '',
    note,
  });
}

/** Approves exactly what the request says. */
export function approveRequest(workspace: Workspace, { id, hash }: Request, note: string): Promise<Outcome> {
  return workspace.give({ kind: 'approve', request: id, hash, note });
}

export function returnRequest(workspace: Workspace, { id }: Request, reason: string): Promise<Outcome> {
  return workspace.give({ kind: 'return-submission', request: id, reason });
}

export function withdrawRequest(workspace: Workspace, { id }: Request, reason: string): Promise<Outcome> {
  return workspace.give({ kind: 'withdraw', request: id, reason });
}

/** Asks for a transfer; with the id of an earlier one it takes that one's place. */
export function transferBudget(workspace: Workspace, transfer: Transfer, id = workspace.newId()): Promise<Outcome> {
  return workspace.give({ kind: 'transfer-budget', id, ...transfer });
}

/** Copies the approved version into a draft that takes its place once approved. */
export async function openAmendment(
  workspace: Workspace,
  reference: Reference,
  of: BudgetVersion,
  { name, reason }: { readonly name: string; readonly reason: string },
): Promise<Result<{ readonly version: BudgetVersion; readonly outcome: Outcome }, CopyFailure>> {
  const into = { name, kind: of.kind, fiscalYear: of.fiscalYear };
  const { copyVersion } = await import('./copy-version.ts');
  const copied = await copyVersion(workspace, reference, of, into, '0', { samePart: true });
  if (!copied.ok) return copied;
  const command = { kind: 'open-amendment', id: copied.value.id, of: of.id, name, reason } as const;
  return ok({ version: copied.value, outcome: await workspace.give(command) });
}

export function setPolicy(workspace: Workspace, policy: Policy): Promise<Outcome> {
  return workspace.give({ kind: 'set-policy', policy });
}

/** Closes a period as its ledger stands on this device. */
export async function closePeriod(workspace: Workspace, { departments }: Reference, period: string): Promise<Outcome> {
  const documents = await hashesOf(workspace, ledgerDocuments(period, departments));
  if (!documents.ok) return { kind: 'not-kept', why: documents.error };
  const hashes = Object.fromEntries(documents.value.map(({ document, hash }) => [document, hash]));
  return workspace.give({ kind: 'close-period', period, hashes });
}

export function reopenPeriod(workspace: Workspace, period: string, reason: string): Promise<Outcome> {
  return workspace.give({ kind: 'reopen-period', period, reason });
}

async function hashesOf(
  workspace: Workspace,
  names: readonly string[],
): Promise<Result<readonly SealedDocument[], StoreFailure>> {
  const documents: SealedDocument[] = [];
  for (const document of names) {
    const hash = await workspace.edit(document, (doc) => contentHash(document, contentOf(document, doc)));
    if (!hash.ok) return hash;
    documents.push({ document, hash: hash.value });
  }
  return ok(documents);
}
