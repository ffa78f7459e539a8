/** Commands of this device that the server has not decided, and those it refused and nobody has read about yet. */
import { explainRefusal } from '#lib/governance/explain.ts';
import type { Database } from '#lib/store/database.ts';
import { dismissRefusal, outboxCommands } from '#lib/store/outbox.ts';
import { describeCommand } from './describe-command.ts';

export interface OpenDecision {
  readonly id: string;
  /** What was asked for, in words. */
  readonly what: string;
  /** Why it was refused; null while it waits. */
  readonly refusal: string | null;
}

export async function openDecisions(database: Database): Promise<readonly OpenDecision[]> {
  const commands = await outboxCommands(database);
  return commands.map(({ id, given, refusal }) => ({
    id,
    what: describeCommand(given.command),
    refusal: refusal === null ? null : explainRefusal(refusal),
  }));
}

/** Somebody has read why it was refused: it leaves the list. */
export function refusalRead(database: Database, id: string): Promise<void> {
  return dismissRefusal(database, id);
}
