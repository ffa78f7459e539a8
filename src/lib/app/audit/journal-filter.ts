/** Finding one's way in a journal: by person, kind, record, days and words. */
import type { JournalEntry } from './journal.ts';

export interface JournalFilter {
  readonly member: string | null;
  readonly kind: string | null;
  /** A record's id; what was booked from an expense belongs to its record too. */
  readonly record: string | null;
  /** ISO dates, both included. What says no time is in no period. */
  readonly from: string | null;
  readonly until: string | null;
  readonly words: string;
}

export const EVERYTHING: JournalFilter = { member: null, kind: null, record: null, from: null, until: null, words: '' };

/** `textOf` is what the page shows of an entry: words are looked for in it, in any order and letter case. */
export function journalFound(
  entries: readonly JournalEntry[],
  filter: JournalFilter,
  textOf: (entry: JournalEntry) => string,
): readonly JournalEntry[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (filter.member !== null && entry.member !== filter.member) return false;
    if (filter.kind !== null && entry.collection !== filter.kind) return false;
    if (filter.record !== null && !isAbout(entry, filter.record)) return false;
    if (filter.from !== null && (entry.at === null || entry.at.slice(0, 10) < filter.from)) return false;
    if (filter.until !== null && (entry.at === null || entry.at.slice(0, 10) > filter.until)) return false;
    if (words.length === 0) return true;
    const text = textOf(entry).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function isAbout({ id, what }: JournalEntry, record: string): boolean {
  if (id === record) return true;
  return what.kind === 'added' && (what.fields['expenseId'] === record || what.fields['recordId'] === record);
}
