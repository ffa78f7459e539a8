/** Commands on their way to the decider. One that was refused stays until somebody has read why. */
import type { Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import type { Database, OutboxCommand } from './database.ts';

/** Keeps a command until it is answered; giving the same one again changes nothing. (S11) */
export async function giveCommand(database: Database, given: GivenCommand): Promise<void> {
  await database.transaction('rw', database.outbox, async () => {
    if ((await database.outbox.get({ id: given.id })) !== undefined) return;
    await database.outbox.add({ id: given.id, given, refusal: null } as OutboxCommand);
  });
}

/** Commands still to be answered, in the order they were given. */
export async function outboxToSend(database: Database): Promise<GivenCommand[]> {
  const waiting = await database.outbox.filter((command) => command.refusal === null).toArray();
  return waiting.map((command) => command.given);
}

/** Commands that wait or were refused, for the screen. */
export function outboxCommands(database: Database): Promise<OutboxCommand[]> {
  return database.outbox.toArray();
}

/** A yes takes the command out; a no stays with its reason until it is dismissed. (S11) */
export async function answered(
  database: Database,
  commandId: string,
  answer: Result<readonly DecisionEvent[], Refusal>,
): Promise<void> {
  if (answer.ok) await database.outbox.where('id').equals(commandId).delete();
  else await database.outbox.where('id').equals(commandId).modify({ refusal: answer.error });
}

export async function dismissRefusal(database: Database, commandId: string): Promise<void> {
  await database.outbox.where('id').equals(commandId).delete();
}
