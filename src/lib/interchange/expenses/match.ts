/** Which rows of a file are new, which are here already, and which look like something that is. (X17, X18) */
import { daysBetween } from '#lib/domain/fiscal/iso-date.ts';
import { normaliseVendorName } from '#lib/domain/organisation/vendor-match.ts';
import type { ImportedRow } from './draft.ts';

/** What matching needs of an expense or entry of the workspace. */
export interface KnownExpense {
  readonly id: string;
  /** Null for what was captured by hand. */
  readonly fingerprint: string | null;
  readonly date: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly vendorText: string;
  readonly invoiceNumber: string;
}

export type Verdict =
  | { readonly kind: 'new' }
  /** The same row came with an earlier import. */
  | { readonly kind: 'here'; readonly id: string }
  /** Same amount, about the same day and no contradiction: a person says whether it is one purchase or two. */
  | { readonly kind: 'alike'; readonly ids: readonly string[] };

/** The workspace's expenses as matching looks them up. Those that share no amount with the file may be left out. */
export interface Known {
  readonly idByFingerprint: ReadonlyMap<string, string>;
  readonly byAmount: ReadonlyMap<string, readonly KnownExpense[]>;
}

export function knownExpenses(expenses: Iterable<KnownExpense>): Known {
  const idByFingerprint = new Map<string, string>();
  const byAmount = new Map<string, KnownExpense[]>();
  for (const expense of expenses) {
    if (expense.fingerprint !== null) idByFingerprint.set(expense.fingerprint, expense.id);
    const key = amountKey(expense);
    const others = byAmount.get(key);
    if (others === undefined) byAmount.set(key, [expense]);
    else others.push(expense);
  }
  return { idByFingerprint, byAmount };
}

/** A verdict for each row, in their order. */
export function matchRows(rows: readonly ImportedRow[], known: Known): readonly Verdict[] {
  const here = rows.map(({ draft }) => known.idByFingerprint.get(draft.fingerprint));
  const taken = new Set(here);
  return rows.map((row, i) => {
    const id = here[i];
    if (id !== undefined) return { kind: 'here', id };
    const ids = (known.byAmount.get(amountKey(row.draft)) ?? [])
      .filter((expense) => !taken.has(expense.id) && isAlike(row, expense))
      .map((expense) => expense.id);
    return ids.length === 0 ? NEW : { kind: 'alike', ids };
  });
}

const NEW: Verdict = { kind: 'new' };

/** What one person captures on the day, the bank books up to three days later. */
const DAYS_APART = 3;

function isAlike({ draft }: ImportedRow, known: KnownExpense): boolean {
  if (draft.invoiceNumber !== '' && known.invoiceNumber !== '' && !sameText(draft.invoiceNumber, known.invoiceNumber)) {
    return false;
  }
  const apart = known.fingerprint === null ? DAYS_APART : 0;
  if (draft.date !== null && known.date !== null && Math.abs(daysBetween(draft.date, known.date)) > apart) return false;
  const [a, b] = [normaliseVendorName(draft.vendorText), normaliseVendorName(known.vendorText)];
  return a === '' || b === '' || a.includes(b) || b.includes(a);
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function amountKey({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  return currency + String(Math.abs(amount));
}
