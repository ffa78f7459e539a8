/** A list of dated rates as somebody pastes it from a mail, a sheet or a bank's page. (M25) */
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { currencyOf } from '#lib/domain/money/currency.ts';
import { isRate, type ExchangeRate } from '#lib/domain/money/exchange-rate.ts';

export interface RateLineFault {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly why: 'no-date' | 'no-currency' | 'no-rate' | 'same-currency';
}

export interface RatesRead {
  readonly rates: readonly ExchangeRate[];
  readonly faults: readonly RateLineFault[];
}

/**
 * One rate to a line, its parts in any order: a date, one or two currencies, the rate, and whatever else is its source.
 * A single currency is priced in `base`. Lines without any figure are headings and are passed over. (M25)
 */
export function ratesFromText(text: string, base: string): RatesRead {
  const rates: ExchangeRate[] = [];
  const faults: RateLineFault[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (!/\d/.test(line)) return;
    const read = rateFromLine(line, base);
    if (typeof read === 'string') faults.push({ line: index + 1, text: line.trim(), why: read });
    else rates.push(read);
  });
  return { rates, faults };
}

function rateFromLine(line: string, base: string): ExchangeRate | RateLineFault['why'] {
  const parts = partsOf(line);
  const dateAt = parts.findIndex(isIsoDate);
  const date = parts[dateAt];
  if (date === undefined) return 'no-date';
  const codes = parts.flatMap((part, at) => (isCode(part) ? [{ at, code: part.toUpperCase() }] : [])).slice(0, 2);
  const [from, to = { at: -1, code: base }] = codes;
  if (from === undefined) return 'no-currency';
  if (from.code === to.code) return 'same-currency';
  const rateAt = parts.findIndex((part, at) => at !== dateAt && isRate(withPoint(part)));
  const rate = parts[rateAt];
  if (rate === undefined) return 'no-rate';
  const known = new Set([dateAt, rateAt, from.at, to.at]);
  const source = parts.filter((_, at) => !known.has(at)).join(' ');
  return {
    from: from.code,
    to: to.code,
    rate: withPoint(rate),
    date,
    source: source === '' ? 'Entered by hand' : source,
  };
}

/** Cells of a sheet or of a CSV where the line has such; words otherwise. 'EUR/USD' is two parts everywhere. */
function partsOf(line: string): readonly string[] {
  const separator = ['\t', ';'].find((mark) => line.includes(mark)) ?? (isCommaSeparated(line) ? ',' : /\s+/);
  return line
    .replaceAll(/\b([a-z]{3})\s*[/→=-]\s*([a-z]{3})\b/gi, typeof separator === 'string' ? `$1${separator}$2` : '$1 $2')
    .split(separator)
    .map((part) => part.trim().replaceAll(/^"|"$/g, ''))
    .filter((part) => part !== '' && part !== '=');
}

function isCommaSeparated(line: string): boolean {
  const cells = line.split(',').map((cell) => cell.trim());
  return cells.some(isIsoDate) && cells.length >= 3;
}

function isCode(part: string): boolean {
  return /^[a-z]{3}$/i.test(part) && currencyOf(part.toUpperCase()) !== undefined;
}

/** A rate has no thousands, so its comma is a decimal one. */
function withPoint(part: string): string {
  return /^\d+,\d+$/.test(part) ? part.replace(',', '.') : part;
}
