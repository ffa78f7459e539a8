/** Whether what a storage reads is what was written. */
import { isIntact } from '#lib/documents/update-row.ts';
import type { StoredRow } from './storage.ts';

/** Number of the row that is not there as it was written, when `row` is read after number `after`; null when all is well. */
export function damageOf(row: StoredRow, after: number): number | null {
  // Numbers have no holes: what stood before this row is gone.
  if (row.first > after + 1) return after + 1;
  return isIntact({ ...row, format: 'v1' }) ? null : row.seq;
}
