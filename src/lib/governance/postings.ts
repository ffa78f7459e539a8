import type { Standing } from './refusal.ts';

/** A compact table: expense id to where it stands. One row of about 60 bytes for each expense ever posted. */
export interface Postings {
  readonly size: number;
}

export interface PostingStatus {
  /** The generation of its latest entry. */
  readonly generation: number;
  readonly standing: Standing;
}

export function emptyPostings(): Postings {
  return { size: 0 };
}

/** Where an expense stands; null when it was never posted. */
export function postingOf(_postings: Postings, _expenseId: string): PostingStatus | null {
  throw new Error('postingOf is not built yet');
}
