/** Periods: the months or groups of weeks that budgets, ledgers and closings are cut into. (F4 to F10) */
import { assert } from '#lib/domain/result.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { fiscalYearOfDay, fiscalYearOfMonth, periodStarts } from '#lib/domain/fiscal/fiscal-year.ts';
import { dateOfDay, dayNumber, isIsoDate } from '#lib/domain/fiscal/iso-date.ts';

/**
 * A period's key: `2027-03` (a calendar month) under a month calendar, `2027P03` (fiscal year and number) under a week
 * calendar. Keys of one calendar sort in time order.
 */
export type PeriodKey = string;

export interface Period {
  readonly key: PeriodKey;
  /** The number in the fiscal year's name: 2027 for FY27. */
  readonly fiscalYear: number;
  /** 1-based position in the fiscal year. */
  readonly number: number;
  /** First and last day, both inclusive, ISO dates. */
  readonly start: string;
  readonly end: string;
}

/** The one period a date lies in. Cheap enough to ask for every row of a ledger. (F4) */
export function periodOf(calendar: FiscalCalendar, date: string): Period {
  const { byDate } = memoOf(calendar);
  let period = byDate.get(date);
  if (period === undefined) byDate.set(date, (period = findPeriod(calendar, date)));
  return period;
}

/** The number in the name of the fiscal year a date lies in. */
export function fiscalYearOf(calendar: FiscalCalendar, date: string): number {
  return periodOf(calendar, date).fiscalYear;
}

/** The periods of a fiscal year in order: they follow each other without a gap and together are the year. */
export function periodsOfYear(calendar: FiscalCalendar, fiscalYear: number): readonly Period[] {
  assert(isFiscalYear(fiscalYear), `fiscal year ${fiscalYear}`);
  const { byYear } = memoOf(calendar);
  let periods = byYear.get(fiscalYear);
  if (periods === undefined) byYear.set(fiscalYear, (periods = cutYear(calendar, fiscalYear)));
  return periods;
}

/** The period of a key; undefined if this calendar has no such period. (F9) */
export function periodByKey(calendar: FiscalCalendar, key: PeriodKey): Period | undefined {
  if (calendar.pattern === 'months') return isIsoDate(`${key}-01`) ? periodOf(calendar, `${key}-01`) : undefined;
  const fiscalYear = Number(key.slice(0, 4));
  const isKey = /^\d{4}P\d\d$/.test(key) && isFiscalYear(fiscalYear);
  return isKey ? periodsOfYear(calendar, fiscalYear)[Number(key.slice(5)) - 1] : undefined;
}

export function nextPeriod(calendar: FiscalCalendar, period: Period): Period {
  const { fiscalYear, number } = period;
  const next = periodsOfYear(calendar, fiscalYear)[number] ?? periodsOfYear(calendar, fiscalYear + 1)[0];
  assert(next !== undefined, `no period after ${period.key}`);
  return next;
}

export function previousPeriod(calendar: FiscalCalendar, period: Period): Period {
  const { fiscalYear, number } = period;
  const previous = periodsOfYear(calendar, fiscalYear)[number - 2] ?? periodsOfYear(calendar, fiscalYear - 1).at(-1);
  assert(previous !== undefined, `no period before ${period.key}`);
  return previous;
}

/** The years that exist (F1), and one around for the fiscal years that reach over their edges. */
function isFiscalYear(fiscalYear: number): boolean {
  return Number.isInteger(fiscalYear) && fiscalYear >= 1899 && fiscalYear <= 3000;
}

function findPeriod(calendar: FiscalCalendar, date: string): Period {
  assert(isIsoDate(date), `${date} is not a date`);
  const year = Number(date.slice(0, 4));
  const fiscalYear =
    calendar.pattern === 'months'
      ? fiscalYearOfMonth(calendar, year, Number(date.slice(5, 7)))
      : fiscalYearOfDay(calendar, year, dayNumber(date));
  const period = periodsOfYear(calendar, fiscalYear).find(({ end }) => date <= end);
  assert(period !== undefined, `no period for ${date}`);
  return period;
}

function cutYear(calendar: FiscalCalendar, fiscalYear: number): readonly Period[] {
  const starts = periodStarts(calendar, fiscalYear);
  return starts.slice(1).map((after, i) => {
    const number = i + 1;
    const start = dateOfDay(starts[i] ?? after);
    const key = calendar.pattern === 'months' ? start.slice(0, 7) : `${String(fiscalYear)}${periodName(number)}`;
    return Object.freeze({ key, fiscalYear, number, start, end: dateOfDay(after - 1) });
  });
}

/** What has been worked out for a calendar. Calendars that say the same share it, so their periods are the same objects. */
interface Memo {
  readonly byDate: Map<string, Period>;
  readonly byYear: Map<number, readonly Period[]>;
}

const memoByObject = new WeakMap<FiscalCalendar, Memo>();
const memoByContent = new Map<string, Memo>();
let latest: { calendar: FiscalCalendar; memo: Memo } | undefined;

function memoOf(calendar: FiscalCalendar): Memo {
  if (latest?.calendar === calendar) return latest.memo;
  const memo = memoByObject.get(calendar) ?? memoOfContent(calendar);
  latest = { calendar, memo };
  return memo;
}

function memoOfContent(calendar: FiscalCalendar): Memo {
  const content =
    calendar.pattern === 'months'
      ? [calendar.startMonth, calendar.namedBy]
      : [calendar.pattern, calendar.endMonth, calendar.endWeekday, calendar.endRule, calendar.namedBy];
  const key = content.join(' ');
  const memo = memoByContent.get(key) ?? { byDate: new Map<string, Period>(), byYear: new Map<number, Period[]>() };
  memoByContent.set(key, memo);
  memoByObject.set(calendar, memo);
  return memo;
}

function periodName(number: number): string {
  return `P${String(number).padStart(2, '0')}`;
}

/** 'Mar 27' for a month, in the words of the locale; 'P03 FY27' under a week calendar. (F10) */
export function periodLabel(period: Period, locale: string): string {
  if (period.key.includes('P')) return `${periodName(period.number)} ${yearName(period.fiscalYear)}`;
  return monthFormatOf(locale).format(dayNumber(period.start) * MS_PER_DAY);
}

/** 'FY27'. (F10) */
export function yearLabel(_calendar: FiscalCalendar, fiscalYear: number): string {
  return yearName(fiscalYear);
}

const MS_PER_DAY = 86_400_000;
const monthFormats = new Map<string, Intl.DateTimeFormat>();

function monthFormatOf(locale: string): Intl.DateTimeFormat {
  const known = monthFormats.get(locale);
  if (known !== undefined) return known;
  // UTC on both sides: the day number is a day of the calendar, and no clock may turn it into the day before.
  const format = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    month: 'short',
    year: '2-digit',
    timeZone: 'UTC',
  });
  monthFormats.set(locale, format);
  return format;
}

/** Two figures are enough within this century; other years are written out. */
function yearName(fiscalYear: number): string {
  return `FY${String(fiscalYear).replace(/^20(?=\d\d$)/, '')}`;
}
