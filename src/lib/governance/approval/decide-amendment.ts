/** Amending an approved version: a draft that, once approved, takes its place. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Stamp } from '../decide-posting.ts';
import type { Founded } from '../state.ts';
import type { ApprovalCommand, ApprovalEvent, ApprovalRefusal } from './commands.ts';
import { versionRequest } from './request.ts';

type AmendCommand = Extract<ApprovalCommand, { kind: 'open-amendment' }>;

/** The lines of the amendment are its drafter's to copy and to edit, as in any draft. (A9) */
export function decideAmendment(
  { approvals }: Founded,
  { id, of, name, reason }: AmendCommand,
  { by, at }: Stamp,
): Result<readonly ApprovalEvent[], ApprovalRefusal> {
  const present = approvals.amendments.get(id);
  if (present !== undefined) return present.of === of && present.by === by ? ok([]) : err({ kind: 'id-taken' });
  if (versionRequest(approvals.requests.values(), of)?.status !== 'approved') return err({ kind: 'not-approved' });
  return ok([{ kind: 'amendment-opened', id, amendment: { of, name, by, at, reason } }]);
}
