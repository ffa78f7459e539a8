/** Dates are `yyyy-mm-dd` text that sorts in time order; no clock, no time zone, no `Date`. (F1, F2) */
import { assert } from '#lib/domain/result.ts';

const DASH = 45;

/** Whether text is a day of the Gregorian calendar from 1900-01-01 to 2999-12-31. */
export function isIsoDate(text: unknown): text is string {
  return typeof text === 'string' && text >= '1900' && text < '3000' && !Number.isNaN(dayOrNaN(text));
}

/** Days from 1970-01-01 to a date, negative before it. A period at the edge may reach beyond the years of F1. */
export function dayNumber(date: string): number {
  const day = dayOrNaN(date);
  assert(!Number.isNaN(day), `${date} is not a date`);
  return day;
}

/** The date that lies `day` days after 1970-01-01: inverse of `dayNumber`. */
export function dateOfDay(day: number): string {
  const { year, month, dayOfMonth } = civil(day);
  return `${String(year)}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** The date `days` days later, or earlier if negative. */
export function addDays(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
}

/** Days from `a` to `b`: 1 from a day to the next, negative when `b` comes first. */
export function daysBetween(a: string, b: string): number {
  return dayNumber(b) - dayNumber(a);
}

/** 28 to 31; months are 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 0 Sunday to 6 Saturday, of a day number. 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Day number of a day of a month, as `dayNumber('yyyy-mm-dd')`. Months are 1 to 12. */
export function dayNumberOf(year: number, month: number, dayOfMonth: number): number {
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years counted from March put the leap day last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civil(day: number): { year: number; month: number; dayOfMonth: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** Day number of well-formed text; NaN otherwise. Reads characters in place: imports ask for every row. */
function dayOrNaN(text: string): number {
  if (text.length !== 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return NaN;
  const year = figure(text, 0) * 1000 + figure(text, 1) * 100 + figure(text, 2) * 10 + figure(text, 3);
  const month = figure(text, 5) * 10 + figure(text, 6);
  const dayOfMonth = figure(text, 8) * 10 + figure(text, 9);
  const isDay = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month);
  if (!isDay) return NaN;
  return dayNumberOf(year, month, dayOfMonth);
}

function figure(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : NaN;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function twoDigits(n: number): string {
  return n < 10 ? `0${String(n)}` : String(n);
}
