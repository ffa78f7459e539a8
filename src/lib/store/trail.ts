/**
 * The trail of an expense: its copy in an inbox, every entry it made in the ledger, and whether it came back. One record
 * holds all of it, because whether one counts depends on the others. (S16)
 */
import { dayNumber, isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { UNDATED, type ColumnRow, type RowState } from './columns.ts';
import { searchable } from './packed-text.ts';
import { inBaseCurrency, periodKeyOf, type ProjectionContext } from './projection-context.ts';
import { rowIdOf, type RowId } from './row-id.ts';

export interface ExpenseTrail {
  /** The expense's id. */
  readonly id: string;
  /** Every document that a part of the trail stands in. */
  readonly documents: readonly string[];
  /** Of the inbox copy, for matching imports. Null is not indexed. */
  readonly fingerprint: string | null;
  readonly batchId: string | null;
  readonly captured: { readonly document: string; readonly expense: Expense } | null;
  /** By generation, a reversal after the entry it takes back. */
  readonly entries: readonly { readonly document: string; readonly entry: LedgerEntry }[];
  readonly returned: ({ readonly document: string } & ReturnMark) | null;
}

/** That it came back the last time it did. */
export interface ReturnMark {
  readonly reason: string;
  /** What its next posting makes, or made. */
  readonly generation: number;
  /** Whether it was posted again since. */
  readonly posted?: boolean;
}

/** One change of one document to one trail; null takes the part away. */
export type TrailChange = { readonly id: string; readonly document: string } & (
  | { readonly part: 'captured'; readonly expense: Expense | null }
  | { readonly part: 'entry'; readonly entry: LedgerEntry }
  | { readonly part: 'returned'; readonly returned: ReturnMark | null }
);

export function emptyTrail(id: string): ExpenseTrail {
  return { id, documents: [], fingerprint: null, batchId: null, captured: null, entries: [], returned: null };
}

export function changeTrail(trail: ExpenseTrail, change: TrailChange): ExpenseTrail {
  const { document } = change;
  switch (change.part) {
    case 'captured':
      return settled({ ...trail, captured: change.expense && { document, expense: change.expense } });
    case 'returned':
      if (change.returned === null) {
        return trail.returned?.document === document ? settled({ ...trail, returned: null }) : trail;
      }
      return settled({ ...trail, returned: { document, ...change.returned } });
    case 'entry': {
      const others = trail.entries.filter(({ entry }) => entry.id !== change.entry.id);
      return settled({ ...trail, entries: [...others, { document, entry: change.entry }].sort(byGeneration) });
    }
  }
}

/** The trail without anything that stands in this document. */
export function withoutDocument(trail: ExpenseTrail, document: string): ExpenseTrail {
  return settled({
    ...trail,
    captured: trail.captured?.document === document ? null : trail.captured,
    entries: trail.entries.filter((entry) => entry.document !== document),
    returned: trail.returned?.document === document ? null : trail.returned,
  });
}

export function isEmpty(trail: ExpenseTrail): boolean {
  return trail.documents.length === 0;
}

/** The inbox copy counts until it is posted, and again once it is returned; taken back for good it counts no more. */
function stateOfCaptured({ captured, entries, returned }: ExpenseTrail): 'unposted' | 'returned' | null {
  if (captured === null) return null;
  if (returned === null) return entries.length === 0 ? 'unposted' : null;
  const latest = entries.at(-1)?.entry.generation ?? 0;
  return returned.posted === true || latest >= returned.generation ? null : 'returned';
}

/** Which rows a trail counts as, and in which document each stands. */
export function rowPlacesOf(trail: ExpenseTrail): readonly { readonly document: string; readonly id: RowId }[] {
  const { captured, entries, id: expenseId } = trail;
  const posted = entries.map(({ document, entry }) => ({ document, id: rowIdOf(expenseId, entry.id) }));
  if (captured === null || stateOfCaptured(trail) === null) return posted;
  return [{ document: captured.document, id: rowIdOf(expenseId, null) }, ...posted];
}

/** The rows themselves, each with the document it stands in. */
export function columnRowsOf(
  trail: ExpenseTrail,
  context: ProjectionContext | null,
): readonly { readonly document: string; readonly row: ColumnRow }[] {
  const entries = trail.entries.map(({ document, entry }) => ({ document, row: entryRow(entry) }));
  const state = stateOfCaptured(trail);
  if (state === null || trail.captured === null) return entries;
  const { document, expense } = trail.captured;
  return [{ document, row: capturedRow(expense, state, context) }, ...entries];
}

function capturedRow(expense: Expense, state: RowState, context: ProjectionContext | null): ColumnRow {
  const rateDate = expense.date ?? expense.capturedAt.slice(0, 10);
  return {
    id: rowIdOf(expense.id, null),
    state,
    nature: expense.kind === 'revenue' ? 'revenue' : 'cost',
    values: valuesOf(expense, periodKeyOf(context, expense.date)),
    day: dayOf(expense.date),
    amount: inBaseCurrency(context, expense.amount, expense.currency, rateDate),
    text: textOf(expense),
  };
}

function entryRow(entry: LedgerEntry): ColumnRow {
  return {
    id: rowIdOf(entry.expenseId, entry.id),
    state: 'posted',
    nature: entry.nature,
    values: valuesOf(entry, entry.period),
    day: dayOf(entry.date),
    amount: entry.baseAmount,
    text: textOf(entry),
  };
}

/** A vendor nobody has named yet is the text on the paper: `text:` and that text. */
function valuesOf(record: Expense | LedgerEntry, period: string): ColumnRow['values'] {
  const vendorText = record.vendorText.trim();
  return {
    period,
    category: record.categoryId ?? '',
    department: record.departmentId ?? '',
    vendor: record.vendorId ?? (vendorText === '' ? '' : `text:${vendorText}`),
    project: record.projectId ?? '',
    line: record.lineId ?? '',
    batch: record.batchId ?? '',
  };
}

function dayOf(date: string | null): number {
  return isIsoDate(date) ? dayNumber(date) : UNDATED;
}

function textOf({ vendorText, description, invoiceNumber }: Expense | LedgerEntry): string {
  return searchable(`${vendorText} ${description} ${invoiceNumber}`);
}

function settled(trail: ExpenseTrail): ExpenseTrail {
  const { captured, entries, returned } = trail;
  const parts = [captured, returned, ...entries].flatMap((part) => part?.document ?? []);
  return {
    ...trail,
    documents: [...new Set(parts)].sort(),
    fingerprint: captured?.expense.fingerprint ?? null,
    batchId: captured?.expense.batchId ?? null,
  };
}

type TrailEntry = ExpenseTrail['entries'][number];

function byGeneration({ entry: a }: TrailEntry, { entry: b }: TrailEntry): number {
  const order = a.generation - b.generation || Number(a.kind === 'reversal') - Number(b.kind === 'reversal');
  return order || (a.id < b.id ? -1 : 1);
}
