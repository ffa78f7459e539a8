/** Yes or no to the commands about approving, closing, moving money and amending. */
import type { Result } from '#lib/domain/result.ts';
import { decideClosing, decideReopening } from '../close/decide-closing.ts';
import type { Stamp } from '../decide-posting.ts';
import type { Founded } from '../state.ts';
import type { ApprovalCommand, ApprovalEvent, ApprovalRefusal } from './commands.ts';
import { decideAmendment } from './decide-amendment.ts';
import { decideApproval } from './decide-approval.ts';
import { decidePolicy } from './decide-policy.ts';
import { decideReturn, decideSubmission, decideWithdrawal } from './decide-submission.ts';
import { decideTransfer } from './decide-transfer.ts';
import type { Facts } from './facts.ts';

/** What follows from a command about approvals. */
export function decideApprovals(
  state: Founded,
  command: ApprovalCommand,
  stamp: Stamp,
  facts: Facts,
): Result<readonly ApprovalEvent[], ApprovalRefusal> {
  switch (command.kind) {
    case 'set-policy':
      return decidePolicy(state, command.policy);
    case 'submit':
      return decideSubmission(state, command, stamp, facts);
    case 'approve':
      return decideApproval(state, command, stamp, facts);
    case 'return-submission':
      return decideReturn(state, command, stamp);
    case 'withdraw':
      return decideWithdrawal(state, command, stamp);
    case 'close-period':
      return decideClosing(state, command, stamp, facts);
    case 'reopen-period':
      return decideReopening(state, command, stamp);
    case 'transfer-budget':
      return decideTransfer(state, command, stamp, facts);
    case 'open-amendment':
      return decideAmendment(state, command, stamp);
  }
}
