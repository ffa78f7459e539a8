/** What an import is compared with: expenses that share a fingerprint or an amount with its rows. (S17) */
import { addDays } from '#lib/domain/fiscal/iso-date.ts';
import type { Columns } from './columns.ts';
import type { Database } from './database.ts';
import { inBaseCurrency, type ProjectionContext } from './projection-context.ts';
import { partsOf } from './row-id.ts';
import type { ExpenseTrail } from './trail.ts';

/** A row that may be imported. */
export interface SoughtRow {
  readonly fingerprint: string;
  readonly date: string | null;
  /** Minor units of `currency`; its sign does not count. */
  readonly amount: number;
  readonly currency: string;
}

/** What matching needs of an expense or entry. */
export interface KnownExpense {
  readonly id: string;
  /** Null for what was captured by hand, and for what somebody else imported. */
  readonly fingerprint: string | null;
  readonly date: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly vendorText: string;
  readonly invoiceNumber: string;
}

/** Each expense once, as it was posted last or as it stands in its inbox. */
export async function knownLike(
  database: Database,
  columns: Columns,
  context: ProjectionContext | null,
  sought: readonly SoughtRow[],
): Promise<readonly KnownExpense[]> {
  const ids = expensesOf(columns, amountsOf(context, sought));
  const byAmount = await database.trails.bulkGet([...ids]);
  const trails = new Map(byAmount.flatMap((trail) => (trail === undefined ? [] : [[trail.id, trail] as const])));
  const met = new Set([...trails.values()].map(({ fingerprint }) => fingerprint));
  const missing = sought.flatMap(({ fingerprint }) => (met.has(fingerprint) ? [] : [fingerprint]));
  for (const trail of await byFingerprint(database, missing)) trails.set(trail.id, trail);
  return [...trails.values()].flatMap((trail) => knownOf(trail) ?? []);
}

/** A row may differ from its twin by three days, and so by the rate of its day. */
const DAYS_APART = 3;

/** Sizes in the base currency, as the columns have them; NaN among them when a row has no rate. */
function amountsOf(context: ProjectionContext | null, sought: readonly SoughtRow[]): ReadonlySet<number> {
  const amounts = new Set<number>();
  const rateDates = context?.rates.map(({ date }) => date) ?? [];
  for (const { amount, currency, date } of sought) {
    if (currency === context?.baseCurrency) {
      amounts.add(Math.abs(amount));
      continue;
    }
    for (const day of date === null ? rateDates : daysAround(date)) {
      amounts.add(Math.abs(inBaseCurrency(context, amount, currency, day)));
    }
    if (date === null && rateDates.length === 0) amounts.add(NaN);
  }
  return amounts;
}

function daysAround(date: string): readonly string[] {
  return Array.from({ length: 2 * DAYS_APART + 1 }, (_, day) => addDays(date, day - DAYS_APART));
}

function expensesOf(columns: Columns, amounts: ReadonlySet<number>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { chunk } of columns.chunks()) {
    for (let row = 0; row < chunk.count; row += 1) {
      if (amounts.has(Math.abs(chunk.amounts[row] ?? NaN))) ids.add(partsOf(chunk.ids.at(row)).expenseId);
    }
  }
  return ids;
}

/** Imported rows whose amount somebody has changed since are found by nothing else. */
async function byFingerprint(database: Database, fingerprints: readonly string[]): Promise<readonly ExpenseTrail[]> {
  if (fingerprints.length === 0 || (await database.trails.where('fingerprint').above('').limit(1).count()) === 0) {
    return [];
  }
  return database.trails
    .where('fingerprint')
    .anyOf([...fingerprints])
    .toArray();
}

function knownOf({ id, fingerprint, captured, entries }: ExpenseTrail): KnownExpense | null {
  const stated = entries.findLast(({ entry }) => entry.kind !== 'reversal')?.entry ?? captured?.expense;
  if (stated === undefined) return null;
  const { date, amount, currency, vendorText, invoiceNumber } = stated;
  return { id, fingerprint, date, amount, currency, vendorText, invoiceNumber };
}
