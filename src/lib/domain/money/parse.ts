/** Amounts as people write them: one reader for every money field and every imported column. (M14 to M22) */
import { constantOf } from '#lib/domain/expression/constant.ts';
import { parseFormula } from '#lib/domain/expression/parse.ts';
import { plainText } from '#lib/domain/money/amount-text.ts';
import { readCurrency } from '#lib/domain/money/currency-symbols.ts';
import { currencyOf, type Currency } from '#lib/domain/money/currency.ts';
import { fraction, fractionOf, scaled, times, type Fraction } from '#lib/domain/money/fraction.ts';
import { magnitudesOf } from '#lib/domain/money/magnitude.ts';
import { money, type AmountOverflow, type Money } from '#lib/domain/money/money.ts';
import { numeralReadings, type DecimalMark } from '#lib/domain/money/numeral.ts';
import type { RoundingMode } from '#lib/domain/money/rounding.ts';
import { err, ok, type Err, type Result } from '#lib/domain/result.ts';

export interface AmountOptions {
  /** What the writer puts before the cents (a locale's mark, or a column's): settles '1.234' and '1,234'. */
  readonly decimal?: DecimalMark;
  /** Named: more decimals than the currency has are rounded so. Not named: they are refused. */
  readonly excess?: RoundingMode;
}

export type AmountRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-number' }
  /** A numeral with two readings, as plain decimals: '1.234' and '1234'. */
  | { readonly kind: 'ambiguous'; readonly readings: readonly [string, string] }
  | { readonly kind: 'division-by-zero' }
  /** More decimals than the `digits` that the currency has. */
  | { readonly kind: 'too-precise'; readonly currency: string; readonly digits: number }
  | AmountOverflow
  | { readonly kind: 'unknown-currency'; readonly currency: string }
  /** The text names a currency (`found`) that is not the wanted one. */
  | { readonly kind: 'other-currency'; readonly currency: string; readonly found: string };

export interface AmountReading {
  readonly money: Money;
  /** Whether a single mark before three digits was taken to part thousands with nothing but the currency to say so. */
  readonly assumedThousands: boolean;
  /** Whether decimals beyond the currency's were rounded away. */
  readonly rounded: boolean;
}

/** The amount that a text means in a currency. (M14 to M22) */
export function parseAmount(text: string, currency: string, options: AmountOptions = {}): Result<Money, AmountRefusal> {
  const reading = readAmount(text, currency, options);
  return reading.ok ? ok(reading.value.money) : reading;
}

type Reading = Result<AmountReading, AmountRefusal>;

/** The amount that a text means in a currency, and what had to be assumed: for the echo under a field. */
export function readAmount(text: string, currency: string, options: AmountOptions = {}): Reading {
  const known = currencyOf(currency);
  if (known === undefined) return err({ kind: 'unknown-currency', currency });
  if (text.length > LONGEST) return notANumber;
  const plain = plainText(text);
  if (plain === '') return err({ kind: 'empty' });
  return plain.startsWith('=') ? readCalculation(plain, known, options) : readWritten(plain, known, options);
}

/** A cell longer than this is no amount, and not worth reading. */
const LONGEST = 200;
const notANumber: Err<AmountRefusal> = err({ kind: 'not-a-number' });

function readCalculation(plain: string, currency: Currency, options: AmountOptions): Reading {
  const formula = parseFormula(plain, options.decimal);
  if (!formula.ok)
    return formula.error.kind === 'ambiguous'
      ? err({ kind: 'ambiguous', readings: formula.error.readings })
      : notANumber;
  const value = constantOf(formula.value);
  if (value.ok) return toReading(value.value, currency, options.excess ?? 'half-even');
  return value.error.kind === 'division-by-zero' ? err({ kind: 'division-by-zero' }) : notANumber;
}

/** What stands before the figures, the figures, and what stands after. A dot after a letter is the letter's: `Rs.500`. */
const WRITTEN = /^(\D*?)((?:(?<![\p{L}/])[.,])?\d(?:[\d.,' ]*\d)?)(\D*)$/u;
/** The Swiss and German way to write that there are no cents: `12.-`, `12,--`. */
const NO_CENTS = /^[.,]-{0,2}/;

function readWritten(plain: string, currency: Currency, options: AmountOptions): Reading {
  const [, head = '', figures = '', rest = ''] = WRITTEN.exec(plain) ?? [];
  const tail = rest.replace(NO_CENTS, '');
  const before = readWord(head, currency.code);
  if (!before.ok) return before;
  const after = readWord(tail, currency.code);
  if (!after.ok) return after;
  const sign = signOf(head, tail);
  const [reading, grouped] = numeralReadings(figures, options.decimal);
  if (sign === undefined || reading === undefined || before.value !== 0) return notANumber;

  const factor = fraction(sign * 10n ** BigInt(after.value));
  if (grouped === undefined) return toReading(times(fractionOf(reading), factor), currency, options.excess);
  // One mark before three digits and nobody says which: if these can be decimals of the currency, ask.
  const decimals = reading.length - reading.indexOf('.') - 1;
  if (decimals <= currency.digits + after.value) return err({ kind: 'ambiguous', readings: [reading, grouped] });
  const thousands = toReading(times(fractionOf(grouped), factor), currency, options.excess);
  return thousands.ok ? ok({ ...thousands.value, assumedThousands: true }) : thousands;
}

/** The power of ten that a word beside the figures multiplies by, if it says only `k`, `Mio.` or the wanted currency. */
function readWord(beside: string, currency: string): Result<number, AmountRefusal> {
  const word = beside.replaceAll(/[-+()]/g, '').trim();
  const meant = readCurrency(word, currency);
  if (word === '' || meant === 'wanted') return ok(0);
  const magnitude = magnitudesOf(word).find(
    ({ rest }) => rest === '' || (meant === undefined && readCurrency(rest, currency) === 'wanted'),
  );
  if (magnitude !== undefined) return ok(magnitude.power);
  const isCurrency = meant === 'other' || /\p{Sc}/u.test(word);
  return isCurrency ? err({ kind: 'other-currency', currency, found: word }) : notANumber;
}

/** -1 for a minus before or behind and for parentheses around, 1 for a plus or nothing; undefined for any mixture. */
function signOf(head: string, tail: string): bigint | undefined {
  const marks = `${head}|${tail}`.replaceAll(/[^-+()|]/g, '');
  if (marks === '|' || marks === '+|') return 1n;
  return marks === '-|' || marks === '|-' || marks === '(|)' ? -1n : undefined;
}

function toReading(value: Fraction, currency: Currency, excess: RoundingMode | undefined): Reading {
  const { code, digits } = currency;
  const rounded = (value.numerator * 10n ** BigInt(digits)) % value.denominator !== 0n;
  if (rounded && excess === undefined) return err({ kind: 'too-precise', currency: code, digits });
  const minor = Number(scaled(value, digits, excess ?? 'half-even'));
  if (!Number.isSafeInteger(minor)) return err({ kind: 'too-large', currency: code });
  return ok({ money: money(minor, code), assumedThousands: false, rounded });
}
