/** Dates as files write them. (X7, X8) */
import { addDays, daysInMonth } from '#lib/domain/fiscal/iso-date.ts';
import { monthOfName } from './month-name.ts';

/** The order of day, month and year where all three are numbers. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/**
 * The ISO date a cell states, read in the given order; undefined when it states none. Month names, ISO 8601, eight
 * digits with the year in front and spreadsheet serial numbers say their order themselves. A time behind the date is dropped.
 */
export function readDate(text: string, order: DateOrder): string | undefined {
  const date = withoutTime(text.trim());
  return numericDate(date, order) ?? namedDate(date) ?? compactDate(date, order) ?? serialDate(date);
}

/** Whether a cell says "no date": empty, a time alone, zeros, number signs of a narrow column, an error mark, a dash. */
export function isMissingDate(text: string): boolean {
  return MISSING.test(text.trim());
}

const MISSING =
  /^(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?|[-–—.?#*/ ]*|0+(?:[.,]0+)?|#[A-Z/0!?]+|0{1,4}([-/.])0{1,2}\1(?:0{1,4}|19[07]0)(?:[ T][0:.]+)?|(?:0?[01]|30|31)([-/.])(?:0?[01]|12)\2(?:1899|1900)(?:[ T][0:.]+)?|(?:1899-12-3[01]|1900-01-0[01])(?:[ T][0:.]+Z?)?|null|none|nil|nan|nat|n\.?\/?a\.?|tb[ac]|unknown|not known|unbekannt|inconnu|desconocido|onbekend)$/i;

const TIME =
  /(?:[T\s]+|(?<=\d):)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|BST|CES?T|[+-]\d{2}:?\d{2})?$/i;

function withoutTime(text: string): string {
  return text.length > 10 ? text.replace(TIME, '').replace(/(?<=\d)T$/i, '') : text;
}

const NUMERIC = /^(?:\p{L}{2,10}\.?,? )?(\d{1,4})([-/. ]|\. )(\d{1,2})\2(\d{1,4})\.?$/u;

function numericDate(text: string, order: DateOrder): string | undefined {
  const found = NUMERIC.exec(text);
  if (found === null) return undefined;
  const [, first = '', , second = '', third = ''] = found;
  if (first.length === 4) return iso(first, second, third);
  if (order === 'dmy') return iso(third, second, first);
  if (order === 'mdy') return iso(third, first, second);
  return iso(first, second, third);
}

const DAY_NAME = String.raw`^(?:\p{L}{2,10}\.?,? )?`;
const DAY_FIRST = new RegExp(
  String.raw`${DAY_NAME}(\d{1,2})(?:st|nd|rd|th|\.)?[-/. ]*(?:of |de )?(\p{L}{3,12}\.?)[-/., ]*(?:de )?(\d{4}|\d{2})$`,
  'iu',
);
const MONTH_FIRST = new RegExp(
  String.raw`${DAY_NAME}(\p{L}{3,12}\.?)[-/. ]*(\d{1,2})(?:st|nd|rd|th)?(?:, ?| |-|/)(\d{4}|\d{2})$`,
  'iu',
);
const YEAR_FIRST = /^(\d{4})[-/. ]+(\p{L}{3,12}\.?)[-/. ]+(\d{1,2})$/iu;

function namedDate(text: string): string | undefined {
  if (!/\p{L}{3}/u.test(text)) return undefined;
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) return named(dayFirst[3], dayFirst[2], dayFirst[1]);
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return named(monthFirst[3], monthFirst[1], monthFirst[2]);
  const yearFirst = YEAR_FIRST.exec(text);
  return yearFirst === null ? undefined : named(yearFirst[1], yearFirst[2], yearFirst[3]);
}

function named(year = '', month = '', day = ''): string | undefined {
  const number = monthOfName(month);
  return number === undefined ? undefined : iso(year, String(number), day);
}

/** `20150401`; with the year at the end only where the order says so. */
function compactDate(text: string, order: DateOrder): string | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  const yearFirst = iso(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  if (yearFirst !== undefined || order === 'ymd') return yearFirst;
  const [first, second] = [text.slice(0, 2), text.slice(2, 4)];
  return order === 'dmy' ? iso(text.slice(4), second, first) : iso(text.slice(4), first, second);
}

const SERIAL_DAY_ZERO = '1899-12-30';

/** Days of the 1900 system of spreadsheets, 1982 to 2064: its leap day that never was lies before. */
function serialDate(text: string): string | undefined {
  if (!/^\d{5}(?:[.,]\d+)?$/.test(text)) return undefined;
  const days = Number.parseInt(text, 10);
  if (days < 30_000 || days > 60_000) return undefined;
  return addDays(SERIAL_DAY_ZERO, days);
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

/** Two-digit years from 70 on are of the last century. A day that the month does not have is no date. */
function iso(yearText: string, monthText: string, dayText: string): string | undefined {
  if ((yearText.length !== 2 && yearText.length !== 4) || dayText.length > 2) return undefined;
  let year = Number(yearText);
  if (yearText.length === 2) year += year >= 70 ? 1900 : 2000;
  const month = Number(monthText);
  const day = Number(dayText);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return undefined;
  if (day > daysInMonth(year, month)) return undefined;
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}
