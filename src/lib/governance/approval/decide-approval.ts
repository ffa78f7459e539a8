/** Signing a request: what is approved is named by its hash, and the last signature makes it stand. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Stamp } from '../decide-posting.ts';
import { access, type Access } from '../rights/access.ts';
import type { Founded } from '../state.ts';
import { signatureFor } from './authority.ts';
import type { ApprovalCommand, ApprovalEvent, ApprovalRefusal } from './commands.ts';
import { decideMove } from './decide-transfer.ts';
import type { Facts } from './facts.ts';
import type { Conflict } from './policy.ts';
import type { Approval, ApprovalRequest } from './request.ts';

type ApproveCommand = Extract<ApprovalCommand, { kind: 'approve' }>;
type Decided = Result<readonly ApprovalEvent[], ApprovalRefusal>;

/** One signature; approving twice changes nothing. (A2, A4, A7) */
export function decideApproval(state: Founded, command: ApproveCommand, stamp: Stamp, facts: Facts): Decided {
  const request = state.approvals.requests.get(command.request);
  if (request === undefined) return err({ kind: 'unknown-request' });
  const { by, at } = stamp;
  if (request.hash === command.hash && request.approvals.some((approval) => approval.by === by)) return ok([]);
  if (request.status !== 'open') return err({ kind: 'request-settled', status: request.status });
  if (request.hash !== command.hash) {
    return err({ kind: 'content-moved', document: null, by: request.voided.at(-1)?.by ?? request.by });
  }
  const reader = access(state.people, by, at.slice(0, 10));
  const signature = signatureFor(reader, request, state.workspace.baseCurrency);
  if (!signature.ok) return signature;
  const conflicts = conflictsOf(reader, request, facts);
  const refused = conflicts.find((conflict) => state.approvals.policy.conflicts[conflict] === 'refuse');
  if (refused !== undefined) return err({ kind: 'duties-conflict', conflict: refused });
  const approval: Approval = {
    step: signature.value.step.id,
    by,
    for: signature.value.for,
    at,
    hash: command.hash,
    note: command.note,
    conflicts,
  };
  const isFinal = request.approvals.length + 1 === request.route.steps.length;
  const approved: ApprovalEvent = { kind: 'approved', request: request.id, approval, isFinal };
  if (!isFinal || request.transfer === null) return ok([approved]);
  const moved = decideMove(state, request, stamp, facts);
  return moved.ok ? ok([approved, moved.value]) : moved;
}

/** Duties that meet in whoever signs: having written in what is approved, and managing who may do what. (A8) */
function conflictsOf(reader: Access, request: ApprovalRequest, facts: Facts): readonly Conflict[] {
  const hasEdited =
    request.transfer === null &&
    request.documents.some(({ document }) => facts.documents.get(document)?.authors.includes(reader.member) === true);
  const conflicts: Conflict[] = hasEdited ? ['edit-approve'] : [];
  return reader.held.some(({ role }) => role === 'owner') ? [...conflicts, 'roles-approve'] : conflicts;
}
