/** What a person calculates in an amount field: `=12*450`, `=(1,200+80)*15%`. Exact until the amount is rounded. (M18) */
import { fraction, fractionOf, inverse, plus, times, type Fraction } from '#lib/domain/money/fraction.ts';
import { magnitudesOf } from '#lib/domain/money/magnitude.ts';
import { numeralReadings, type DecimalMark } from '#lib/domain/money/numeral.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

type ExpressionRefusal =
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'division-by-zero' }
  | { readonly kind: 'ambiguous'; readonly readings: readonly [string, string] };

type Value = Result<Fraction, ExpressionRefusal>;

/**
 * The value of a calculation with + - * / parentheses and % (a hundredth of what stands before it, as in a
 * spreadsheet). Numerals follow `numeralReadings`; one with two readings is refused.
 */
export function evaluate(expression: string, decimal?: DecimalMark): Value {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return notANumber;
  const reader: Reader = { tokens, at: 0, decimal };
  const value = readSum(reader);
  return value.ok && reader.at < tokens.length ? notANumber : value;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly decimal: DecimalMark | undefined;
}

const notANumber: Value = err({ kind: 'not-a-number' });
const TOKEN = /\s*([-+*/%()]|(?:\d(?:[\d.,' ]*\d)?[.,]?|[.,]\d+)(?:\s?[a-z]+)?)\s*/iy;

function tokensOf(expression: string): string[] | undefined {
  const plain = expression.replaceAll(/[×⋅·]/g, '*').replaceAll(/[÷∕⁄]/g, '/');
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < plain.length;) {
    const token = TOKEN.exec(plain)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function readSum(reader: Reader): Value {
  let value = readProduct(reader);
  for (let sign = taken(reader, '+', '-'); value.ok && sign !== undefined; sign = taken(reader, '+', '-')) {
    const next = readProduct(reader);
    if (!next.ok) return next;
    value = ok(plus(value.value, sign === '-' ? times(next.value, MINUS_ONE) : next.value));
  }
  return value;
}

function readProduct(reader: Reader): Value {
  let value = readSigned(reader);
  for (let sign = taken(reader, '*', '/'); value.ok && sign !== undefined; sign = taken(reader, '*', '/')) {
    const next = readSigned(reader);
    if (!next.ok) return next;
    if (sign === '/' && next.value.numerator === 0n) return err({ kind: 'division-by-zero' });
    value = ok(times(value.value, sign === '/' ? inverse(next.value) : next.value));
  }
  return value;
}

function readSigned(reader: Reader): Value {
  const sign = taken(reader, '+', '-');
  if (sign === undefined) return readPercent(reader);
  const value = readSigned(reader);
  return value.ok && sign === '-' ? ok(times(value.value, MINUS_ONE)) : value;
}

function readPercent(reader: Reader): Value {
  let value = readAtom(reader);
  while (value.ok && taken(reader, '%') !== undefined) value = ok(times(value.value, HUNDREDTH));
  return value;
}

function readAtom(reader: Reader): Value {
  if (taken(reader, '(') !== undefined) {
    const value = readSum(reader);
    return value.ok && taken(reader, ')') === undefined ? notANumber : value;
  }
  return readNumeral(reader.tokens[reader.at++] ?? '', reader.decimal);
}

function readNumeral(token: string, decimal: DecimalMark | undefined): Value {
  const [, figures = '', word = ''] = /^([\d.,' ]*?) ?([a-z]*)$/i.exec(token) ?? [];
  const [reading, other] = numeralReadings(figures, decimal);
  const magnitude = magnitudesOf(word).find(({ rest }) => rest === '');
  if (reading === undefined || (word !== '' && magnitude === undefined)) return notANumber;
  if (other !== undefined) return err({ kind: 'ambiguous', readings: [reading, other] });
  return ok(times(fractionOf(reading), fraction(10n ** BigInt(magnitude?.power ?? 0))));
}

function taken(reader: Reader, ...wanted: readonly string[]): string | undefined {
  const token = reader.tokens[reader.at];
  if (token === undefined || !wanted.includes(token)) return undefined;
  reader.at += 1;
  return token;
}

const MINUS_ONE = fraction(-1n);
const HUNDREDTH = fraction(1n, 100n);
