/** Yes or no to a command: pure, and the same code on the device and on the server. */
import type { Result } from '#lib/domain/result.ts';
import type { GivenCommand } from './command.ts';
import type { DecisionEvent } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/**
 * What follows from a command, or why it may not be. `now` is the decider's ISO instant. No events means that what is
 * asked already stands: the answer is yes, and there is nothing to log.
 */
export function decide(_state: State, _given: GivenCommand, _now: string): Result<readonly DecisionEvent[], Refusal> {
  throw new Error('decide is not built yet');
}
