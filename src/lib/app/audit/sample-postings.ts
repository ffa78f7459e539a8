/** What was posted, as a population to draw a sample from. */
import type { JournalEntry } from './journal.ts';

export interface SampledPosting {
  readonly what: 'posting';
  readonly id: string;
  /** Minor units of the base currency. */
  readonly amount: number;
  readonly title: string;
  readonly period: string;
  readonly expense: string;
  readonly member: string | null;
  readonly at: string | null;
}

/** Every entry of the ledgers, reversals too. */
export function postingsIn(journal: readonly JournalEntry[]): readonly SampledPosting[] {
  return journal.flatMap(postingOf);
}

function postingOf({ collection, document, id, title, member, at, what }: JournalEntry): readonly SampledPosting[] {
  if (collection !== 'entries' || !document.startsWith('ledger/') || what.kind !== 'added') return [];
  const { baseAmount, period, expenseId } = what.fields;
  if (typeof baseAmount !== 'number' || typeof period !== 'string' || typeof expenseId !== 'string') return [];
  return [{ what: 'posting', id, amount: baseAmount, title, period, expense: expenseId, member, at }];
}
