/** Folding what was decided into the state that everyone decides on. */
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import type { DecisionEvent, Posting } from './event.ts';
import { evolveTerms, type Impossible } from './evolve-terms.ts';
import { postingOf, withPostings, type Postings, type PostingStatus } from './postings.ts';
import type { State } from './state.ts';

/**
 * The state after an event. The state given is spent: its postings are carried over, not copied, so that folding a
 * million of them stays fast; evolving or deciding on a spent state throws. Evolve when the decision is kept. (G15)
 */
export function evolve(state: State, event: DecisionEvent): State {
  const next = tryEvolve(state, event);
  assert(next.ok, `${event.kind} does not follow from the state before`);
  return next.value;
}

/** Like `evolve`, for events that somebody else decided: one that cannot follow is refused. (G16) */
export function tryEvolve(state: State, event: DecisionEvent): Result<State, Impossible> {
  const terms = evolveTerms(state, event);
  if (!terms.ok) return terms;
  const postings = evolvePostings(state.postings, event);
  if (!postings.ok) return postings;
  return ok({ ...terms.value, postings: postings.value });
}

function evolvePostings(postings: Postings, event: DecisionEvent): Result<Postings, Impossible> {
  switch (event.kind) {
    case 'posted':
      return ok(withPostings(postings, event.postings.map(statusAfterPosting)));
    case 'returned':
    case 'reversed': {
      const standing = event.kind;
      return changeKnown(postings, event.reversals, (status) => ({ ...status, standing }));
    }
    case 'recoded':
      return changeKnown(postings, event.recodings, (status, { entry, digest }) => ({
        ...status,
        generation: entry.generation,
        digest,
      }));
    default:
      return ok(withPostings(postings, []));
  }
}

interface Change {
  readonly expenseId: string;
  readonly status: PostingStatus;
}

function statusAfterPosting({ entry, content, digest }: Posting): Change {
  const { expenseId, generation } = entry;
  return { expenseId, status: { generation, postedAs: generation, standing: 'posted', content, digest } };
}

function changeKnown<T extends LedgerEntry | { readonly entry: LedgerEntry }>(
  postings: Postings,
  items: readonly T[],
  change: (status: PostingStatus, item: T) => PostingStatus,
): Result<Postings, Impossible> {
  const changes: Change[] = [];
  for (const item of items) {
    const { expenseId } = 'entry' in item ? item.entry : item;
    const status = postingOf(postings, expenseId);
    if (!status) return err('impossible');
    changes.push({ expenseId, status: change(status, item) });
  }
  return ok(withPostings(postings, changes));
}
