/** Where fiscal years begin, end and are cut, in day numbers (days since 1970-01-01). (F4 to F8) */
import {
  weekPatterns,
  type FiscalCalendar,
  type MonthCalendar,
  type WeekCalendar,
} from '#lib/domain/fiscal/calendar.ts';
import { dayNumberOf, daysInMonth, weekdayOfDay } from '#lib/domain/fiscal/iso-date.ts';

/** The first days of the periods of a fiscal year, and last the first day of the year after. */
export function periodStarts(calendar: FiscalCalendar, fiscalYear: number): number[] {
  return calendar.pattern === 'months' ? monthStarts(calendar, fiscalYear) : weekPeriodStarts(calendar, fiscalYear);
}

/** The name of the fiscal year that a month lies in. */
export function fiscalYearOfMonth(calendar: MonthCalendar, year: number, month: number): number {
  const startYear = month >= calendar.startMonth ? year : year - 1;
  return startYear + yearsFromStartToName(calendar);
}

/** The name of the fiscal year that a day lies in; `year` is the day's calendar year. */
export function fiscalYearOfDay(calendar: WeekCalendar, year: number, day: number): number {
  // A year ends within a week of the end of its month, so the one sought ends in this calendar year or one beside it.
  let endYear = year - 1;
  while (lastDay(calendar, endYear) < day) endYear += 1;
  return endYear - yearsFromNameToEnd(calendar);
}

function monthStarts(calendar: MonthCalendar, fiscalYear: number): number[] {
  const startYear = fiscalYear - yearsFromStartToName(calendar);
  return Array.from({ length: 13 }, (_, i) => {
    const months = calendar.startMonth - 1 + i;
    return dayNumberOf(startYear + Math.floor(months / 12), (months % 12) + 1, 1);
  });
}

function weekPeriodStarts(calendar: WeekCalendar, fiscalYear: number): number[] {
  const endYear = fiscalYear + yearsFromNameToEnd(calendar);
  const starts = [lastDay(calendar, endYear - 1) + 1];
  for (const weeks of weekPatterns[calendar.pattern]) starts.push((starts.at(-1) ?? 0) + weeks * 7);
  starts[starts.length - 1] = lastDay(calendar, endYear) + 1; // a 53rd week joins the last period (F7)
  return starts;
}

/** The last day of the fiscal year that ends around `endMonth` of a calendar year. (F6) */
function lastDay(calendar: WeekCalendar, endYear: number): number {
  const monthEnd = dayNumberOf(endYear, calendar.endMonth, daysInMonth(endYear, calendar.endMonth));
  const daysPast = (weekdayOfDay(monthEnd) - calendar.endWeekday + 7) % 7;
  return calendar.endRule === 'nearest' && daysPast > 3 ? monthEnd - daysPast + 7 : monthEnd - daysPast;
}

/** A year that starts in January lies in one calendar year: both names are the same. */
function yearsFromStartToName(calendar: MonthCalendar): number {
  return calendar.namedBy === 'end' && calendar.startMonth > 1 ? 1 : 0;
}

/** A year that ends with December starts with January of the same calendar year, give or take days. */
function yearsFromNameToEnd(calendar: WeekCalendar): number {
  return calendar.namedBy === 'start' && calendar.endMonth < 12 ? 1 : 0;
}
