/** A sample of what was posted, stated so that another auditor draws the same one. */
import { populationOf, sampleOf, type Population } from '#lib/governance/audit/sample.ts';
import type { JournalEntry } from './journal.ts';

interface SampledPosting {
  readonly id: string;
  /** Minor units of the base currency. */
  readonly amount: number;
  readonly title: string;
  readonly period: string;
  readonly expense: string;
  readonly member: string | null;
  readonly at: string | null;
}

export interface PostingsAsked {
  /** Period keys, both included; empty for from the first, or to the last. */
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  readonly size: number;
}

export interface DrawnSample {
  readonly population: Population;
  readonly seed: string;
  readonly sample: readonly SampledPosting[];
}

export function samplePostings(journal: readonly JournalEntry[], asked: PostingsAsked): DrawnSample {
  const { from, to, seed, size } = asked;
  const postings = journal.flatMap(postingOf).filter(({ period }) => period >= from && (to === '' || period <= to));
  return {
    population: populationOf(postings, { what: 'postings', from, to }),
    seed,
    sample: sampleOf(postings, seed, size),
  };
}

/** Everything another auditor needs to draw it again, as a file. */
export function sampleFile(drawn: DrawnSample): Blob {
  const rule = 'Records in the order of SHA-256 of the canonical JSON of [seed, id]; the first ones are the sample.';
  return new Blob([`${JSON.stringify({ rule, ...drawn }, null, 2)}\n`], { type: 'application/json' });
}

function postingOf({ collection, document, id, title, member, at, what }: JournalEntry): readonly SampledPosting[] {
  if (collection !== 'entries' || !document.startsWith('ledger/') || what.kind !== 'added') return [];
  const { baseAmount, period, expenseId } = what.fields;
  if (typeof baseAmount !== 'number' || typeof period !== 'string' || typeof expenseId !== 'string') return [];
  return [{ id, amount: baseAmount, title, period, expense: expenseId, member, at }];
}
