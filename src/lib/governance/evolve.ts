/** Folding what was decided into the state that everyone decides on. */
import type { DecisionEvent } from './event.ts';
import type { State } from './state.ts';

/**
 * The state after an event. The state given is spent: its postings are carried over, not copied, so that folding a
 * million of them stays fast; evolving or deciding on a spent state throws.
 */
export function evolve(_state: State, _event: DecisionEvent): State {
  throw new Error('evolve is not built yet');
}
