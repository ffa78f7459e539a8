/** Whether a column of dates means day-month or month-day, decided on the whole column or asked. (X7) */
import { dayNumber } from '#lib/domain/fiscal/iso-date.ts';
import { isMissingDate, readDate, type DateOrder } from './date-text.ts';

export type DateDecision =
  /** `against` cells read only in the other order and are set aside. */
  | { readonly kind: 'decided'; readonly order: DateOrder; readonly against: number }
  /** Both orders read it, or it holds dates of both: a person has to say. The likelier order stands first. */
  | { readonly kind: 'ambiguous'; readonly orders: readonly DateOrder[]; readonly samples: readonly DateSample[] }
  /** No cell is a date: every row's date is unknown. */
  | { readonly kind: 'no-dates' };

/** A cell that the orders read differently, with what each makes of it, in the order of `orders`. */
interface DateSample {
  readonly text: string;
  readonly readings: readonly (string | null)[];
}

export interface DateEvidence {
  readonly add: (cell: string) => void;
  readonly decide: () => DateDecision;
}

const SAMPLES = 5;
/** When this share of the telling cells tells the opposite, no order is taken without asking. */
const DISPUTED = 0.1;
/** Days: three years, longer than a file of payments covers. */
const LONG = 1095;

export function dateEvidence(): DateEvidence {
  const rowsByText = new Map<string, number>();
  return {
    add: (cell) => void rowsByText.set(cell, (rowsByText.get(cell) ?? 0) + 1),
    decide: () => decide(rowsByText),
  };
}

interface Tally {
  readonly order: DateOrder;
  /** Rows that read as a date in this order. */
  rows: number;
  first: number;
  last: number;
}

function decide(rowsByText: ReadonlyMap<string, number>): DateDecision {
  const dmy = tally(rowsByText, 'dmy');
  const mdy = tally(rowsByText, 'mdy');
  const ymd = tally(rowsByText, 'ymd');
  if (ymd.rows > Math.max(dmy.rows, mdy.rows)) return { kind: 'decided', order: 'ymd', against: 0 };
  if (dmy.rows === 0 && mdy.rows === 0) return { kind: 'no-dates' };

  // `15/04/29` in a file of one month: read with the day in front it would cover decades.
  const endYear = dmy.rows >= mdy.rows ? dmy : mdy;
  if (ymd.rows === endYear.rows && 5 * spanOf(ymd) < spanOf(endYear) && spanOf(endYear) > LONG) {
    const orders: DateOrder[] = ['ymd', endYear.order];
    return { kind: 'ambiguous', orders, samples: samplesOf([...rowsByText.keys()], orders) };
  }
  const [onlyDmy, onlyMdy, differing] = compare(rowsByText);
  const disputed = Math.min(onlyDmy, onlyMdy) > DISPUTED * Math.max(onlyDmy, onlyMdy);
  if (!disputed && (onlyDmy !== onlyMdy || differing.length === 0)) {
    return onlyMdy > onlyDmy
      ? { kind: 'decided', order: 'mdy', against: onlyDmy }
      : { kind: 'decided', order: 'dmy', against: onlyMdy };
  }
  // A file covers weeks or months: the order that makes its dates lie closer together is the likelier one.
  const orders: DateOrder[] = spanOf(mdy) < spanOf(dmy) ? ['mdy', 'dmy'] : ['dmy', 'mdy'];
  return { kind: 'ambiguous', orders, samples: samplesOf(differing, orders) };
}

function spanOf({ first, last }: Tally): number {
  return last - first;
}

function samplesOf(texts: readonly string[], orders: readonly DateOrder[]): readonly DateSample[] {
  return texts.slice(0, SAMPLES).map((text) => ({
    text,
    readings: orders.map((order) => readDate(text, order) ?? null),
  }));
}

function tally(rowsByText: ReadonlyMap<string, number>, order: DateOrder): Tally {
  const found: Tally = { order, rows: 0, first: Infinity, last: -Infinity };
  for (const [text, rows] of rowsByText) {
    const date = isMissingDate(text) ? undefined : readDate(text, order);
    if (date === undefined) continue;
    const day = dayNumber(date);
    found.rows += rows;
    found.first = Math.min(found.first, day);
    found.last = Math.max(found.last, day);
  }
  return found;
}

/** Rows that read only as day-month, rows that read only as month-day, and the texts the two read differently. */
function compare(rowsByText: ReadonlyMap<string, number>): [number, number, string[]] {
  let onlyDmy = 0;
  let onlyMdy = 0;
  const differing: string[] = [];
  for (const [text, rows] of rowsByText) {
    if (isMissingDate(text)) continue;
    const dmy = readDate(text, 'dmy');
    const mdy = readDate(text, 'mdy');
    if (dmy === mdy) continue;
    if (mdy === undefined) onlyDmy += rows;
    else if (dmy === undefined) onlyMdy += rows;
    else differing.push(text);
  }
  return [onlyDmy, onlyMdy, differing];
}
