/** Closing a period, and opening it again. */
import { periodByKey } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ApprovalCommand, ApprovalEvent, ApprovalRefusal } from '../approval/commands.ts';
import { hashOfDocuments } from '../approval/content.ts';
import { sealable } from '../approval/decide-submission.ts';
import { documentsFor, type Facts } from '../approval/facts.ts';
import type { Conflict } from '../approval/policy.ts';
import type { Stamp } from '../decide-posting.ts';
import type { Founded } from '../state.ts';

type Of<K extends ApprovalCommand['kind']> = Extract<ApprovalCommand, { kind: K }>;
type Decided = Result<readonly ApprovalEvent[], ApprovalRefusal>;

/** Nothing posts into the period from here on; what was in it is named by its hash. (I4, A10) */
export function decideClosing(state: Founded, command: Of<'close-period'>, stamp: Stamp, facts: Facts): Decided {
  const { period, hashes } = command;
  if (periodByKey(state.workspace.calendar, period) === undefined) return err({ kind: 'unknown-period', period });
  if (state.closed.has(period)) return ok([]);
  const documents = sealable(facts, documentsFor(command, state));
  if (!documents.ok) return documents;
  const moved = documents.value.find(({ document, hash }) => hashes[document] !== hash);
  if (moved !== undefined) return err({ kind: 'content-moved', document: moved.document, by: null });
  const hasPosted = state.approvals.posters.get(period)?.includes(stamp.by) === true;
  if (hasPosted && state.approvals.policy.conflicts['post-close'] === 'refuse') {
    return err({ kind: 'duties-conflict', conflict: 'post-close' });
  }
  const conflicts: readonly Conflict[] = hasPosted ? ['post-close'] : [];
  const hash = hashOfDocuments(documents.value);
  const { by, at } = stamp;
  const closing = { period, by, at, documents: documents.value, hash, conflicts, reopened: null };
  return ok([{ kind: 'period-closed', closing }]);
}

/** What was signed is void, and the period has to be closed anew. (A10) */
export function decideReopening(state: Founded, { period, reason }: Of<'reopen-period'>, { by, at }: Stamp): Decided {
  if (!state.closed.has(period)) return err({ kind: 'period-not-closed', period });
  return ok([{ kind: 'period-reopened', period, by, at, reason }]);
}
