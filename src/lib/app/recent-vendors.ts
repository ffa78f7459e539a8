/** Whom money went to lately, and what it was booked to: one press then fills most of a new expense. */
import type { ExpenseRow } from '#lib/store/expense-row.ts';
import type { Filter } from '#lib/store/filter.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { Reader } from './reader.ts';

/** What a vendor's last expense says of the next one. */
export type Habit = Pick<
  Expense,
  'vendorId' | 'vendorText' | 'categoryId' | 'departmentId' | 'projectId' | 'lineId' | 'currency'
>;

const ROWS_LOOKED_AT = 150;

/** The vendors of the latest expenses, those met most often first. */
export async function recentVendors(
  reader: Pick<Reader, 'list' | 'rowsByIds'>,
  most: number,
): Promise<readonly Habit[]> {
  const habits = new Map<string, { readonly habit: Habit; times: number }>();
  for (const habit of await latestHabits(reader, { nature: 'cost' }, ROWS_LOOKED_AT)) {
    const key = habit.vendorId ?? `text:${habit.vendorText.trim().toLowerCase()}`;
    const known = habits.get(key);
    if (known === undefined) habits.set(key, { habit, times: 1 });
    else known.times += 1;
  }
  return [...habits.values()]
    .sort((a, b) => b.times - a.times)
    .slice(0, most)
    .map(({ habit }) => habit);
}

/** What the last expense of a vendor says; null for one never met. */
export async function habitOf(reader: Pick<Reader, 'list' | 'rowsByIds'>, vendorId: string): Promise<Habit | null> {
  const [latest] = await latestHabits(reader, { nature: 'cost', values: { vendor: [vendorId] } }, 5);
  return latest ?? null;
}

async function latestHabits(
  reader: Pick<Reader, 'list' | 'rowsByIds'>,
  filter: Filter,
  limit: number,
): Promise<readonly Habit[]> {
  const { ids } = await reader.list({ filter, sort: { by: 'date', descending: true }, offset: 0, limit });
  const rows = await reader.rowsByIds([...ids]);
  return rows.flatMap((row) => habitIn(row) ?? []);
}

/** What was taken back says nothing of what will be. */
function habitIn({ entry, expense, takenBackBy }: ExpenseRow): Habit | null {
  const stated = entry ?? expense;
  if (stated === null || entry?.kind === 'reversal' || takenBackBy !== null) return null;
  const { vendorId, vendorText, categoryId, departmentId, projectId, lineId, currency } = stated;
  if (vendorId === null && vendorText.trim() === '') return null;
  return { vendorId, vendorText, categoryId, departmentId, projectId, lineId, currency };
}
