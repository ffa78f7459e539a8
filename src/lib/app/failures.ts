/** Sentences for what the decider or the server would not do: what is safe, and what to do next. */
import { explainRefusal } from '#lib/governance/explain.ts';
import type { Outcome } from './decider.ts';
import { explainStore } from './explain-store.ts';
import { explainSync } from './explain-sync.ts';
import type { FoundingFailure } from './found-workspace.ts';
import type { JoinFailure } from './sharing.ts';

export function explainOutcome(outcome: Outcome): string | null {
  switch (outcome.kind) {
    case 'done':
    case 'waiting':
      return null;
    case 'refused':
      return explainRefusal(outcome.refusal);
    case 'not-kept':
      return explainStore(outcome.why);
  }
}

export function explainFounding(failure: FoundingFailure): string {
  return failure.kind === 'refused' ? explainRefusal(failure.refusal) : explainStore(failure);
}

export function explainJoin(failure: JoinFailure): string {
  if (failure.kind === 'no-answer')
    return 'The server does not answer. Check the network and try again; nothing was changed.';
  if (failure.kind === 'sign-in') return 'Sign in to the server first. Nothing was changed.';
  return failure.kind === 'refused' ? explainSync(failure.why) : explainStore(failure);
}
