/** The words, numerals and signs of a formula. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Span } from './ast.ts';

export interface Token {
  readonly kind: 'number' | 'word' | 'name' | 'text' | 'sign' | 'end';
  /** As written; names and texts without what encloses them. */
  readonly text: string;
  readonly at: Span;
}

/** What stands at `at` begins nothing that a formula can hold. */
export interface UnreadableText {
  readonly kind: 'unreadable';
  readonly found: string;
  readonly at: Span;
}

/** The last token is always the end. */
export function tokensOf(text: string): Result<readonly Token[], UnreadableText> {
  const plain = withPlainSigns(text);
  const tokens: Token[] = [];
  for (let start = skipSpace(plain, 0); start < plain.length;) {
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(plain);
    const end = start + (match?.[0].length ?? 1);
    if (!match) return err({ kind: 'unreadable', found: text.slice(start, end), at: { start, end } });
    tokens.push(tokenOf(match, text, { start, end }));
    start = skipSpace(plain, end);
  }
  tokens.push({ kind: 'end', text: '', at: { start: text.length, end: text.length } });
  return ok(tokens);
}

/** A mark behind the figures belongs to them only where nothing that it could part follows. */
const NUMBER = String.raw`(?:\d+(?:[.,' ]\d+)*|[.,]\d+)(?:[.,](?=\s*(?:[-+*/%)<>=;]|$)))?`;
const WORD = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const TOKEN = new RegExp(
  String.raw`(${NUMBER})|(${WORD})|\[((?:[^\]]|\]\])+)\]|"([^"]*)"|(<=|>=|<>|[-+*/%()<>=;,])`,
  'uy',
);

/** What is enclosed stays as it was written. */
function tokenOf([, number, word, name, quoted, sign]: RegExpExecArray, text: string, at: Span): Token {
  const enclosed = text.slice(at.start + 1, at.end - 1);
  if (number !== undefined) return { kind: 'number', text: number, at };
  if (word !== undefined) return { kind: 'word', text: word, at };
  if (name !== undefined) return { kind: 'name', text: enclosed.replaceAll(']]', ']').trim(), at };
  if (quoted !== undefined) return { kind: 'text', text: enclosed, at };
  return { kind: 'sign', text: sign ?? '', at };
}

/** One character for one, so that positions stay. */
function withPlainSigns(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .replaceAll(/[×⋅·]/g, '*')
    .replaceAll(/[÷∕⁄]/g, '/')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/\s/g, ' ');
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}
