/** Records that were changed, as a population to draw a sample from: each once, however often it was changed. (A18) */
import type { JournalEntry } from './journal.ts';

export interface ChangedRecord {
  readonly what: 'changed-record';
  readonly id: string;
  /** How many changes of it there are in the journal. */
  readonly amount: number;
  readonly document: string;
  readonly collection: string;
  readonly record: string;
  /** What it was called at one of its changes. */
  readonly title: string;
  /** The latest change that says when it was, and all who made one. */
  readonly at: string | null;
  readonly members: readonly string[];
}

/** `journal` is what the changes are taken from: all of it, or what was found in it. */
export function changedRecordsIn(journal: readonly JournalEntry[]): readonly ChangedRecord[] {
  const byRecord = Map.groupBy(journal, ({ document, collection, id }) => `${document} ${collection}/${id}`);
  return [...byRecord].map(([id, changes]) => {
    const [first] = changes as [JournalEntry, ...JournalEntry[]];
    const times = changes.flatMap(({ at }) => at ?? []).sort();
    const titles = changes.flatMap(({ title }) => (title === '' ? [] : [title])).sort();
    return {
      what: 'changed-record',
      id,
      amount: changes.length,
      document: first.document,
      collection: first.collection,
      record: first.id,
      title: titles[0] ?? '',
      at: times.at(-1) ?? null,
      members: [...new Set(changes.flatMap(({ member }) => member ?? []))].sort(),
    };
  });
}
