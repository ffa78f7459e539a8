/** Which character parts the cells, decided by which of them gives the steadiest width. (X4) */
import { csvSplitter } from './split.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

export interface DelimiterDecision {
  readonly delimiter: Delimiter;
  /** Whether the first line only states the delimiter (`sep=;`) and holds no data. */
  readonly stated: boolean;
}

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];
const ROWS_LOOKED_AT = 200;

/** Decided on the beginning of the text (some ten thousand characters). A file of one column gets the comma. */
export function decideDelimiter(head: string): DelimiterDecision {
  const stated = /^"?sep=([,;|\t])"?\r?\n/i.exec(head)?.[1];
  if (isDelimiter(stated)) return { delimiter: stated, stated: true };
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = steadiness(head, delimiter);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return { delimiter: best, stated: false };
}

/** The share of rows that have the most frequent width, and a little for width itself; 0 when that width is one. */
function steadiness(head: string, delimiter: Delimiter): number {
  const rows = csvSplitter(delimiter)
    .push(`${head}\n`)
    .filter((row) => row.cells.some((cell) => cell.trim() !== ''))
    .slice(0, ROWS_LOOKED_AT);
  const width = usualWidth(rows.map((row) => row.cells.length));
  if (width < 2) return 0;
  return rows.filter((row) => row.cells.length === width).length / rows.length + Math.min(width, 20) / 50;
}

/** The most frequent of the widths, the larger of equally frequent ones; 0 of none. */
function usualWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let usual = 0;
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

function isDelimiter(text: string | undefined): text is Delimiter {
  return DELIMITERS.some((delimiter) => delimiter === text);
}
