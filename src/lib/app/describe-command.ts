import type { Command } from '#lib/governance/command.ts';

/** What a command asks for, as the head of a line: 'Rename the workspace to “Harbourlight”'. */
export function describeCommand(command: Command): string {
  switch (command.kind) {
    case 'found-workspace':
      return `Found the workspace “${command.name}”`;
    case 'rename-workspace':
      return `Rename the workspace to “${command.name}”`;
    case 'post':
      return `Post ${many(command.expenses.length, 'expense', 'expenses')}`;
    case 'return':
      return `Return ${many(command.entries.length, 'entry', 'entries')}`;
    case 'reverse':
      return `Reverse ${many(command.entries.length, 'entry', 'entries')}`;
    case 'recode':
      return `Re-code ${many(command.entries.length, 'entry', 'entries')}`;
    case 'add-department':
      return `Add the department “${command.version.name}”`;
    case 'revise-department':
      return `Change the department “${command.version.name}” from ${command.version.from ?? 'the beginning'}`;
    case 'close-department':
      return command.from === null ? 'Reopen a department' : `Close a department from ${command.from}`;
    case 'mark-area':
      return command.area ? 'Make a department an area' : 'Make a department part of the area above';
    case 'set-calendar':
      return 'Change the fiscal calendar';
    case 'set-rates':
      return `Set ${many(command.rates.length, 'exchange rate', 'exchange rates')}`;
    case 'remove-rate':
      return `Remove the rate ${command.from} to ${command.to} of ${command.date}`;
    case 'invite':
      return `Invite ${command.name}`;
    case 'revoke-invitation':
      return 'Take an invitation back';
    case 'join':
      return 'Join the workspace';
    case 'rename-member':
      return `Change a name to “${command.name}”`;
    case 'grant':
      return 'Give somebody a role';
    case 'revoke-grant':
      return 'Take a role back';
    case 'remove-member':
      return 'Remove somebody from the workspace';
    case 'erase-member':
      return 'Erase the data of somebody who left';
    case 'set-retention':
      return 'Change how long records of erased people are kept';
    case 'delegate':
      return `Delegate approvals from ${command.from} to ${command.until}`;
    case 'revoke-delegation':
      return 'End a delegation';
    case 'set-policy':
      return 'Change the approval policy';
    case 'submit':
      return command.subject.kind === 'part' ? 'Submit a part of the plan' : 'Submit the plan';
    case 'approve':
      return 'Approve a submission';
    case 'return-submission':
      return 'Return a submission';
    case 'withdraw':
      return 'Withdraw a submission';
    case 'close-period':
      return `Close ${command.period}`;
    case 'reopen-period':
      return `Reopen ${command.period}`;
    case 'transfer-budget':
      return `Transfer budget from ${command.from.period} to ${command.to.period}`;
    case 'open-amendment':
      return `Open the amendment “${command.name}”`;
  }
}

function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
