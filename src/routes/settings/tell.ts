/** What became of an act, for the person who did it: a short note when it was done, the reason when it was not. */
import type { Outcome } from '#lib/app/decider.ts';
import { explainOutcome } from '#lib/app/failures.ts';
import { explainStore } from '#lib/app/explain-store.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Toasts } from '#lib/ui/feedback/toasts.svelte.ts';

/** Tells how a command went; gives the sentence to show where it was given, or null when there is none. */
export function tellOutcome(toasts: Toasts, outcome: Outcome, done: string, undo?: () => void): string | null {
  const why = explainOutcome(outcome);
  if (why !== null) return why;
  if (outcome.kind === 'waiting') {
    toasts.show({ text: 'Kept on this device. It takes effect when the server has decided.' });
  } else toasts.show({ text: done, undo });
  return null;
}

/** The same for an edit, which takes effect at once. */
export function tellEdit(
  toasts: Toasts,
  edited: Result<unknown, Parameters<typeof explainStore>[0]>,
  done: string,
  undo?: () => void,
): string | null {
  if (!edited.ok) return explainStore(edited.error);
  toasts.show({ text: done, undo });
  return null;
}

/** For acts without a form to show the reason in: it is told as a note. */
export function alsoSayWhy(toasts: Toasts, why: string | null): void {
  if (why !== null) toasts.show({ text: why });
}
