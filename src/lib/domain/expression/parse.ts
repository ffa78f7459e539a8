/** Reads a formula. (E1 to E6) */
import { fractionOf } from '#lib/domain/money/fraction.ts';
import { magnitudesOf } from '#lib/domain/money/magnitude.ts';
import { numeralReadings, type DecimalMark } from '#lib/domain/money/numeral.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { functionNames, type Expression, type FunctionName, type Operator, type Span, type Window } from './ast.ts';
import { tokensOf, type Token, type UnreadableText } from './tokens.ts';

export type ParseFault =
  | UnreadableText
  /** `found` is empty at the end of the text. */
  | { readonly kind: 'unexpected'; readonly found: string; readonly wanted: string; readonly at: Span }
  | { readonly kind: 'not-a-number'; readonly found: string; readonly at: Span }
  | { readonly kind: 'ambiguous'; readonly readings: readonly [string, string]; readonly at: Span }
  | { readonly kind: 'comma-in-list'; readonly found: string; readonly at: Span }
  | { readonly kind: 'unknown-function'; readonly name: string; readonly at: Span }
  | { readonly kind: 'too-long' | 'too-deep'; readonly most: number; readonly at: Span };

type Read<T = Expression> = Result<T, ParseFault>;

export const LONGEST_FORMULA = 2000;
/** How deep parentheses, functions and signs may stand in each other. */
export const DEEPEST_FORMULA = 32;

/** The formula that a text is, with or without `=` before it. `decimal` is the mark its writer puts before decimals. */
export function parseFormula(text: string, decimal?: DecimalMark): Read {
  const whole = { start: 0, end: text.length };
  if (text.length > LONGEST_FORMULA) return err({ kind: 'too-long', most: LONGEST_FORMULA, at: whole });
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  const reader: Reader = { tokens: tokens.value, at: 0, depth: 0, lists: 0, decimal };
  taken(reader, '=');
  const expression = readComparison(reader);
  if (!expression.ok || here(reader).kind === 'end') return expression;
  return unexpected(reader, 'an operator such as +');
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly decimal: DecimalMark | undefined;
  at: number;
  depth: number;
  /** How many lists of arguments are open here. */
  lists: number;
}

function readComparison(reader: Reader): Read {
  return readChain(reader, readSum, ['<', '<=', '>', '>=', '=', '<>'], 1);
}

function readSum(reader: Reader): Read {
  return readChain(reader, readProduct, ['+', '-']);
}

function readProduct(reader: Reader): Read {
  return readChain(reader, readSigned, ['*', '/']);
}

function readChain(
  reader: Reader,
  readPart: (reader: Reader) => Read,
  operators: readonly Operator[],
  most = Infinity,
): Read {
  let left = readPart(reader);
  for (let count = 0; left.ok && count < most; count += 1) {
    const operator = taken(reader, ...operators);
    if (operator === undefined) break;
    const right = readPart(reader);
    if (!right.ok) return right;
    const at = { start: left.value.at.start, end: right.value.at.end };
    left = ok({ kind: 'operation', operator, left: left.value, right: right.value, at });
  }
  return left;
}

function readSigned(reader: Reader): Read {
  const { start } = here(reader).at;
  const sign = taken(reader, '+', '-');
  if (sign === undefined) return readPercent(reader);
  const of = deeper(reader, readSigned);
  if (!of.ok || sign === '+') return of;
  return ok({ kind: 'negative', of: of.value, at: { start, end: of.value.at.end } });
}

function readPercent(reader: Reader): Read {
  let value = readAtom(reader);
  while (value.ok) {
    const { end } = here(reader).at;
    if (taken(reader, '%') === undefined) break;
    value = ok({ kind: 'percent', of: value.value, at: { start: value.value.at.start, end } });
  }
  return value;
}

function readAtom(reader: Reader): Read {
  const token = here(reader);
  if (taken(reader, '(') !== undefined) {
    const value = deeper(reader, readComparison);
    if (!value.ok) return value;
    return closed(reader, value.value);
  }
  if (!['number', 'name', 'text', 'word'].includes(token.kind)) return unexpected(reader, 'a number or a name');
  reader.at += 1;
  if (token.kind === 'number') return readNumber(reader, token);
  if (token.kind === 'text') return ok({ kind: 'text', text: token.text, at: token.at });
  return token.kind === 'name' ? ok({ kind: 'name', name: token.text, at: token.at }) : readWord(reader, token);
}

