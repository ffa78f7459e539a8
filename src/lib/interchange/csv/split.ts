/** Taking CSV text apart by RFC 4180, with exact line numbers and with damage kept to the line it is in. (X2, X3) */
import type { TableRow } from '../table/table.ts';

export interface CsvSplitter {
  /** The rows completed by this piece of text. */
  readonly push: (text: string) => TableRow[];
  /** The rows left at the end of the file. */
  readonly end: () => TableRow[];
}

/** A record longer than this does not exist: its opening quotation mark was never meant as one. */
const LONGEST_RECORD = 65_536;
const QUOTE = '"';

/** A splitter for text that comes in pieces. Lines end with LF or CRLF; cells are given as written, untrimmed. */
export function csvSplitter(delimiter: string): CsvSplitter {
  let rest = '';
  let line = 1;

  function take(text: string, final: boolean): TableRow[] {
    const rows: TableRow[] = [];
    let at = 0;
    let quote = nextQuote(text, 0);
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      if (newline === -1 && !final) break;
      const end = newline === -1 ? text.length : newline;
      if (quote < at) quote = nextQuote(text, at);
      if (quote >= end) {
        rows.push({ line, cells: text.slice(at, lineEnd(text, at, end)).split(delimiter), broken: false });
        at = end + 1;
        line += 1;
        continue;
      }
      const record = quotedRecord(text, at, delimiter, final);
      if (record === 'unfinished') break;
      if (record === 'broken') {
        rows.push({ line, cells: [text.slice(at, lineEnd(text, at, end))], broken: true });
        at = end + 1;
        line += 1;
        continue;
      }
      rows.push({ line, cells: record.cells, broken: false });
      line += linesIn(text, at, record.end);
      at = record.end;
    }
    rest = text.slice(at);
    return rows;
  }

  return {
    push: (text) => take(rest === '' ? text : rest + text, false),
    end: () => take(rest, true),
  };
}

function nextQuote(text: string, from: number): number {
  const at = text.indexOf(QUOTE, from);
  return at === -1 ? Infinity : at;
}

/** Where the line's own text ends: before the CR of a CRLF. */
function lineEnd(text: string, start: number, end: number): number {
  return end > start && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

function linesIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return Math.max(count, 1);
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** Where the next record starts. */
  readonly end: number;
}

/** The record at `start`, which holds at least one quotation mark. */
function quotedRecord(
  text: string,
  start: number,
  delimiter: string,
  final: boolean,
): CsvRecord | 'unfinished' | 'broken' {
  const cells: string[] = [];
  const undecided = !final && text.length - start <= LONGEST_RECORD ? 'unfinished' : 'broken';
  let at = start;
  for (;;) {
    const opening = openingQuote(text, at, delimiter);
    let value = '';
    if (opening !== -1) {
      const closing = closingQuote(text, opening + 1);
      if (closing === -1 || (closing + 1 === text.length && !final)) return undecided;
      if (closing - start > LONGEST_RECORD) return 'broken';
      value = text.slice(opening + 1, closing).replaceAll('""', QUOTE);
      at = closing + 1;
    }
    const end = cellEnd(text, at, delimiter);
    if (end === text.length && !final) return undecided;
    const tail = text.slice(at, text.charAt(end) === delimiter ? end : lineEnd(text, at, end));
    if (opening === -1) value = tail;
    else if (tail.trim() !== '') {
      // Text behind a closing mark: within one line it is a name such as "Big" Bob; over lines the marks do not pair.
      if (value.includes('\n')) return 'broken';
      value += tail;
    }
    cells.push(value);
    if (text.charAt(end) !== delimiter) return { cells, end: end + 1 };
    at = end + 1;
  }
}

/** Where a cell's opening quotation mark stands, spaces before it allowed; -1 when the cell is not quoted. */
function openingQuote(text: string, at: number, delimiter: string): number {
  let start = at;
  while (text.charAt(start) === ' ' && delimiter !== ' ') start += 1;
  return text.charAt(start) === QUOTE ? start : -1;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf(QUOTE, from);
  while (at !== -1 && text.charAt(at + 1) === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}

function cellEnd(text: string, from: number, delimiter: string): number {
  const newline = text.indexOf('\n', from);
  const end = newline === -1 ? text.length : newline;
  const next = text.indexOf(delimiter, from);
  return next === -1 || next > end ? end : next;
}
