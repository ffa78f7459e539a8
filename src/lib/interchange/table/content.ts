/** What the cells of one column look like, from a sample of its rows. (X6) */
import { readAmount } from './amount-text.ts';
import { currencyOfMark } from './currency-text.ts';
import { isMissingDate, readDate } from './date-text.ts';

/** Shares (0 to 1) are of the filled cells. */
export interface Content {
  readonly filled: number;
  readonly distinct: number;
  readonly dates: number;
  /** Cells that stand where a date is missing or was destroyed: `00:00:00`, `####`. */
  readonly missingDates: number;
  readonly numbers: number;
  /** Numbers with a decimal mark or a currency sign: amounts rather than codes. */
  readonly priced: number;
  readonly currencies: number;
  readonly directions: number;
  /** Nothing but `Capital` and `Revenue`, `Capex` and `Opex`: a kind of spending, no category. */
  readonly capitalOrRevenue: boolean;
}

export function contentOf(cells: readonly string[]): Content {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const text = cell.trim();
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const distinct = [...counts.keys()];
  const filled = cells.length - cells.filter((cell) => cell.trim() === '').length;
  const share = (holds: (cell: string) => boolean): number => {
    let found = 0;
    for (const [cell, count] of counts) if (holds(cell)) found += count;
    return filled === 0 ? 0 : found / filled;
  };
  const numbers = new Set(distinct.filter(isNumber));
  return {
    filled,
    distinct: distinct.length,
    dates: share(isDate),
    missingDates: share(isMissingDate),
    numbers: share((cell) => numbers.has(cell)),
    priced: share((cell) => numbers.has(cell) && /\D/.test(cell.replace(/^-/, ''))),
    currencies: share((cell) => cell.length <= 5 && currencyOfMark(cell, '') !== undefined),
    directions: share((cell) => isOutward(cell) !== undefined),
    capitalOrRevenue: filled > 0 && distinct.every((cell) => CAPITAL_OR_REVENUE.test(cell)),
  };
}

const CAPITAL_OR_REVENUE = /^(?:cap(?:ital|ex)?|rev(?:enue)?|opex|capital\/revenue|[cr])$/i;
const OUTWARD = /^(?:d|dr|db|dbit|debit|debet|debit[eo]|s|soll|af|out|payment|paid out|uit|dare|debe|cargo)$/i;
const INWARD = /^(?:c|cr|crdt|credit|kredit|credit[eo]|h|haben|bij|in|receipt|paid in|avere|haber|abono)$/i;

/** Whether a direction cell says money out (true) or in (false); undefined when it says neither. */
export function isOutward(cell: string): boolean | undefined {
  const text = cell.trim();
  if (OUTWARD.test(text)) return true;
  return INWARD.test(text) ? false : undefined;
}

/** Whether a cell is an amount and nothing else: `3M` is a company before it is three million. */
export function isNumber(cell: string): boolean {
  if (!/\d/.test(cell)) return false;
  const letters = cell.replace(/\P{L}/gu, '');
  const isDressed = /^[CD]R$/i.test(letters) || /\dE[-+]?\d/i.test(cell) || currencyOfMark(letters, '') !== undefined;
  if (letters !== '' && !isDressed) return false;
  const amount = readAmount(cell, 'EUR', '.');
  return amount.ok || amount.error === 'too-large';
}

export function isDate(cell: string): boolean {
  if (!/\d/.test(cell) || cell.length > 40) return false;
  if (isMissingDate(cell)) return false;
  return (
    readDate(cell, 'dmy') !== undefined || readDate(cell, 'mdy') !== undefined || readDate(cell, 'ymd') !== undefined
  );
}
