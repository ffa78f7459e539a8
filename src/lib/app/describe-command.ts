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
  }
}

function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
