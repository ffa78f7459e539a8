/** What a report or a list calls one row: an expense in an inbox, or one entry of the ledger. */

/** `<expense>` for an expense not yet posted, `<expense>/<entry>` for an entry: opaque to everyone else. */
export type RowId = string;

export function rowIdOf(expenseId: string, entryId: string | null): RowId {
  return entryId === null ? expenseId : `${expenseId}/${entryId}`;
}

export function partsOf(row: RowId): { readonly expenseId: string; readonly entryId: string | null } {
  const [expenseId = row, entryId = null] = row.split('/', 2);
  return { expenseId, entryId };
}
