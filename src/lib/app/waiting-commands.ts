/** Which expenses a command is under way for that nobody has decided yet. */
import type { Command } from '#lib/governance/command.ts';
import type { Database } from '#lib/store/database.ts';
import { outboxCommands } from '#lib/store/outbox.ts';

export type WaitingAct = 'post' | 'return' | 'reverse' | 'recode';

/** By expense id, what was asked for last and waits for its decision. */
export async function waitingActs(database: Database): Promise<ReadonlyMap<string, WaitingAct>> {
  const commands = await outboxCommands(database);
  return new Map(
    commands
      .filter(({ refusal }) => refusal === null)
      .flatMap(({ given: { command } }) => expensesOf(command).map((id) => [id, command.kind as WaitingAct] as const)),
  );
}

function expensesOf(command: Command): readonly string[] {
  switch (command.kind) {
    case 'post':
      return command.expenses.map(({ id }) => id);
    case 'return':
    case 'reverse':
    case 'recode':
      return command.entries.map(({ expenseId }) => expenseId);
    default:
      return [];
  }
}