function readNumber(reader: Reader, { text, at }: Token): Read {
  if (reader.lists > 0 && text.includes(',') && reader.decimal !== ',') {
    return err({ kind: 'comma-in-list', found: text, at });
  }
  const [reading, other] = numeralReadings(text, reader.decimal);
  if (reading === undefined) return err({ kind: 'not-a-number', found: text, at });
  if (other !== undefined) return err({ kind: 'ambiguous', readings: [reading, other], at });
  const word = here(reader);
  if (word.kind !== 'word' || word.text === 'over')
    return ok({ kind: 'number', value: plain(reading, 0), unit: null, at });
  reader.at += 1;
  const magnitude = magnitudesOf(word.text).find(({ rest }) => rest === '');
  return ok({
    kind: 'number',
    value: plain(reading, magnitude?.power ?? 0),
    unit: magnitude ? null : word.text,
    at: { start: at.start, end: word.at.end },
  });
}

/** A decimal times a power of ten, without zeros that say nothing: ('01.50', 3) is '1500'. */
function plain(decimal: string, power: number): string {
  const { numerator, denominator } = fractionOf(decimal);
  const figures = String(numerator * 10n ** BigInt(power));
  const decimals = String(denominator).length - 1;
  const padded = figures.padStart(decimals + 1, '0');
  return decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`.replace(/\.?0+$/, '');
}

function readWord(reader: Reader, { text, at }: Token): Read {
  const known = functionNames.find((name) => name === text.toLowerCase());
  if (taken(reader, '(') !== undefined) {
    return known
      ? deeper(reader, () => readCall(reader, known, at.start))
      : err({ kind: 'unknown-function', name: text, at });
  }
  if (known === 'prev' || known === 'period' || known === 'year') {
    return ok({ kind: 'call', name: known, given: [], over: null, at });
  }
  return known ? unexpected(reader, '“(”') : ok({ kind: 'name', name: text, at });
}

function readCall(reader: Reader, name: FunctionName, start: number): Read {
  reader.lists += 1;
  const given: Expression[] = [];
  let over: Window | null = null;
  while (given.length === 0 || taken(reader, ';', ',') !== undefined) {
    const argument = readComparison(reader);
    if (!argument.ok) return argument;
    given.push(argument.value);
  }
  if (here(reader).kind === 'word' && here(reader).text === 'over') {
    reader.at += 1;
    const window = readWindow(reader);
    if (!window.ok) return window;
    over = window.value;
  }
  reader.lists -= 1;
  const { end } = here(reader).at;
  return closed(reader, { kind: 'call', name, given, over, at: { start, end } });
}

function readWindow(reader: Reader): Read<Window> {
  const { text } = here(reader);
  if (text !== 'year' && text !== 'ytd' && text !== 'all' && text !== 'last') {
    return unexpected(reader, 'year, ytd, all or last 3');
  }
  reader.at += 1;
  if (text !== 'last') return ok({ kind: text });
  const count = here(reader);
  if (!/^[1-9]\d{0,2}$/.test(count.text)) return unexpected(reader, 'a number of periods');
  reader.at += 1;
  return ok({ kind: 'last', periods: Number(count.text) });
}

function closed(reader: Reader, value: Expression): Read {
  return taken(reader, ')') === undefined ? unexpected(reader, '“)”') : ok(value);
}

function deeper(reader: Reader, read: (reader: Reader) => Read): Read {
  reader.depth += 1;
  if (reader.depth > DEEPEST_FORMULA) return err({ kind: 'too-deep', most: DEEPEST_FORMULA, at: here(reader).at });
  const value = read(reader);
  reader.depth -= 1;
  return value;
}

function unexpected(reader: Reader, wanted: string): Result<never, ParseFault> {
  const { text, at } = here(reader);
  return err({ kind: 'unexpected', found: text, wanted, at });
}

function here(reader: Reader): Token {
  return (
    reader.tokens[Math.min(reader.at, reader.tokens.length - 1)] ?? { kind: 'end', text: '', at: { start: 0, end: 0 } }
  );
}

function taken<S extends string>(reader: Reader, ...wanted: readonly S[]): S | undefined {
  const { kind, text } = here(reader);
  const sign = kind === 'sign' ? wanted.find((each) => each === text) : undefined;
  if (sign !== undefined) reader.at += 1;
  return sign;
}
