/** One row of the list in words and figures: made here, only placed by the component. */
import { isUnfinished } from '#lib/app/capture.ts';
import type { ListedExpense } from '#lib/app/expense-list.svelte.ts';
import type { WaitingAct } from '#lib/app/waiting-commands.ts';
import type { Money } from '#lib/domain/money/money.ts';
import type { Names } from './names.ts';
import { shortDate } from './texts.ts';

/** What is to be said of a row beside its figures; the first that holds. */
type RowMark = { readonly tone: 'muted' | 'ok' | 'warning' | 'accent'; readonly text: string } | null;

export interface RowView {
  readonly id: string;
  readonly expenseId: string;
  /** Empty when unknown. */
  readonly date: string;
  readonly vendor: string;
  readonly about: string;
  readonly category: string;
  readonly department: string;
  readonly amount: Money;
  /** In the base currency, where the amount is in another; null without a rate. */
  readonly base: Money | null | undefined;
  readonly receipts: number;
  /** Whether it no longer counts, or takes away what counted. */
  readonly isTakenBack: boolean;
  readonly mark: RowMark;
}

export interface RowGround {
  readonly names: Names;
  readonly locale: string;
  readonly today: string;
  readonly baseCurrency: string;
  readonly waiting: ReadonlyMap<string, WaitingAct>;
  /** Whether rows of all states stand beside each other, so that each says its own. */
  readonly isMixed: boolean;
}

/** Null for a row without content, which cannot be shown. */
export function rowView(row: ListedExpense, ground: RowGround): RowView | null {
  const stated = row.entry ?? row.expense;
  if (stated === null) return null;
  const { names, locale, today, baseCurrency } = ground;
  const amount = { minor: stated.amount, currency: stated.currency };
  const isForeign = stated.currency !== baseCurrency;
  return {
    id: row.id,
    expenseId: row.entry?.expenseId ?? stated.id,
    date: stated.date === null ? '' : shortDate(stated.date, locale, today),
    vendor: names.vendor(stated) || 'No vendor yet',
    about: [stated.description, stated.invoiceNumber].filter((text) => text.trim() !== '').join(' · '),
    category: names.category(stated.categoryId),
    department: names.department(stated.departmentId),
    amount,
    base: isForeign ? (row.baseAmount === null ? null : { minor: row.baseAmount, currency: baseCurrency }) : undefined,
    receipts: stated.receipts.length,
    isTakenBack: row.takenBackBy !== null || row.entry?.kind === 'reversal',
    mark: markOf(row, ground),
  };
}

function markOf(row: ListedExpense, { waiting, isMixed }: RowGround): RowMark {
  const { entry, expense, state } = row;
  const act = waiting.get(entry?.expenseId ?? expense?.id ?? '');
  if (act !== undefined) return { tone: 'accent', text: WAITING[act] };
  if (entry !== null) {
    if (entry.kind === 'reversal') return { tone: 'muted', text: 'Reversal' };
    if (row.takenBackBy !== null) return { tone: 'muted', text: 'Taken back' };
    if (row.isChangedAfterPosting) return { tone: 'warning', text: 'Changed since' };
    return isMixed ? { tone: 'ok', text: 'Posted' } : null;
  }
  if (state === 'returned') return { tone: 'warning', text: 'Returned' };
  if (expense !== null && isUnfinished(expense)) return { tone: 'warning', text: 'No amount yet' };
  if (row.baseAmount === null) return { tone: 'warning', text: 'No rate' };
  return isMixed ? { tone: 'muted', text: 'To post' } : null;
}

const WAITING: Readonly<Record<WaitingAct, string>> = {
  post: 'Posting waits',
  return: 'Return waits',
  reverse: 'Reversal waits',
  recode: 'Re-coding waits',
};
