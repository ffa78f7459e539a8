/** Who says yes or no to a command: the device in a local workspace, the server in a shared one. */
import type { Result } from '#lib/domain/result.ts';
import type { Command, GivenCommand } from '#lib/governance/command.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import type { StoreFailure } from '#lib/store/failure.ts';

/** What became of a command. `waiting`: it is kept, and will be answered when the server can be reached. */
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly DecisionEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'not-kept'; readonly why: StoreFailure };

export interface Decider {
  give(given: GivenCommand): Promise<Outcome>;
}

/** Gives each command a fresh id and its giver's name and clock. */
export function givenCommand(
  command: Command,
  { by, now, newId }: { readonly by: string; readonly now: () => number; readonly newId: () => string },
): GivenCommand {
  return { id: newId(), command, by, at: new Date(now()).toISOString() };
}

export function outcomeOf(answer: Result<readonly DecisionEvent[], Refusal>): Outcome {
  return answer.ok ? { kind: 'done', events: answer.value } : { kind: 'refused', refusal: answer.error };
}
