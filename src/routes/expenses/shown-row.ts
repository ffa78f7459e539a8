import type { ListedExpense } from '#lib/app/expense-list.svelte.ts';

/** Which row of an expense an address means: the one it names, else what counts of it now, else what was last. */
export function shownRow(rows: readonly ListedExpense[], id: string): ListedExpense | undefined {
  return (
    rows.find((row) => row.id === id) ??
    rows.find(({ state }) => state !== 'posted') ??
    rows.findLast(({ entry, takenBackBy }) => entry?.kind !== 'reversal' && takenBackBy === null) ??
    rows.at(-1)
  );
}
