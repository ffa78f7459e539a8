/** Writing CSV that reads back exactly and runs nothing in a spreadsheet. (X20, X21) */
import { guardText } from './guard.ts';

/** A text cell is guarded and quoted as needed; a number cell is a number's own text, minus and all. */
export type CsvCell = { readonly text: string } | { readonly number: string };

/** RFC 4180: comma, CRLF, a quotation mark doubled inside quotation marks. */
export function writeCsv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map((name) => quoted(guardText(name))).join(',')];
  for (const row of rows) lines.push(row.map(written).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function written(cell: CsvCell): string {
  return 'number' in cell ? cell.number : quoted(guardText(cell.text));
}

/** Quoted where the text would not read back bare: delimiters of any kind, marks, line ends, spaces at its ends. */
function quoted(text: string): string {
  return /[",;|\t\r\n\0]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
