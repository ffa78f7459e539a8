/** Headers that name a month, a period, a quarter or the whole year. (X24) */
import type { Period } from '#lib/domain/fiscal/period.ts';
import { readDate, type DateOrder } from '../table/date-text.ts';
import { monthOfName } from '../table/month-name.ts';

/** A year is null where the header names none: then it is the budget's own. */
export type PeriodHeader =
  | { readonly kind: 'month'; readonly month: number; readonly year: number | null }
  | { readonly kind: 'period'; readonly number: number; readonly year: number | null }
  | { readonly kind: 'quarter'; readonly number: number; readonly year: number | null }
  | { readonly kind: 'year'; readonly year: number | null };

/** What a header or a cell names; undefined when it is no time. `order` settles dates in figures. */
export function periodHeader(text: string, order: DateOrder): PeriodHeader | undefined {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain === '' || PAST.test(plain)) return undefined;
  const bare = plain.replace(WORDS_OF_BUDGETS, ' ').replace(/\s+/g, ' ').trim();
  if (bare === '') return { kind: 'year', year: null };
  return monthHeader(bare) ?? numberedHeader(bare) ?? yearHeader(bare) ?? datedHeader(bare, order);
}

/** The periods of the budget's year that a header stands for; none when it lies in another year. */
export function periodsNamed(header: PeriodHeader, periods: readonly Period[]): readonly Period[] {
  const own = periods[0]?.fiscalYear;
  if (header.kind === 'month') return monthsNamed(header.month, header.year, periods);
  if (header.year !== null && header.year !== own) return [];
  if (header.kind === 'year') return periods;
  if (header.kind === 'period') return periods.filter(({ number }) => number === header.number);
  // Thirteen periods make quarters of three, three, three and four.
  const length = Math.floor(periods.length / 4);
  const last = header.number === 4 ? periods.length : header.number * length;
  return periods.slice((header.number - 1) * length, last);
}

/** Columns of other years and of what was really spent are no plan. */
const PAST = /\b(?:actuals?|prior|previous|last year|ytd|variance|difference|ist|vorjahr|reel|realise|reales?)\b/i;
const WORDS_OF_BUDGETS =
  /\b(?:annual|yearly|full year|year total|total year|total|totals|sum|summe|gesamt|jahressumme|amount|betrag|montant|importe|budget(?:ed)?|plan(?:ned)?|forecast|cost|net)\b/gi;

const MONTH = /^(?:(\d{1,4})[-/. ]?)?(\p{L}{3,12}\.?)(?:[-/. ']*(\d{2}|\d{4}))?$/u;
const MONTH_FIGURES = /^(?:(\d{4})[-/.]?(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.](\d{4}|\d{2}))$/;

function monthHeader(text: string): PeriodHeader | undefined {
  const named = MONTH.exec(text);
  const month = monthOfName(named?.[2] ?? '');
  // `27-Jan` is January 2027 as a spreadsheet turns it round; `1-Jan` is its first day.
  if (month !== undefined) return { kind: 'month', month, year: yearOf(named?.[3] ?? withoutDay(named?.[1])) };
  const figures = MONTH_FIGURES.exec(text);
  if (figures === null) return undefined;
  return { kind: 'month', month: Number(figures[2] ?? figures[3]), year: yearOf(figures[1] ?? figures[4]) };
}

function withoutDay(text: string | undefined): string | undefined {
  return text === undefined || Number(text) === 1 ? undefined : text;
}

const YEAR = String.raw`(?:FY ?)?['’]?(\d{4}|\d{2})`;
const NUMBERED = new RegExp(
  String.raw`^(?:${YEAR}[ -/]*)?(P|PD|M|W|Q|QTR|T|period|periode|month|monat|mois|quarter|quartal|trimestre)[ .-]?0?(\d{1,2})(?:[ -/]*${YEAR})?$`,
  'i',
);

function numberedHeader(text: string): PeriodHeader | undefined {
  const found = NUMBERED.exec(text);
  if (found === null) return undefined;
  const number = Number(found[3]);
  const year = yearOf(found[1] ?? found[4]);
  const isQuarter = /^(?:q|t)/i.test(found[2] ?? '');
  if (number < 1 || number > (isQuarter ? 4 : 13)) return undefined;
  return { kind: isQuarter ? 'quarter' : 'period', number, year };
}

function yearHeader(text: string): PeriodHeader | undefined {
  const found = /^(?:FY ?['’]?(\d{4}|\d{2})|(\d{4}))(?:[-/]\d{2,4})?$/i.exec(text);
  const year = yearOf(found?.[1] ?? found?.[2]);
  return year === null || year < 1990 || year > 2100 ? undefined : { kind: 'year', year };
}

function datedHeader(text: string, order: DateOrder): PeriodHeader | undefined {
  const date = /\D/.test(text) ? readDate(text, order) : undefined;
  return date === undefined
    ? undefined
    : { kind: 'month', month: Number(date.slice(5, 7)), year: Number(date.slice(0, 4)) };
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length <= 2 ? 2000 + Number(text) : Number(text);
}

/** The period that holds the middle of the month: under a calendar of weeks, the one that is most of it. */
function monthsNamed(month: number, year: number | null, periods: readonly Period[]): readonly Period[] {
  return periods.filter(({ start, end }) => {
    const years = year === null ? [start.slice(0, 4), end.slice(0, 4)] : [String(year)];
    return years.some((text) => {
      const middle = `${text}-${String(month).padStart(2, '0')}-15`;
      return middle >= start && middle <= end;
    });
  });
}
