/** Amounts as files write them: the plain ones at once, the others by the house's one reader of amounts. (X9, X10) */
import { minorDigits } from '#lib/domain/money/currency.ts';
import type { DecimalMark } from '#lib/domain/money/numeral.ts';
import { readAmount as readWritten } from '#lib/domain/money/parse.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { currencyOfMark } from './currency-text.ts';

export interface ReadAmount {
  /** Signed minor units of `currency`. */
  readonly minor: number;
  /** The one that stands beside the number, else the column's. */
  readonly currency: string;
  /** What rounding to the minor unit left out, in billionths of it; 0 when the amount was exact. */
  readonly lost: number;
}

export type AmountProblem = 'empty' | 'not-a-number' | 'too-large';

/** The amount a cell states. `mark` settles only what has two readings, such as `1.234`. */
export function readAmount(text: string, currency: string, mark: DecimalMark): Result<ReadAmount, AmountProblem> {
  const plain = plainMinor(text, mark, minorDigits(currency));
  if (!Number.isNaN(plain)) return ok({ minor: plain, currency, lost: 0 });
  const cell = undressed(text);
  if (NOTHING.test(cell)) return err('empty');
  // A calculation in a file is somebody else's: it is never run.
  if (cell.startsWith('=')) return err('not-a-number');
  return readDressed(cell, currency, mark);
}

/**
 * Minor units of a plain number with at most `digits` decimals (`-1068.60`), NaN for every other text. The usual case,
 * once per row: no regular expression and nothing allocated.
 */
export function plainMinor(text: string, mark: DecimalMark, digits: number): number {
  const length = text.length;
  if (length === 0 || length > 15) return NaN;
  const markCode = mark === '.' ? 46 : 44;
  const negative = text.charCodeAt(0) === 45;
  let minor = 0;
  let decimals = -1;
  for (let at = negative ? 1 : 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      minor = minor * 10 + (code - 48);
      if (decimals >= 0) decimals += 1;
    } else if (code === markCode && decimals === -1 && at > 0) decimals = 0;
    else return NaN;
  }
  if (decimals > digits || decimals === 0 || (negative && length === 1)) return NaN;
  for (let place = Math.max(decimals, 0); place < digits; place += 1) minor *= 10;
  if (!Number.isSafeInteger(minor)) return NaN;
  return negative ? 0 - minor : minor;
}

/** Whether an amount is written as less than zero, by a minus on either side or by parentheses. */
export function isWrittenNegative(text: string): boolean {
  return /^[-(\u2212]|-$/.test(text) && /\d/.test(text);
}

const NOTHING = /^(?:[-.?*\u2010-\u2015\u2212]*|null|none|nil|nan|n\/?a|#n\/a)$/i;

/** Without the wrapping of a text formula (`="12.50"`), a formula guard (`'-5`) and the E of spreadsheets (`1.2E+03`). */
function undressed(text: string): string {
  return text
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'(?=[-+])/, '')
    .replace(
      /^([-+]?)(\d+)(?:[.,](\d+))?[Ee]([+-]?\d{1,2})$/,
      (_, sign: string, whole: string, fraction = '', power) => sign + shifted(whole, String(fraction), Number(power)),
    );
}

function shifted(whole: string, fraction: string, power: number): string {
  const digits = (whole + fraction).padStart(-power + 1, '0').padEnd(whole.length + power, '0');
  const point = Math.max(whole.length + power, digits.length - fraction.length + power);
  return point >= digits.length ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

const CREDIT_OR_DEBIT = /(?<=\d|\s)\s*(CR|DR)\.?$/i;

function readDressed(text: string, currency: string, mark: DecimalMark): Result<ReadAmount, AmountProblem> {
  const side = CREDIT_OR_DEBIT.exec(text)?.[1]?.toUpperCase();
  const cell = side === undefined ? text : text.replace(CREDIT_OR_DEBIT, '');
  const read = readWritten(cell, currency, { decimal: mark, excess: 'half-even' });
  if (!read.ok) {
    const { error } = read;
    if (error.kind === 'too-large') return err('too-large');
    if (error.kind !== 'other-currency') return err(error.kind === 'empty' ? 'empty' : 'not-a-number');
    const other = currencyOfMark(error.found, currency);
    return other === undefined || other === currency ? err('not-a-number') : readDressed(text, other, mark);
  }
  const { money, rounded } = read.value;
  // `1,2345` in a column of decimal points is a slip, and nobody knows of what.
  if (rounded && !cell.replace(/[^.,]/g, '').endsWith(mark)) return err('not-a-number');
  const minor = side === 'CR' ? 0 - money.minor : money.minor;
  return ok({ minor, currency, lost: rounded ? lostByRounding(cell, minor, minorDigits(currency)) : 0 });
}

const BILLION = 10n ** 9n;
/** `24.990000000000002`: fifteen figures and more whose last ones are below a millionth of a minor unit, in billionths. */
const NOISE = { figures: 15, below: 1000 };

/** The exact amount less the rounded one; of an amount that has decimals beyond its currency's. */
function lostByRounding(cell: string, minor: number, digits: number): number {
  const figures = cell.replace(/[^\d.,]/g, '');
  const point = Math.max(figures.lastIndexOf('.'), figures.lastIndexOf(','));
  const decimals = figures.slice(point + 1);
  const whole = figures.slice(0, point).replace(/[.,]/g, '');
  const exact = (BigInt(whole + decimals) * BILLION * 10n ** BigInt(digits)) / 10n ** BigInt(decimals.length);
  const lost = Number(exact - BigInt(Math.abs(minor)) * BILLION);
  if (Math.abs(lost) < NOISE.below && (whole + decimals).replace(/^0+/, '').length >= NOISE.figures) return 0;
  return minor < 0 ? 0 - lost : lost;
}
